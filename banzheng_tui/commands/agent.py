"""``banzheng agent``: the agent's desk on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banzheng_tui.config import GLYPHS, Glyphs, config_file, read_config
from banzheng_tui.paths import bundled

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

DESCRIPTION = "打开坐席的界面。写了事项，就从这个事项问起。"


def open_desk() -> int:
    """The desk with nothing said on the command line: as few imports as may be."""
    config = read_config()
    from banzheng_tui.tui.agent import run_agent  # noqa: PLC0415  (a wrong setting needs no screen)

    libraries = (bundled(), *config.library)
    return run_agent(
        libraries=libraries,
        procedure=None,
        glyphs=config.glyphs,
        on=None,
        settings=config_file().parent,
    )


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``banzheng agent``."""
    from banzheng_tui.commands.common import add_library, add_on  # noqa: PLC0415

    parser.add_argument("procedure", metavar="事项", nargs="?", help="事项的编号")
    parser.add_argument(
        "--glyphs",
        metavar="画法",
        choices=GLYPHS,
        help="auto 先量一量终端，full 用全部字符，plain 只用最简单的",
    )
    add_on(parser)
    add_library(parser)


def run(args: Namespace) -> int:
    """Open the desk as the command line says."""
    from banzheng_tui.commands.common import (  # noqa: PLC0415
        day,
        library_folders,
        naming_options,
        unknown_procedure,
    )
    from banzheng_tui.procedure.outline import package_files, procedure_files  # noqa: PLC0415

    on = day(args.on, "--on") if args.on else None
    folders = library_folders(args.library)
    if args.procedure is not None:
        files = (*map(procedure_files, folders), *map(package_files, folders))
        known = {file.stem for found in files for file in found}
        if args.procedure not in known:
            with naming_options():
                raise unknown_procedure(args.procedure, known, folders)
    glyphs: Glyphs = args.glyphs or read_config().glyphs
    from banzheng_tui.tui.agent import run_agent  # noqa: PLC0415

    return run_agent(
        libraries=folders,
        procedure=args.procedure,
        glyphs=glyphs,
        on=on,
        settings=config_file().parent,
    )
