"""The search by shared characters: order, marks, silence where nothing fits, and speed."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from support.library import PROCEDURES

from banzheng_tui.find.search import search
from banzheng_tui.procedure.outline import Outline, read_outlines

BUNDLED = read_outlines((PROCEDURES,))


def outline(procedure_id: str, name: str, aliases: tuple[str, ...] = (), *phrases: str) -> Outline:
    return Outline(procedure_id, name, "theme", "", "", aliases, phrases, None, Path("x.toml"))


TEA = outline("tea-house", "开茶馆", ("茶楼登记", "Tea House"), "我想开一家茶馆要办什么")
NEWBORN = outline("newborn", "新生儿上户口", ("上户口", "报户口"), "孩子刚生下来怎么上户口")
LICENCE = outline("licence", "营业执照", ("个体户执照",), "开茶馆要不要执照")
SOME = (TEA, NEWBORN, LICENCE)


def ids(words: str) -> list[str]:
    return [hit.outline.id for hit in search(SOME, words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("上户口", "newborn"),
        ("户口", "newborn"),
        ("户口上", "newborn"),
        ("户", "newborn"),
        ("孩子上户口", "newborn"),
        ("我家孩子刚生下来，户口怎么上？", "newborn"),
        ("茶", "tea-house"),
        ("开茶", "tea-house"),
        ("想开茶馆", "tea-house"),
        ("茶楼 登记", "tea-house"),
        ("ＴＥＡ　ｈｏｕｓｅ", "tea-house"),
        ("tea-h", "tea-house"),
        ("营业", "licence"),
        ("开茶馆要不要执照", "licence"),
    ],
)
def test_best(words: str, found: str) -> None:
    assert ids(words)[0] == found


def test_exact_before_beginning_before_part_before_likeness() -> None:
    scores = [
        search(SOME, words)[0].score for words in ("上户口", "个体户", "生儿上户", "孩子生下户口")
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize(
    "words", ["", " ，。！", "楼下太吵了", "怎么办", "x", "的", "😀", "路灯坏了没人修"]
)
def test_nothing_fits(words: str) -> None:
    assert search(SOME, words) == []


def test_marks_are_places_in_the_original() -> None:
    (hit, *_) = search((replace(TEA, aliases=("茶 楼，登记",)),), "茶楼登")
    assert [hit.matched[start:end] for start, end in hit.spans] == ["茶", "楼", "登"]
    (hit, *_) = search(SOME, "我想开茶馆")
    assert "".join(hit.matched[start:end] for start, end in hit.spans)
    (hit, *_) = search((outline("wide", "㈱办证点"),), "㈱办")  # one character becomes three
    assert [hit.matched[start:end] for start, end in hit.spans] == ["㈱办"]


def test_limit_and_order_are_steady() -> None:
    assert search(SOME, "执照", 1) == search(SOME, "执照")[:1]
    assert search(SOME, "执照", 0) == []
    twins = (outline("b", "同名"), outline("a", "同名"))
    assert [hit.outline.id for hit in search(twins, "同名")] == ["b", "a"]


def test_nothing_to_search() -> None:
    assert search((), "上户口") == []
    assert search((outline("empty", ""),), "上户口") == []


@pytest.mark.parametrize("item", BUNDLED, ids=lambda item: item.id)
def test_bundled_words_find_their_procedure(item: Outline) -> None:
    for words in (item.name, item.official, *item.aliases, *item.phrases):
        if words:
            best = search(BUNDLED, words)[0].score
            assert item.id in [
                hit.outline.id for hit in search(BUNDLED, words) if hit.score == best
            ]


@pytest.mark.parametrize(
    "words",
    [
        "楼下烧烤店半夜太吵了睡不着",
        "小区垃圾没人收",
        "公交车怎么老不来",
        "投诉出租车绕路",
        "水费怎么这么高",
    ],
)
def test_complaints_find_nothing(words: str) -> None:
    assert search(BUNDLED, words) == []


def test_fast_enough_for_every_key() -> None:
    words = "我媳妇刚生了孩子怎么上户口要带什么"
    search(BUNDLED, words)  # the index is made once
    spent = []
    for _ in range(30):
        start = time.perf_counter()
        search(BUNDLED, words)
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.001
