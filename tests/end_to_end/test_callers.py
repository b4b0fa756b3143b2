"""The four callers of the issue, in a real terminal against the installed program, keys only.

The procedures' wording may change: options are found by words of their labels, questions are
answered in whatever order they come, and what is asserted are words that carry the meaning.
"""

from __future__ import annotations

import pytest
from end_to_end.caller import DOWN, ENTER, ESCAPE, F3, PAGE_DOWN, SIZES, UP, Agent

pytestmark = pytest.mark.parametrize("size", SIZES, ids=["100x30", "80x24"])


def before(text: str, first: str, then: str) -> bool:
    """Whether words stand before others."""
    assert first in text, f"no {first!r} in\n{text}"
    assert then in text, f"no {then!r} in\n{text}"
    return text.index(first) < text.index(then)


def steps_of(plan: list[str]) -> str:
    """The part of a plan that lists the steps."""
    start = next(n for n, line in enumerate(plan) if _heads_steps(line))
    rest = plan[start:]
    end = next((n for n, line in enumerate(rest) if line.startswith(_BEHIND)), len(rest))
    return "".join(rest[:end])


_BEHIND = ("还要跑", "时间 ", "费用", "依据 ")
"""How the sections begin that come after the steps."""


def _heads_steps(line: str) -> bool:
    return line.startswith("步骤 ") and line.endswith("──")


def warned_first(plan: list[str], words: str) -> bool:
    """Whether a warning stands above the steps."""
    start = next(n for n, line in enumerate(plan) if _heads_steps(line))
    return words in "".join(plan[:start])


def test_a_young_father(size: tuple[int, int]) -> None:
    with Agent(size=size) as agent:
        agent.find("孩子刚生下来，户口怎么上", opens="户口")
        agent.talk("不在一处", until="随")
        assert "哪一方" in agent.question  # he is asked with which parent
        told = ("随妈妈", "以上都没有", "拿到了", "家庭户", "领了", "一个月以内")
        agent.talk(*told, 哪一天="2026-11-10")
        asked = list(agent.asked)
        lines = agent.plan_lines()
        plan = "".join(lines)
        for paper in ("出生医学证明", "户口簿", "结婚证", "身份证"):
            assert paper in plan
        # The irreversible warning comes before the step at the police station.
        assert warned_first(lines, "[不可撤回] 先核对出生医学证明上孩子的姓名")
        assert "派出所" in steps_of(lines)
        agent.mark_done("商量")
        now = agent.now()
        assert "派出所申报" in now
        assert before(now, "[不可撤回] 先核对出生医学证明", "怎么办")

        # The register is the mother's collective one.
        agent.press(F3)
        agent.press(agent.key("户口类型"))
        assert "这一题答过「家庭户」" in agent.left_whole()
        agent.choose("人才")
        assert "要新问" in agent.left_whole()  # what follows is said before it does
        agent.press(ENTER)
        agent.talk("不在同一个市")
        assert len(agent.asked) == len(set(agent.asked))  # talk() fails, too, on a second time
        assert len(agent.asked) > len(asked)  # the other parent's register was asked
        changed = agent.plan()
        assert changed != plan
        assert "集体户" in changed
        for paper in ("出生医学证明", "结婚证", "身份证"):
            assert paper in changed


def test_li_opens_a_small_restaurant(size: tuple[int, int]) -> None:
    with Agent(size=size) as agent:
        agent.find("想开个小饭馆要办哪些证", opens="食品经营许可")
        agent.talk(
            "办新证", "现做现卖", "临街", "热菜", "没有，或者够不上", "还没装", "还没办", "个体户",
            "只在店里吃", "管道天然气", "自己办", "内地居民", "个人", "是", "租来的商铺", "不是", "都不用",
            "没办过", "一个人", "都没有",
        )  # fmt: skip
        lines = agent.plan_lines()
        plan, steps = "".join(lines), steps_of(lines)
        # The business licence first, with the name that he declares himself.
        assert before(steps, "营业执照", "食品证申请")
        assert "名称预先核准" in plan
        assert "已经没有了" in plan
        assert "自己在网上申报" in plan
        assert before(steps, "布局图", "食品证申请")  # the layout before the application
        assert before(steps, "食品证申请", "再开业")
        # Health checks of the staff alongside.
        health = steps[steps.index("健康证") :]
        assert "可以同时办" in health[:40]
        # From nothing to opening, one way over at least five departments.
        way = "".join(agent.way())
        departments = (
            "市场监督管理部门", "税务机关", "健康检查单位", "住房和城乡建设部门", "消防救援机构",
            "城镇排水主管部门",
        )  # fmt: skip
        assert sum(department in way for department in departments) >= 5, way
        assert before(way, "领营业执照", "食品证申请")
        # How many times he has to go, and what to bring.
        assert "趟可以网上办" in plan
        assert "带居民身份证" in plan
        # Days as far as the time limits tell them, and no further.
        assert "最早也要到" in plan
        assert "没写时限的" in plan
        # What can be handed in online before the visit.
        assert before(steps, "网上", "现场核查")
        assert "先在网上交" in plan
        assert "网上" in steps
        # The layout: washing, cooking and dining areas; his own clear drawing will do.
        agent.walk_to("布局图")
        now = agent.now()
        assert "布局图" in now
        for area in ("清洗区", "烹饪区", "就餐区"):
            assert area in now
        assert "自己画" in now


def test_a_drawing_school_and_a_school_of_maths(size: tuple[int, int]) -> None:
    with Agent(size=size) as agent:
        agent.find("想开个教小孩画画的培训班", opens="办学许可")
        agent.talk(
            "小学生", "美术", "在教室里", "营利，可以", "新开一家", "条件差不多", "个人", "有小学生",
            "租来的商铺", "以上都没有", "不装修", "不是", "都没有", "自己办",
            "内地的个人", "5 年", "都没有", "不是", "一次勾选", "自己办",
            面积="180", 多大="180", 几位="1",
        )  # fmt: skip
        lines = agent.plan_lines()
        plan, steps = "".join(lines), steps_of(lines)
        assert "文旅" in plan or "文化和旅游" in plan  # the department
        for words in ("场地", "消防", "安全"):  # premises, fire safety, building safety
            assert words in steps, words
        assert "鉴定" in plan
        assert before(steps, "领办学许可证", "领营业执照")  # the permit before registration
        assert "[办不了]" not in plan.replace("[可能 办不了]", "")

        # The same for maths at that age.
        agent.press(F3)
        agent.press(agent.key("教什么"))
        agent.choose("语文、数学")
        assert "不用了" in agent.left_whole()
        agent.press(ENTER)
        shown = agent.left_whole() + agent.plan()
        assert "[办不了]" in shown
        assert "学科" in shown
        assert "依据《" in shown  # with the rule
        assert "号）" in shown or "意见》" in shown
        assert "☐" not in shown  # no step, no paper, no fee is left to prepare
        assert not any(_heads_steps(line) for line in agent.plan_lines())


def test_an_old_lady_who_wants_to_leave_her_flat_to_her_son(size: tuple[int, int]) -> None:
    with Agent(size=size) as agent:
        agent.find("老人想把房子留给儿子", opens="房子过户")
        agent.press("m")  # she is anxious
        assert "着急" in agent.screen.splitlines()[0]
        agent.talk(
            "都在", "商品房", "夫妻两个人", "成年子女，没结婚", "以上都没有", "以上都没有", "是", "是",
            "满五唯一", "一套也没有",
            面积="89", 值多少="120万", 花了="50万", until="哪条路",
        )  # fmt: skip
        # Sale, gift and inheritance side by side: effect, taxes, way.
        seen = _scrolled(agent)
        for way in ("卖给孩子", "送给孩子", "留遗嘱"):
            assert way in seen
        for words in ("契税", "增值税", "个人所得税", "12,000 元", "36,000 到", "步骤", "材料"):
            assert words in seen, words
        for effect in ("要不回来", "遗嘱随时能改", "付房款"):
            assert effect in seen, effect
        # Words of tact: the family first, any time again, the one-stop window.
        spoken = seen[seen.index("可以说") :]
        assert "商量" in spoken
        assert "随时再打" in spoken
        assert "一窗" in spoken

        agent.choose("现在送给孩子")
        lines = agent.plan_lines()
        plan = "".join(lines)
        assert "谈一谈" in steps_of(lines)
        # The later resale and the right of residence come before the contract.
        assert warned_first(lines, "居住权登记了才有")
        assert "以后再卖" in plan
        contract = "签买卖合同或赠与合同"
        for title in ("谈一谈", "查档", "试算", "居住权合同"):
            agent.mark_done(title)
        now = agent.now()
        assert contract in now
        how = now.find("怎么办")
        said = now if how < 0 else now[:how]
        assert "再卖" in said
        assert "居住权登记了才有" in said


def _scrolled(agent: Agent) -> str:
    """Everything that the question's screen holds: the other side paged, this one walked down."""
    seen = ""
    for _ in range(12):
        page = agent.left_whole() + agent.right_whole()
        seen += page
        agent.press(PAGE_DOWN)
        if agent.left_whole() + agent.right_whole() == page:
            break
    for _ in range(12):
        agent.press(DOWN)
    seen += agent.left_whole()
    while not agent.question:
        agent.press(UP)
    return seen


def test_the_procedure_named_on_the_command_line_opens_at_once(size: tuple[int, int]) -> None:
    with Agent("agent", "newborn-registration", size=size) as agent:
        assert "户口" in agent.question
        agent.choose("不在一处")
        agent.press(ESCAPE)
        agent.press("q", "q")
        agent.wait_for("来电人要办什么")
        agent.find("老人想把房子留给儿子", opens="房子过户")
        agent.press("q", "q")
        agent.wait_for("来电人要办什么")
