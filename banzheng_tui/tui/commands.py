"""One table of the desk's commands: from it come keys, key bar and help.

Every letter has a twin that an input method does not swallow.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Where: TypeAlias = Literal["question", "plan", "layer", "way"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it is called in code, its keys, its words, where it is offered."""

    name: str
    keys: tuple[str, ...]
    shown: str
    label: str
    help: str
    where: tuple[Where, ...] = ("question", "plan")


EVERYWHERE: tuple[Where, ...] = ("question", "plan", "layer", "way")

AGENT: tuple[Command, ...] = (
    Command("choose", (), "1-9", "选", "选第几项；多选是勾选，回车确定", ("question",)),
    Command(
        "unsure", ("0", "f10"), "0", "不清楚", "来电人还不清楚，先往下问（F10）", ("question",)
    ),
    Command(
        "back",
        ("left", "backspace", "shift+tab"),
        "←",
        "上一问",
        "回到上一问，答过的都留着；→ 往回走（Shift+Tab）",
    ),
    Command("forward", ("right",), "→", "", "改答时不改了，往回走", ()),
    Command(
        "plan", ("p", "tab", "f4"), "p", "方案", "到方案里走动：空格勾材料、标步骤办完（F4、Tab）"
    ),
    Command("why", ("w", "f2"), "w", "为什么", "为什么问这一题；在方案里，为什么有这一条（F2）"),
    Command(
        "compare",
        ("c", "ctrl+o"),
        "c",
        "对照",
        "几个选项并排比，不同的标出来（Ctrl+O）",
        ("question",),
    ),
    Command("answers", ("e", "f3"), "e", "改答", "改前面任何一个回答，先看会怎样（F3）"),
    Command(
        "way",
        ("l", "ctrl+l"),
        "l",
        "路线",
        "整条路线：归哪个部门、哪些能同时办；再按 t 或 Tab 看日程（Ctrl+L）",
    ),
    Command(
        "excluded",
        ("x", "ctrl+x"),
        "x",
        "不用的",
        "这次不用的有哪些，为什么，怎样才用（Ctrl+X）",
    ),
    Command("terms", ("b", "f6"), "b", "白话", "把划线的词用大白话说一遍（F6）"),
    Command("rejections", ("r", "f7"), "r", "退件", "被退件了：常见原因和补法（F7）"),
    Command("notes", ("n", "f5"), "n", "记录", "记一笔通话记录（F5）"),
    Command("mood", ("m", "f8"), "m", "情绪", "标来电人的情绪，给出安抚的话（F8）"),
    Command("follow", ("f", "f9"), "f", "接着办", "办完以后接着办别的事项，共用的回答带过去（F9）"),
    Command("undo", ("ctrl+z", "u"), "u", "撤销", "撤销刚才的改动，可以一直撤（Ctrl+Z）"),
    Command("day", ("d", "ctrl+t"), "d", "换日期", "按别的日子的规定看，和今天差在哪儿（Ctrl+T）"),
    Command("home", ("q", "f12"), "q", "结束", "结束通话，回到首页；要按两次（F12）"),
    Command("close", ("escape",), "Esc", "返回", "关掉最上面一层，不丢回答", ("layer", "way")),
    Command(
        "move", (), "↑↓", "上下", "上下走；方案里的「为什么」，看上一条、下一条", ("layer", "way")
    ),
    Command("help", ("question_mark", "f1"), "?", "帮助", "这一页（F1）", EVERYWHERE),
)

TOGGLE = Command("toggle", ("space",), "空格", "勾选", "勾材料、标步骤办完", ("plan", "way"))
DETAIL = Command("detail", ("enter",), "回车", "怎么办", "这一步怎么办、为什么", ("way",))
TURN = Command("turn", ("t", "tab"), "t", "路线和日程", "在路线和日程之间换", ("way",))

BY_KEY: dict[str, Command] = {key: command for command in AGENT for key in command.keys}


def key_bar(where: Where, *, typing: bool = False) -> list[tuple[str, str]]:
    """(key, label) of the commands offered there, the ones needed first.

    ``typing``: a field owns the letters, so the twins are shown, and what has none is left out.
    """
    offered = [*AGENT]
    if where == "plan":
        offered.insert(0, TOGGLE)
    elif where == "way":
        offered = [TURN, TOGGLE, DETAIL, *offered]
    offered = [c for c in offered if where in c.where and c.label]
    if typing:
        return [(twin, c.label) for c in offered if (twin := _twin(c))]
    return [(c.shown, c.label) for c in offered]


def named(shown: str) -> Command | None:
    """The command that a key bar names so: by its key, or by the twin."""
    return next((c for c in (*AGENT, TOGGLE, DETAIL, TURN) if shown in (c.shown, _twin(c))), None)


def _twin(command: Command) -> str:
    """The key of a command that no field takes: an F-key, Esc, one with Shift or Ctrl."""
    for key in command.keys:
        if key.startswith("ctrl+"):
            return f"Ctrl+{key[-1].upper()}"
        if key == "shift+tab":
            return "Shift+Tab"
        if key == "escape" or (key[0] == "f" and key[1:].isdigit()):
            return command.shown if key == "escape" else key.upper()
    return ""
