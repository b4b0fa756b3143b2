"""The help page, drawn from the table of commands."""

from collections.abc import Sequence

from banzheng_tui.tui.commands import AGENT, TOGGLE, Command
from banzheng_tui.tui.rows import BLANK, Row, Writer
from banzheng_tui.tui.text import pad


def help_rows(writer: Writer, commands: Sequence[Command] = (*AGENT, TOGGLE)) -> list[Row]:
    """Every key in the order one needs them."""
    rows = [BLANK, writer.line(("title", "按键")), BLANK]
    for command in commands:
        rows += writer.paragraph(command.help, first=[("key", "  " + pad(command.shown, 6))])
    rows.append(BLANK)
    rows += writer.paragraph("↑↓ 移动，PgUp、PgDn 翻页，鼠标点哪里都行。", "muted")
    rows += writer.paragraph(
        "中文输入法开着时字母会被吃掉：用括号里的 F 键，或者先切回英文。全角数字也认。", "muted"
    )
    rows += writer.paragraph(
        "「一定要」是不管后面怎么答都要；「可能要」会说清看哪一题；"
        "「以受理窗口为准」是没核到原文；「因地而异」是各地不同。",
        "muted",
    )
    return rows
