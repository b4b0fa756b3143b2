"""Options side by side: what differs, and the taxes of sale, gift and will worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest
from support.library import TODAY, book
from support.written import rules_of, situation_of

from banzheng_tui.guide.aspects import Aspect
from banzheng_tui.guide.compare import Comparison, comparable, compared, comparison
from banzheng_tui.guide.compare_text import comparison_lines
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.model import Option

WAYS = ("sale", "gift", "inheritance")
HOME: dict[str, Any] = {
    "parents": "alive", "house": "commodity", "owners": "couple", "receiver": "child-single",
    "register": frozenset({"clear"}), "special": frozenset({"plain"}), "stay": False,
    "resale": False,
}  # fmt: skip
EARLY: dict[str, Any] = {
    "held": "under-2", "price": Decimal(888888), "cost": Decimal(700000), "homes": "one",
    "area": Decimal(140),
}  # fmt: skip


def house(**answers: Any) -> Comparison:
    situation = Situation(on=TODAY, answers={**HOME, **answers})
    return comparison(book("house-to-child"), situation, "way")


def row(found: Comparison, label: str) -> Aspect:
    return next(aspect for aspect in found.aspects if aspect.label == label)


def texts(found: Comparison, label: str) -> list[str]:
    return [cell.text for cell in row(found, label).cells]


def rule(found: Comparison, label: str, way: str) -> str:
    return row(found, label).cells[WAYS.index(way)].figures[0].rule


# ---------------------------------------------------------------- sale, gift, will


def test_taxes_of_a_home_sold_within_two_years() -> None:
    """888,888 ÷ 1.03 = 862,998.058…: its 1 %, its 3 %, and 20 % of what is over 700,000."""
    found = house(**EARLY)
    assert texts(found, "契税") == ["8,629.98 元", "26,666.64 到 44,444.40 元", "不用交"]
    assert texts(found, "增值税") == ["25,889.94 元", "向主管部门确认", "向主管部门确认"]
    assert texts(found, "个人所得税") == ["32,599.61 元", "不用交", "不用交"]
    assert texts(found, "印花税") == [
        "不用交",
        "老人那份：222.22 到 444.44 元；得房人那份：222.22 到 444.44 元",
        "222.22 到 444.44 元",
    ]
    assert texts(found, "登记费") == ["80 元"] * 3


def test_taxes_of_a_large_home_after_two_years() -> None:
    """2,000,000 at 1.5 % above 140 m², 20 % of the difference of 1,400,000, a gift at 3 to 5 %."""
    found = house(
        held="two-plus", price=Decimal(2000000), cost=Decimal(600000), homes="zero",
        area=Decimal(150),
    )  # fmt: skip
    assert texts(found, "契税") == ["30,000 元", "60,000 到 100,000 元", "不用交"]
    assert texts(found, "增值税")[0] == "不用交"
    assert texts(found, "个人所得税")[0] == "280,000 元"
    assert rule(found, "契税", "sale") == "1.5%×房价"
    assert rule(found, "个人所得税", "sale") == "20%×（房价－当年买价）"


@pytest.mark.parametrize(
    ("price", "tax"),
    [
        ("100.49", "1.00"),
        ("100.50", "1.01"),
        ("149.99", "1.50"),
        ("0.50", "0.01"),
        ("0.49", "0.00"),
    ],
)
def test_half_a_fen_is_rounded_up(price: str, tax: str) -> None:
    found = house(**{**EARLY, "held": "five-only", "price": Decimal(price)})
    amount = next(f for f in found.plans[0].fees if f.entry.id == "deed-tax-sale").amount
    assert amount == Decimal(tax)


def test_figures_stay_open_with_what_is_open() -> None:
    """Of 1,000,000 with unknown homes and area: 1 % at least, 5 % at most."""
    found = house(held="five-only", price=Decimal(1000000))
    assert texts(found, "契税")[0] == "10,000 到 50,000 元"
    assert rule(found, "契税", "sale") == "（1%、1.5%、2% 或当地的契税税率 3% 到 5%）×房价"
    found = house(held="five-only")
    assert texts(found, "契税") == ["还没定", "还没定", "不用交"]
    assert texts(house(), "增值税")[0] == "可能收，还没定；可能不用交"


def test_each_figure_says_its_rule_and_how_sure_it_is() -> None:
    found = house(**EARLY)
    net = "不含增值税的价＝房价÷1.03"
    assert rule(found, "契税", "sale") == f"1%×不含增值税的价，{net}"
    assert rule(found, "契税", "gift") == "当地的契税税率（3% 到 5%）×房价"
    assert rule(found, "增值税", "sale") == f"不含增值税的价×3%，{net}"
    assert rule(found, "增值税附加", "sale") == (
        f"附加税费占增值税的比例（3% 到 12%）×增值税，增值税＝不含增值税的价×3%，{net}"
    )
    grades = [cell.figures[0].grade for cell in row(found, "契税").cells]
    assert grades == ["window", "local", "verified"]
    assert any(g.startswith("契税（子女继承）：法定继承人继承的免。依据《") for g in found.grounds)


def test_a_rate_that_the_city_gave_is_said() -> None:
    found = house(**EARLY, **{"deed-rate-local": Decimal("0.04")})
    assert texts(found, "契税")[1] == "35,555.52 元"
    assert rule(found, "契税", "gift") == "4%×房价"


def test_sale_gift_and_will_differ_in_steps_papers_and_warnings() -> None:
    found = house(**EARLY)
    assert texts(found, "立一份遗嘱") == ["不用", "不用", "一定要"]
    assert texts(found, "房屋赠与合同") == ["不用", "一定要 原件 1", "不用"]
    final = next(a for a in found.aspects if "一般就要不回来" in a.label)
    assert (final.kind, final.level) == ("warning", "irreversible")
    assert [cell.text for cell in final.cells] == ["没有", "有", "没有"]
    assert not row(found, "居民身份证").differs
    assert "遗嘱随时能改" in texts(found, "说明")[2]


def test_every_option_is_compared_as_if_it_were_chosen() -> None:
    chosen = house(**EARLY, way="gift")
    assert [plan.situation.answers["way"] for plan in chosen.plans] == list(WAYS)
    assert chosen.aspects == house(**EARLY).aspects


# ---------------------------------------------------------------- small cases

YESNO = rules_of(
    """
    question = [
      { id = "q", kind = "yesno" },
      { id = "open", kind = "yesno" },
      { id = "c", kind = "choices", option = [{ id = "x" }, { id = "y" }] },
      { id = "n", kind = "number" },
    ]
    outcome = [
      { id = "no", kind = "refuse", text = "不收。", when = { q = false } },
      { id = "ask", kind = "human", text = "请专人看。", when = { q = true, open = true } },
    ]
    step = [
      { id = "s", title = "登记", time = { statutory = "3 工作日" } },
      { id = "t", title = "公示", after = ["s"], time = { statutory = "1 个月" }, when = { open = true } },
    ]
    warning = [
      { before = ["s"], level = "deadline", text = "三天内来。", when = { open = true } },
      { before = ["s"], level = "note", text = "带笔。" },
    ]
    fee = [{ id = "f", name = "工本费", amount = "10 元", when = { open = true } }]
    """
)


def test_yes_and_no_are_compared_and_a_refusal_is_said() -> None:
    found = comparison(YESNO, situation_of({}), "q")
    assert [option.label for option in found.options] == ["是", "不是"]
    assert texts(found, "能不能办") == ["可能请专人", "办不了"]
    assert texts(found, "办不了") == ["没有", "不收"]
    assert texts(found, "时限最短") == ["3 个工作日", "办不了"]
    assert texts(found, "时限最长") == ["3 个工作日＋1 个月", "办不了"]
    assert texts(found, "步骤") == ["1 步，可能还有 1 步", "办不了"]
    assert texts(found, "公示") == ["可能要", "不用"]
    assert texts(found, "工本费") == ["可能收 10 元", "没有这一项"]
    assert texts(found, "[期限] 三天内来。") == ["可能有", "没有"]
    assert texts(found, "[请专人] 请专人看。") == ["可能", "没有"]
    assert not any("带笔" in aspect.label for aspect in found.aspects)


def test_only_options_that_exclude_one_another_can_be_compared() -> None:
    assert [f for f, q in YESNO.questions.items() if comparable(q)] == ["q", "open"]


def test_plans_that_are_known_are_taken() -> None:
    situation = situation_of({"open": True})
    ways: list[tuple[Option, Plan]] = [
        (Option(id=name, label=name), make_plan(YESNO, situation.answer("q", value)))
        for name, value in (("yes", True), ("no", False))
    ]
    assert compared(ways).aspects == comparison(YESNO, situation, "q").aspects


def test_lines_for_the_ear() -> None:
    lines = list(comparison_lines(comparison(YESNO, situation_of({"q": True}), "open")))
    assert lines[:3] == ["几项对照", "1 是", "2 不是"]
    place = lines.index("不同，工本费")
    assert lines[place + 1 : place + 3] == ["是：10 元（以受理窗口为准）", "不是：没有这一项"]
    assert "都一样：一定要 登记。" in lines
    lines = list(comparison_lines(house(**EARLY)))
    said = (
        "现在送给孩子：26,666.64 到 44,444.40 元（因地而异）。算法：当地的契税税率（3% 到 5%）×房价"
    )
    assert said in lines


def test_options_that_make_no_difference() -> None:
    rules = rules_of(
        """
        question = [{ id = "q", kind = "choice", option = [{ id = "x" }, { id = "y" }] }]
        step = [{ id = "s", title = "登记" }]
        """
    )
    found = comparison(rules, situation_of({}), "q")
    assert not any(aspect.differs for aspect in found.aspects)
    assert "选哪一项都一样。" in list(comparison_lines(found))
