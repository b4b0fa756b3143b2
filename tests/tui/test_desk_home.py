"""Home: what the caller said finds a procedure; what is broken says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.desk import BUNDLED, SIZES, SMALL, WIDE, open_desk

at_both_sizes = pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])


@at_both_sizes
async def test_the_list_by_theme_stands_there_at_once(size: tuple[int, int]) -> None:
    async with open_desk(size=size) as desk:
        assert desk.app.focused is desk.field  # nothing has to be pressed before typing
        assert "来电人要办什么" in desk.text
        for words in ("开店办企业", "夜市摆摊", "房产", "摊位保险"):
            assert words in desk.text
        assert "事项 2 个" in desk.lines[0]


@at_both_sizes
async def test_every_bundled_procedure_is_listed(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, size=size) as desk:
        listed = desk.whole("found")
        for outline in desk.app.outlines:
            assert outline.name in listed


async def test_results_change_while_typing() -> None:
    async with open_desk() as desk:
        await desk.type("摆")
        assert "夜市摆摊" in desk.whole("found")
        assert "摊位保险" not in desk.whole("found")
        await desk.press("backspace")
        assert "摊位保险" in desk.whole("found")
        await desk.type("保险")
        assert "夜市摆摊" not in desk.whole("found")


async def test_a_callers_own_words_show_what_they_matched() -> None:
    async with open_desk() as desk:
        await desk.type("摆地摊")
        assert "对上了「摆地摊」" in desk.text
        await desk.press("enter")
        assert "摊位打算摆在哪儿" in desk.text


async def test_no_hit_says_what_to_do() -> None:
    async with open_desk() as desk:
        await desk.type("火箭发射")
        assert "没找到" in desk.text
        assert "换个说法" in desk.text
        await desk.press("enter")  # opens nothing
        assert "没找到" in desk.text
        await desk.press("escape")
        assert desk.field.value == ""
        assert "夜市摆摊" in desk.text


async def test_arrows_and_enter_open_what_is_under_the_cursor() -> None:
    async with open_desk() as desk:
        listed = [row.target for row in desk.pane("found").rows if row.target]
        await desk.press("down", "enter")
        assert desk.session.procedure_id == listed[1]


async def test_a_click_opens() -> None:
    async with open_desk() as desk:
        await desk.click("夜市摆摊")
        assert desk.session.procedure_id == "night-stall"


async def test_help_and_back() -> None:
    async with open_desk() as desk:
        await desk.press("f1")
        assert "怎么用" in desk.text
        await desk.press("f1")
        assert "夜市摆摊" in desk.text


async def test_letters_and_digits_are_words_here() -> None:
    async with open_desk() as desk:
        await desk.type("qp1 e?")
        assert desk.field.value == "qp1 e?"
        assert desk.field.has_focus


async def test_a_long_commit_of_an_input_method_is_one_text() -> None:
    async with open_desk() as desk:
        await desk.type("我想晚上摆个摊要办什么手续")
        assert desk.field.value == "我想晚上摆个摊要办什么手续"
        assert "夜市摆摊" in desk.whole("found")


async def test_what_a_message_says_goes_with_the_next_key() -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+c")
        assert "退出请按 Ctrl+Q" in desk.text
        await desk.type("摊")
        assert "退出请按" not in desk.text


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The small library with one more procedure, whose file has two mistakes."""
    folder = tmp_path / "库"
    shutil.copytree(SMALL, folder)
    text = (folder / "business" / "night-stall.toml").read_text(encoding="utf-8")
    text = text.replace('id = "night-stall"', 'id = "day-stall"', 1)
    text = text.replace('name = "夜市摆摊"', 'name = "白天摆摊"', 1)
    text = text.replace('kind = "choices"', 'kind = "several"').replace("spot = ", "sport = ")
    (folder / "business" / "day-stall.toml").write_text(text, encoding="utf-8")
    return folder


@at_both_sizes
async def test_a_broken_procedure_is_shown_with_the_reason(
    broken: Path, size: tuple[int, int]
) -> None:
    async with open_desk(broken, size=size) as desk:
        assert "暂时不能用" in desk.text[desk.text.index("白天摆摊") :]
        await desk.type("白天摆摊")
        await desk.press("enter")
        said = desk.text.replace("\n", "").replace(" ", "")
        assert "暂时不能用" in said
        assert "day-stall.toml" in said  # where
        assert "kind" in said
        assert "「several」" in said  # what
        assert "choices" in said  # how to mend it
        await desk.press("escape")
        await desk.type("夜市摆摊")
        await desk.press("enter")
        assert "摊位打算摆在哪儿" in desk.text  # the others are as good as ever


async def test_an_unreadable_file_is_shown_too(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "库")
    (tmp_path / "库" / "business" / "odd.toml").write_bytes("[procedure]\n名".encode("gbk"))
    async with open_desk(tmp_path / "库") as desk:
        assert "暂时不能用" in desk.text[desk.text.index("odd") :]
        await desk.type("odd")
        await desk.press("enter")
        assert "UTF-8" in desk.text


async def test_a_procedure_named_on_the_command_line_opens_at_once() -> None:
    async with open_desk(procedure="night-stall") as desk:
        assert "摊位打算摆在哪儿" in desk.text


async def test_home_is_fresh_after_a_call() -> None:
    async with open_desk() as desk:
        await desk.type("摆摊")
        await desk.press("enter")
        await desk.choose("街边")
        await desk.press("q", "q")
        assert "来电人要办什么" in desk.text
        assert desk.field.value == ""
        assert desk.field.has_focus
        await desk.type("摆摊")
        await desk.press("enter")
        assert "已答" not in desk.text  # nothing is left of the caller before


async def test_resizing_keeps_what_is_typed_and_the_cursor() -> None:
    async with open_desk() as desk:
        await desk.type("摊")
        await desk.press("down")
        chosen = [row.target for row in desk.pane("found").rows if row.selected]
        for size in ((80, 24), (50, 10), WIDE):
            await desk.resize(*size)
        assert desk.field.value == "摊"
        assert [row.target for row in desk.pane("found").rows if row.selected] == chosen
        assert desk.field.has_focus
        await desk.type("位")
        assert desk.field.value == "摊位"


async def test_leaving_the_desk() -> None:
    async with open_desk() as desk:
        await desk.press("ctrl+q")
        assert desk.app.return_code == 0


@at_both_sizes
async def test_data_cannot_speak_to_the_terminal_or_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "库"
    shutil.copytree(SMALL, folder)
    file = folder / "business" / "night-stall.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace('name = "夜市摆摊"', 'name = "[@click=app.quit]夜市[/]\\u001b[2J摆摊"', 1)
    file.write_text(text, encoding="utf-8")
    async with open_desk(folder, size=size) as desk:
        assert "[@click=app.quit]夜市[/]摆摊" in desk.text
        assert "\x1b" not in desk.text
        await desk.click("[@click=app.quit]")
        assert "[@click=app.quit]夜市[/]摆摊" in desk.lines[0]
        assert desk.app.is_running


@at_both_sizes
async def test_a_package_is_listed_and_opens_like_a_procedure(size: tuple[int, int]) -> None:
    async with open_desk(BUNDLED, size=size) as desk:
        assert "一件事" in desk.whole("found")
        await desk.type("开办餐饮店")
        await desk.press("enter")
        await desk.ready()
        assert "开办餐饮店" in desk.lines[0]
        assert "打算做哪一样" in desk.text
