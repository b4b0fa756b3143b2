"""What the TOML parser complains about, in words for somebody who writes no programs."""

import tomli

_SAID = (
    ("Expected '=' after a key", "这一行没有等号", "写成 名字 = 值；注释前面要有 #"),
    ("Unterminated string", "引号没有收尾", "补上后一个引号"),
    ("Unclosed array", "方括号 [ 没有收尾", "补上 ]；几项之间用逗号隔开"),
    ("Unclosed inline table", "花括号 { 没有收尾", "补上 }；几项之间用逗号隔开"),
    ("Cannot overwrite a value", "这个名字在同一段里写了两次", "删掉一个，或者换一个名字"),
    ("Duplicate inline table key", "花括号里同一个名字写了两次", "删掉一个"),
    ("Cannot declare", "这一段和前面的重复了", "要写好几段的用两层方括号，如 [[step]]"),
    ("Cannot mutate", "这一段和前面的重复了", "要写好几段的用两层方括号，如 [[step]]"),
    ("Unescaped '\\'", "引号里有反斜杠 \\", "写成两个 \\\\，或者换成别的符号"),
    ("Invalid date", "没有这一天", "日期写成 年-月-日，如 2026-11-23"),
    ("Expected ']", "段名的方括号没有收尾", "写成 [procedure] 或 [[step]]"),
    ("Expected newline", "这一行后面多出了东西", "一行只写一个值；文字要加英文引号"),
    ("Invalid value", "等号后面的值看不懂", "文字加英文引号；是和不是写 true、false"),
    ("Illegal character '\\n'", "引号没有收尾，文字断在了行末", "补上后一个引号；一段话写成一行"),
    ("Illegal character", "有看不见的怪字符", "删掉这一处重新打"),
    ("Found invalid character", "有看不见的怪字符", "删掉这一处重新打"),
    ("Invalid statement", "这一行看不懂", "写成 名字 = 值，名字用英文；标点用英文的"),
    ("Invalid initial character", "名字的写法不对", "名字只用英文字母、数字和短横线"),
)


def explain(error: tomli.TOMLDecodeError) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    for start, what, mend in _SAID:
        if error.msg.startswith(start):
            return f"{what}（第 {error.colno} 个字附近）", mend
    return f"写法不对（第 {error.colno} 个字附近：{error.msg}）", "检查引号、括号和等号"
