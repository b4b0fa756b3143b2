"""Visits: which steps are done in one go, and what to bring to each."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.libraries import library_of, whole_way
from support.random_libraries import LibraryCase, libraries
from support.random_situations import tried
from support.written import DAY, situation_of

from banzheng_tui.guide.plan import Plan, PlanStep, make_plan
from banzheng_tui.guide.situation import Situation
from banzheng_tui.guide.visits import Visit, visits

PAPERS: dict[str, list[str]] = {"form": [], "stamp": [], "licence": ["licence"]}


def plan_of(text: str, licence: str = "", done: frozenset[str] = frozenset()) -> Plan:
    """The plan of a procedure of the office; a second one may issue the licence."""
    return make_plan(
        whole_way(library_of(PAPERS, shop=text, licence=licence or step("issue")), "shop"),
        situation_of({}, done=done),
    )


def went(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(visit.place, [step.id for step in visit.steps]) for visit in visits(plan)]


AT_ONCE = 'time = { promised = "当场" }\n'
TAKES_DAYS = 'time = { promised = "3 工作日" }\n'


def step(name: str, more: str = "") -> str:
    return f'[[step]]\nid = "{name}"\n{more}\n'


def test_steps_at_one_counter_are_one_visit() -> None:
    plan = plan_of(step("ask") + step("exam", 'department = "clinic"') + step("apply"))
    assert went(plan) == [("office窗口", ["ask", "apply"]), ("clinic窗口", ["exam"])]


def test_what_takes_days_parts_two_visits_and_what_is_done_at_once_does_not() -> None:
    after = step("collect", 'after = ["apply"]')
    assert went(plan_of(step("apply", TAKES_DAYS) + after)) == [
        ("office窗口", ["apply"]), ("office窗口", ["collect"]),
    ]  # fmt: skip
    assert went(plan_of(step("apply", AT_ONCE) + after)) == [("office窗口", ["apply", "collect"])]
    # nobody says how long it takes
    assert len(went(plan_of(step("apply") + after))) == 2


def test_what_was_promised_counts_before_what_the_law_allows() -> None:
    after = step("collect", 'after = ["apply"]')
    promised = 'time = { statutory = "20 工作日", promised = "当场" }'
    assert len(went(plan_of(step("apply", promised) + after))) == 1
    lawful = 'time = { statutory = "当场" }'
    assert len(went(plan_of(step("apply", lawful) + after))) == 1


def test_a_visit_elsewhere_in_between_parts_two_visits() -> None:
    plan = plan_of(
        step("apply", AT_ONCE)
        + step("pay", 'department = "bank"\nafter = ["apply"]\n' + AT_ONCE)
        + step("collect", 'after = ["pay"]')
        + step("ask")
    )
    assert went(plan) == [
        ("office窗口", ["apply", "ask"]), ("bank窗口", ["pay"]), ("office窗口", ["collect"]),
    ]  # fmt: skip


def test_what_one_does_oneself_in_between_parts_two_visits() -> None:
    plan = plan_of(
        step("apply", AT_ONCE)
        + step("draw", 'kind = "own"\nafter = ["apply"]')
        + step("hand-in", 'after = ["draw"]')
    )
    assert went(plan) == [("office窗口", ["apply"]), ("office窗口", ["hand-in"])]


def test_a_paper_parts_visits_like_an_order_of_steps() -> None:
    text = step("apply", 'produces = ["form"]\nMORE') + step("hand-in")
    text += '[[document]]\ndocument = "form"\nfor = ["hand-in"]'
    assert len(went(plan_of(text.replace("MORE", TAKES_DAYS)))) == 2
    assert len(went(plan_of(text.replace("MORE", AT_ONCE)))) == 1


def test_what_is_done_or_needs_no_counter_needs_no_visit() -> None:
    text = (
        step("draw", 'kind = "own"')
        + step("send", 'channels = ["online", "mobile"]\nafter = ["draw"]')
        + step("apply", 'channels = ["window", "online"]\nafter = ["send"]')
        + step("collect", 'after = ["apply"]')
    )
    assert went(plan_of(text)) == [("office窗口", ["apply"]), ("office窗口", ["collect"])]
    done = plan_of(text, done=frozenset({"draw", "send", "apply"}))
    assert went(done) == [("office窗口", ["collect"])]
    assert went(plan_of(text, done=frozenset({"draw", "send", "apply", "collect"}))) == []


def test_a_visit_that_can_be_spared_online_says_so() -> None:
    both = 'channels = ["window", "online"]'
    (visit,) = visits(plan_of(step("apply", both) + step("ask", both)))
    assert visit.spared_online
    (visit,) = visits(plan_of(step("apply", both) + step("ask", 'channels = ["window"]')))
    assert not visit.spared_online


def test_a_step_with_a_place_of_its_own_is_a_visit_there() -> None:
    plan = plan_of(step("ask") + step("apply", 'where = "北门登记处"') + step("collect"))
    assert went(plan) == [("office窗口", ["ask", "collect"]), ("北门登记处", ["apply"])]


def test_what_to_bring_is_what_its_steps_ask_for() -> None:
    plan = plan_of(
        step("ask")
        + step("exam", 'department = "clinic"')
        + '[[document]]\ndocument = "form"\nfor = ["ask"]\noriginal = 1\n'
        + '[[document]]\ndocument = "stamp"\nfor = ["ask"]\nfetched = true\n'
    )
    office, clinic = visits(plan)
    assert [document.id for document in office.bring] == ["form"]
    assert clinic.bring == ()


def test_a_visit_is_certain_as_soon_as_one_of_its_steps_is() -> None:
    maybe = '[[question]]\nid = "big"\nkind = "yesno"\n' + step("a", "when = { big = true }")
    (visit,) = visits(plan_of(maybe + step("b")))
    assert visit.status == "certain"
    (visit,) = visits(plan_of(maybe))
    assert visit.status == "possible"


def test_procedures_of_one_office_share_a_visit() -> None:
    needs = '[[document]]\ndocument = "licence"\nfor = ["open"]'
    issue = step("ask") + step("issue", 'produces = ["licence"]\n' + AT_ONCE)
    plan = plan_of(step("open") + needs, issue)
    assert went(plan) == [("office窗口", ["licence/ask", "licence/issue", "open"])]


# ---------------------------------------------------------------- any way at all


def goes_there(step: PlanStep) -> bool:
    entry = step.entry
    return entry.kind == "office" and entry.channels != ("online",)


def at_once(step: PlanStep) -> bool:
    time = step.entry.time
    return time is not None and str(time.promised) == "当场"


class Round:
    """The visits of a plan, and how far one must have come before each step."""

    def __init__(self, plan: Plan, found: tuple[Visit, ...]) -> None:
        self.plan = plan
        self.steps = {step.id: step for step in plan.steps}
        self.number = {step.id: n for n, visit in enumerate(found) for step in visit.steps}

    def blocks(self, name: str, number: int) -> bool:
        """Whether what waits for a step cannot be done in this visit."""
        step = self.steps[name]
        if step.state == "done":
            return False
        if name in self.number:
            at = self.number[name]
            return at > number or (at == number and not at_once(step))
        return any(self.reached(before) >= number for before in self.plan.waits[name])

    def reached(self, name: str) -> int:
        """The last visit that a step or what it waits for takes; -1: none."""
        if self.steps[name].state == "done":
            return -1
        own = [self.number[name]] if name in self.number else []
        return max([*own, *(map(self.reached, () if own else self.plan.waits[name]))], default=-1)


@tried(200)
@given(libraries(), st.integers(0, 1000))
def test_every_counter_is_gone_to_in_order_and_no_oftener_than_needed(
    case: LibraryCase, seed: int
) -> None:
    random = Random(seed)
    answers = random.choice(case.worlds())
    names = [step.id for step in case.rules.steps]
    done = frozenset(name for name in names if random.random() < 0.2)
    plan = make_plan(case.rules, Situation(on=DAY, answers=answers, done=done))
    found = visits(plan)
    steps = [step.id for visit in found for step in visit.steps]
    assert sorted(steps) == sorted(
        step.id for step in plan.steps if step.state != "done" and goes_there(step)
    )
    way = Round(plan, found)
    for number, visit in enumerate(found):
        assert visit.steps
        for step in visit.steps:
            waits = plan.waits[step.id]
            assert not any(way.blocks(name, number) for name in waits)
            for earlier in range(number):
                if found[earlier].place == visit.place:
                    assert any(way.blocks(name, earlier) for name in waits)
    order = [step.id for step in plan.steps]
    for visit in found:
        places = [order.index(step.id) for step in visit.steps]
        assert places == sorted(places)
