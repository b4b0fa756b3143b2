"""The user's own settings, from a TOML file in the place where his system keeps such files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from banzheng_tui.errors import InputError

Glyphs: TypeAlias = Literal["auto", "full", "plain"]
GLYPHS: tuple[Glyphs, ...] = ("auto", "full", "plain")
_MEND = '可以写 library = ["文件夹"] 和 glyphs = "auto"、"full" 或 "plain"；删掉这个文件就用默认的'


@dataclass(frozen=True, slots=True)
class Config:
    """Folders of definitions to put on top of the bundled ones, and which glyphs to draw."""

    library: tuple[Path, ...] = ()
    glyphs: Glyphs = "auto"


def config_file() -> Path:
    """Where the settings are looked for."""
    from platformdirs import user_config_dir  # noqa: PLC0415  (only the file's place needs it)

    return Path(user_config_dir("banzheng")) / "config.toml"


def read_config() -> Config:
    """The settings, the defaults where there is no file; InputError when the file is wrong."""
    file = config_file()
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as error:
        raise InputError(
            f"设置文件读不了（{error.strerror}）", str(file), "检查文件和权限"
        ) from None
    return _config(_parse(raw, file), file)


def _parse(raw: bytes, file: Path) -> dict[str, Any]:
    import tomli  # noqa: PLC0415  (most users have no such file)

    try:
        return tomli.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("设置文件不是 UTF-8 编码", str(file), "用编辑器另存为 UTF-8") from None
    except (tomli.TOMLDecodeError, RecursionError) as error:
        where = f"{file} 第 {error.lineno} 行" if isinstance(error, ValueError) else str(file)
        raise InputError("设置文件不合 TOML 的写法", where, _MEND) from None


def _config(data: dict[str, Any], file: Path) -> Config:
    unknown = ", ".join(data.keys() - {"library", "glyphs"})
    if unknown:
        raise InputError(f"设置文件里没有「{unknown}」这个键", str(file), _MEND)
    glyphs = data.get("glyphs", "auto")
    if glyphs not in GLYPHS:
        raise InputError(f"设置文件里的 glyphs 不能写「{glyphs}」", str(file), _MEND)
    folders = data.get("library", [])
    if not isinstance(folders, list) or not all(isinstance(item, str) for item in folders):
        raise InputError("设置文件里的 library 要写成文件夹的列表", str(file), _MEND)
    return Config(tuple(_folder(item, file) for item in folders), glyphs)


def _folder(written: str, file: Path) -> Path:
    """A folder; a relative one starts where the settings file lies."""
    try:
        folder = file.parent / Path(written).expanduser()
    except RuntimeError:
        folder = Path(written)
    if not written or "\0" in written or not folder.is_dir():
        raise InputError(
            f"设置文件里的 library 写了「{written}」，没有这个文件夹",
            str(file),
            "改成对的文件夹，或者删掉这一项",
        )
    return folder.resolve()
