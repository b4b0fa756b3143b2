"""Three public rule sets of GOV.UK, re-authored in our format, come out as their own tests say.

``tests/fixtures/govuk/README.md`` says where they come from and how ids map. Every table below
holds all that the originals' tests assert; the exhaustive walks compare the engine with a
re-statement of the Ruby flows in Python, which knows nothing of the TOML files.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import pytest

from banzheng_tui.guide.answers import parse_json
from banzheng_tui.guide.plan import Plan, make_plan
from banzheng_tui.guide.possible import ends
from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.guide.situation import Situation
from banzheng_tui.procedure.library import Library, load_library

FIXTURES = Path(__file__).parents[1] / "fixtures" / "govuk"
DAY = date(2026, 11, 23)

INHERITS = "inherits-without-will"
DEATH = "register-a-death"
BUSINESS = "next-steps-for-your-business"

Answer: TypeAlias = bool | str | frozenset[str]
Answers: TypeAlias = Mapping[str, Answer]
Options: TypeAlias = Mapping[str, tuple[Answer, ...]]
Ask: TypeAlias = Callable[[str], Answer]
Restated: TypeAlias = Callable[[Ask], frozenset[str]]
Path_: TypeAlias = tuple[tuple[str, Answer], ...]
Interview: TypeAlias = tuple[Path_, frozenset[str]]
"""Every question asked with its answer, in order, and what it led to."""

YES_OR_NO: tuple[Answer, ...] = (True, False)

SAME_QUESTION = {"aunts-or-uncles-first": "aunts-or-uncles"}
"""Scotland asks for aunts before grandparents: the one question is two in our file."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library([FIXTURES])


def rules_of(library: Library, procedure: str) -> Rules:
    return compile_rules(library.procedures[procedure], library.catalog, DAY)


def situation(answers: Answers) -> Situation:
    """All answers at once, also those to questions that the path never comes to."""
    state = Situation(on=DAY)
    for question, answer in answers.items():
        state = state.answer(question, answer)
        for twin, original in SAME_QUESTION.items():
            if original == question:
                state = state.answer(twin, answer)
    return state


def original_name(question: str) -> str:
    return SAME_QUESTION.get(question, question)


def statuses(plan: Plan) -> dict[str, str]:
    """How certain each outcome and step is, by id."""
    found: dict[str, str] = {outcome.id: outcome.status for outcome in plan.outcomes}
    return found | {step.id: step.status for step in plan.steps}


def results(plan: Plan) -> frozenset[str]:
    """What the original would show: our additions (see the README) are left out."""
    lines = statuses(plan).items()
    return frozenset(item for item, status in lines if status == "certain" and is_original(item))


def is_original(item: str) -> bool:
    """Whether an id of ours is a result of the original."""
    return item.startswith("outcome-") or item.endswith("-result") or item[1:].isdigit()


def undecided(plan: Plan) -> set[str]:
    """What is not certain yet."""
    lines = statuses(plan) | {paper.id: paper.status for paper in plan.documents}
    return {item for item, status in lines.items() if status != "certain"}


def offered(options: Options, question: str) -> tuple[Answer, ...]:
    return options.get(original_name(question), YES_OR_NO)


def several(*options: str) -> tuple[Answer, ...]:
    """Every way to tick boxes of which the last one excludes the others."""
    *boxes, none = options
    ticked = [
        frozenset(some) for size in range(1, len(boxes) + 1) for some in combinations(boxes, size)
    ]
    return (*ticked, frozenset({none}))


def interviews_asked(rules: Rules, options: Options) -> Iterator[tuple[Path_, Plan]]:
    """Every complete interview, the engine choosing the questions."""
    waiting: list[tuple[Path_, Situation]] = [((), Situation(on=DAY))]
    while waiting:
        path, state = waiting.pop()
        plan = make_plan(rules, state)
        if plan.question is None:
            yield path, plan
            continue
        question = plan.question.id
        for answer in offered(options, question):
            step = (original_name(question), answer)
            waiting.append(((*path, step), state.answer(question, answer)))


class UnansweredError(Exception):
    """The re-statement wants to know something that the path does not say yet."""


def interviews_restated(restated: Restated, options: Options) -> Iterator[Interview]:
    """Every complete interview, the re-statement choosing the questions."""
    waiting: list[Path_] = [()]
    while waiting:
        path = waiting.pop()
        asked: list[str] = []

        def ask(question: str, path: Path_ = path, asked: list[str] = asked) -> Answer:
            asked.append(question)
            if len(asked) > len(path):
                raise UnansweredError
            return path[len(asked) - 1][1]

        try:
            outcome = restated(ask)
        except UnansweredError:
            question = asked[-1]
            waiting += [(*path, (question, answer)) for answer in offered(options, question)]
        else:
            yield path, outcome


def check_asserted_path(rules: Rules, answers: Answers, then: str) -> None:
    """The engine asks its way through ``answers`` to ``then``, the last one of them last."""
    state, asked = Situation(on=DAY), [""]
    plan = make_plan(rules, state)
    while plan.question is not None and original_name(plan.question.id) in answers:
        question = plan.question.id
        asked.append(original_name(question))
        state = state.answer(question, answers[original_name(question)])
        plan = make_plan(rules, state)
    assert asked[-1] == list(answers)[-1]
    assert_comes_to(plan, then)


def assert_comes_to(plan: Plan, then: str) -> None:
    if plan.question is not None:
        assert original_name(plan.question.id) == then
    else:
        assert then in results(plan)


def check_every_interview(
    library: Library, procedure: str, restated: Restated, options: Options, count: int
) -> None:
    asked = [
        (path, results(plan))
        for path, plan in interviews_asked(rules_of(library, procedure), options)
    ]
    expected = list(interviews_restated(restated, options))
    assert len(asked) == len(set(asked)) == len(expected) == count
    assert set(asked) == set(expected)


def test_the_library_is_sound(library: Library) -> None:
    assert library.problems == ()
    assert set(library.procedures) == {INHERITS, DEATH, BUSINESS}


# ---------------------------------------------------------------- what every interview keeps

INHERITS_OPTIONS: Options = {
    "region": ("england-and-wales", "scotland", "northern-ireland", "outside-uk"),
    "date-of-death": (
        "before-oct-2014",
        "oct-2014-feb-2020",
        "feb-2020-jul-2023",
        "after-jul-2023",
    ),
}
DEATH_OPTIONS: Options = {
    "where": ("england-wales", "scotland", "northern-ireland", "overseas"),
    "place": ("at-home-hospital", "elsewhere"),
}
BUSINESS_OPTIONS: Options = {
    "turnover": ("yes", "no", "not-sure"),
    "employ": ("in-future", "yes", "no", "not-sure"),
    "activities": several("import-goods", "export-goods-or-services", "none"),
    "premises": several("home", "rented", "owned", "none"),
}
ALL_OPTIONS = {INHERITS: INHERITS_OPTIONS, DEATH: DEATH_OPTIONS, BUSINESS: BUSINESS_OPTIONS}


@pytest.mark.parametrize("procedure", ALL_OPTIONS)
def test_questions_offer_exactly_the_options_of_the_original(
    library: Library, procedure: str
) -> None:
    for question in rules_of(library, procedure).questions.values():
        options = tuple(option.id for option in question.options)
        expected = ALL_OPTIONS[procedure].get(original_name(question.id), ())
        if question.kind == "choices":
            assert several(*options) == expected
        else:
            assert options == expected


@pytest.mark.parametrize("procedure", ALL_OPTIONS)
def test_nothing_stays_open_when_the_interview_is_over(library: Library, procedure: str) -> None:
    for path, plan in interviews_asked(rules_of(library, procedure), ALL_OPTIONS[procedure]):
        assert not undecided(plan), path
        assert plan.remaining_at_most == 0, path


@pytest.mark.parametrize("procedure", ALL_OPTIONS)
def test_questions_left_fall_with_every_answer(library: Library, procedure: str) -> None:
    rules = rules_of(library, procedure)
    waiting = [(Situation(on=DAY), 99)]
    while waiting:
        state, before = waiting.pop()
        plan = make_plan(rules, state)
        assert plan.remaining_at_most < before, state
        assert (plan.question is None) == (plan.remaining_at_most == 0), state
        if plan.question is not None:
            waiting += [
                (state.answer(plan.question.id, answer), plan.remaining_at_most)
                for answer in offered(ALL_OPTIONS[procedure], plan.question.id)
            ]


@pytest.mark.parametrize("procedure", ALL_OPTIONS)
def test_examples_in_the_files_come_out_as_written(library: Library, procedure: str) -> None:
    rules = rules_of(library, procedure)
    for example in library.procedures[procedure].examples:
        state = Situation(on=DAY)
        for fact, value in example.answers.items():
            state = state.answer(fact, parse_json(rules.questions[fact], value, DAY))
        for fact in example.unsure:
            state = state.mark_unsure(fact)
        plan = make_plan(rules, state)
        expect = example.expect
        shown = set(statuses(plan)) | {paper.id for paper in plan.documents}
        assert {*expect.outcomes, *expect.steps, *expect.documents} <= shown, example.name
        assert not shown & set(expect.without), example.name
        assert set(expect.certain) <= shown - undecided(plan), example.name


# ---------------------------------------------------------------- inherits-without-will


def who_inherits(ask: Ask) -> frozenset[str]:
    """inherits_someone_dies_without_will_flow.rb, said over again."""
    return frozenset({f"outcome-{_heirs(ask)}"})


def _heirs(ask: Ask) -> int:
    region = ask("region")
    if region == "outside-uk":
        return 68
    if ask("partner"):
        return {
            "england-and-wales": _partner_in_england,
            "scotland": _partner_in_scotland,
            "northern-ireland": _partner_in_northern_ireland,
        }[str(region)](ask)
    if ask("children"):
        return 66 if region == "northern-ireland" else 2
    return {
        "england-and-wales": _kin_in_england,
        "scotland": _kin_in_scotland,
        "northern-ireland": _kin_in_northern_ireland,
    }[str(region)](ask)


def _partner_in_england(ask: Ask) -> int:
    with_children, without = {
        "before-oct-2014": (10, 11),
        "oct-2014-feb-2020": (12, 14),
        "feb-2020-jul-2023": (13, 14),
        "after-jul-2023": (15, 14),
    }[str(ask("date-of-death"))]
    return with_children if ask("children") else without


def _partner_in_scotland(ask: Ask) -> int:
    if ask("children"):
        return 40
    parents, siblings = ask("parents"), ask("siblings")
    if parents:
        return 43 if siblings else 42
    return 41 if siblings else 1


def _partner_in_northern_ireland(ask: Ask) -> int:
    if not ask("estate-over-250000"):
        return 60
    if ask("children"):
        return 61 if ask("more-than-one-child") else 62
    if ask("parents"):
        return 63
    return 64 if ask("siblings-including-mixed-parents") else 65


def _kin_in_england(ask: Ask) -> int:
    if ask("parents"):
        return 3
    if ask("siblings"):
        return 4
    if ask("half-siblings"):
        return 23
    if ask("grandparents"):
        return 5
    if ask("aunts-or-uncles"):
        return 6
    return 24 if ask("half-aunts-or-uncles") else 25


def _kin_in_scotland(ask: Ask) -> int:
    parents, siblings = ask("parents"), ask("siblings")
    if parents:
        return 44 if siblings else 3
    if siblings:
        return 4
    if ask("aunts-or-uncles"):
        return 6
    if ask("grandparents"):
        return 5
    return 45 if ask("great-aunts-or-uncles") else 46


def _kin_in_northern_ireland(ask: Ask) -> int:
    if ask("parents"):
        return 3
    if ask("siblings"):
        return 4
    if ask("grandparents"):
        return 5
    return 6 if ask("aunts-or-uncles") else 67


ENGLAND, SCOTLAND, ULSTER = "england-and-wales", "scotland", "northern-ireland"
CHILDLESS = "-partner -children"
ALONE = "-partner -children -parents -siblings"
NO_KIN = f"{ALONE} -half-siblings -grandparents -aunts-or-uncles"
DISTANT = f"{ALONE} -aunts-or-uncles -grandparents"
DIED_EARLY = "before-oct-2014"
RICH = "+partner +estate-over-250000"

INHERITS_ASSERTED = [
    # region?
    (ENGLAND, "", "partner"),
    (SCOTLAND, "", "partner"),
    (ULSTER, "", "partner"),
    ("outside-uk", "", "outcome-68"),
    # partner?
    (ENGLAND, "+partner", "date-of-death"),
    (ENGLAND, "-partner", "children"),
    (ULSTER, "+partner", "estate-over-250000"),
    (ULSTER, "-partner", "children"),
    (SCOTLAND, "+partner", "children"),
    # estate_over_250000?
    (ULSTER, "+partner +estate-over-250000", "children"),
    (ULSTER, "+partner -estate-over-250000", "outcome-60"),
    # date_of_death?
    (ENGLAND, "+partner before-oct-2014", "children"),
    (ENGLAND, "+partner oct-2014-feb-2020", "children"),
    (ENGLAND, "+partner feb-2020-jul-2023", "children"),
    (ENGLAND, "+partner after-jul-2023", "children"),
    # children? (a date of death is on file in every one, whether it was asked or not)
    (ENGLAND, "+partner before-oct-2014 +children", "outcome-10"),
    (ENGLAND, "+partner before-oct-2014 -children", "outcome-11"),
    (ENGLAND, "+partner oct-2014-feb-2020 +children", "outcome-12"),
    (ENGLAND, "+partner oct-2014-feb-2020 -children", "outcome-14"),
    (ENGLAND, "+partner feb-2020-jul-2023 +children", "outcome-13"),
    (ENGLAND, "+partner feb-2020-jul-2023 -children", "outcome-14"),
    (ENGLAND, "+partner after-jul-2023 +children", "outcome-15"),
    (ENGLAND, "+partner after-jul-2023 -children", "outcome-14"),
    (ENGLAND, f"{DIED_EARLY} -partner +children", "outcome-2"),
    (ENGLAND, f"{DIED_EARLY} -partner -children", "parents"),
    (SCOTLAND, f"{DIED_EARLY} +partner +children", "outcome-40"),
    (SCOTLAND, f"{DIED_EARLY} +partner -children", "parents"),
    (SCOTLAND, f"{DIED_EARLY} -partner +children", "outcome-2"),
    (SCOTLAND, f"{DIED_EARLY} -partner -children", "parents"),
    (ULSTER, f"{DIED_EARLY} {RICH} +children", "more-than-one-child"),
    (ULSTER, f"{DIED_EARLY} {RICH} -children", "parents"),
    (ULSTER, f"{DIED_EARLY} -partner +children", "outcome-66"),
    (ULSTER, f"{DIED_EARLY} -partner -children", "parents"),
    # parents?
    (ENGLAND, f"{CHILDLESS} +parents", "outcome-3"),
    (ENGLAND, f"{CHILDLESS} -parents", "siblings"),
    (SCOTLAND, f"{CHILDLESS} +parents", "siblings"),
    (ULSTER, f"{RICH} -children +parents", "outcome-63"),
    (ULSTER, f"{RICH} -children -parents", "siblings-including-mixed-parents"),
    (ULSTER, f"+estate-over-250000 {CHILDLESS} +parents", "outcome-3"),
    (ULSTER, f"+estate-over-250000 {CHILDLESS} -parents", "siblings"),
    # siblings?
    (ENGLAND, f"{CHILDLESS} -parents +siblings", "outcome-4"),
    (ENGLAND, ALONE, "half-siblings"),
    (SCOTLAND, "+partner -children +parents +siblings", "outcome-43"),
    (SCOTLAND, "+partner -children +parents -siblings", "outcome-42"),
    (SCOTLAND, "+partner -children -parents +siblings", "outcome-41"),
    (SCOTLAND, "+partner -children -parents -siblings", "outcome-1"),
    (SCOTLAND, f"{CHILDLESS} +parents +siblings", "outcome-44"),
    (SCOTLAND, f"{CHILDLESS} +parents -siblings", "outcome-3"),
    (SCOTLAND, f"{CHILDLESS} -parents +siblings", "outcome-4"),
    (SCOTLAND, ALONE, "aunts-or-uncles"),
    (ULSTER, f"+estate-over-250000 {CHILDLESS} -parents +siblings", "outcome-4"),
    (ULSTER, f"+estate-over-250000 {ALONE}", "grandparents"),
    # siblings_including_mixed_parents?
    (ULSTER, f"{RICH} -children -parents +siblings-including-mixed-parents", "outcome-64"),
    (ULSTER, f"{RICH} -children -parents -siblings-including-mixed-parents", "outcome-65"),
    # grandparents?
    (ENGLAND, f"{ALONE} -half-siblings +grandparents", "outcome-5"),
    (ENGLAND, f"{ALONE} -half-siblings -grandparents", "aunts-or-uncles"),
    (SCOTLAND, f"{ALONE} -aunts-or-uncles +grandparents", "outcome-5"),
    (SCOTLAND, DISTANT, "great-aunts-or-uncles"),
    (ULSTER, f"{ALONE} +grandparents", "outcome-5"),
    (ULSTER, f"{ALONE} -grandparents", "aunts-or-uncles"),
    # aunts_or_uncles?
    (ENGLAND, f"{ALONE} -half-siblings -grandparents +aunts-or-uncles", "outcome-6"),
    (ENGLAND, NO_KIN, "half-aunts-or-uncles"),
    (SCOTLAND, f"{ALONE} +aunts-or-uncles", "outcome-6"),
    (SCOTLAND, f"{ALONE} -aunts-or-uncles", "grandparents"),
    (ULSTER, f"+estate-over-250000 {ALONE} -grandparents +aunts-or-uncles", "outcome-6"),
    (ULSTER, f"+estate-over-250000 {ALONE} -grandparents -aunts-or-uncles", "outcome-67"),
    # half_siblings?
    (ENGLAND, f"{ALONE} +half-siblings", "outcome-23"),
    (ENGLAND, f"{ALONE} -half-siblings", "grandparents"),
    # half_aunts_or_uncles?
    (ENGLAND, f"{NO_KIN} +half-aunts-or-uncles", "outcome-24"),
    (ENGLAND, f"{NO_KIN} -half-aunts-or-uncles", "outcome-25"),
    # great_aunts_or_uncles?
    (SCOTLAND, f"{DISTANT} +great-aunts-or-uncles", "outcome-45"),
    (SCOTLAND, f"{DISTANT} -great-aunts-or-uncles", "outcome-46"),
    # more_than_one_child?
    (ULSTER, f"{RICH} +children +more-than-one-child", "outcome-61"),
    (ULSTER, f"{RICH} +children -more-than-one-child", "outcome-62"),
]


def family(region: str, relatives: str) -> dict[str, Answer]:
    """Answers from a region and words: +relative for yes, -relative for no, or a date."""
    answers: dict[str, Answer] = {"region": region}
    for word in relatives.split():
        if word[0] in "+-":
            answers[word[1:]] = word[0] == "+"
        else:
            answers["date-of-death"] = word
    return answers


@pytest.mark.parametrize(("region", "relatives", "then"), INHERITS_ASSERTED)
def test_inheritance_asks_its_way_to_what_the_original_asserts(
    library: Library, region: str, relatives: str, then: str
) -> None:
    check_asserted_path(rules_of(library, INHERITS), family(region, relatives), then)


@pytest.mark.parametrize(("region", "relatives", "then"), INHERITS_ASSERTED)
def test_inheritance_answers_may_come_in_any_order_and_beside_the_path(
    library: Library, region: str, relatives: str, then: str
) -> None:
    answers = family(region, relatives)
    backwards = dict(reversed(answers.items()))
    assert_comes_to(make_plan(rules_of(library, INHERITS), situation(backwards)), then)


def test_every_inheritance_interview_is_that_of_the_original(library: Library) -> None:
    check_every_interview(library, INHERITS, who_inherits, INHERITS_OPTIONS, count=42)


def test_every_inheritance_interview_has_exactly_one_outcome(library: Library) -> None:
    reached = [
        results(plan) for _, plan in interviews_asked(rules_of(library, INHERITS), INHERITS_OPTIONS)
    ]
    assert all(len(outcomes) == 1 for outcomes in reached)
    written = {outcome.id for outcome in library.procedures[INHERITS].outcomes}
    assert frozenset().union(*reached) == {item for item in written if is_original(item)}


GUIDES = {"read-guide", "inheritance-tax"}
WITH_LAWYER = {"legal-advice", "read-guide", "inheritance-tax"}


@pytest.mark.parametrize(
    ("region", "relatives", "steps"),
    [
        (SCOTLAND, "+partner -children -parents -siblings", GUIDES),  # outcome_1, asserted
        (ENGLAND, f"{NO_KIN} -half-aunts-or-uncles", {"ownerless-property"}),  # 25, asserted
        (SCOTLAND, f"{DISTANT} -great-aunts-or-uncles", {"ownerless-property"}),
        (ULSTER, f"{ALONE} -grandparents -aunts-or-uncles", {"ownerless-property"}),
        (ULSTER, "+partner -estate-over-250000", {"read-guide"}),
        (ULSTER, f"{RICH} -children +parents", GUIDES),
        (ENGLAND, "+partner before-oct-2014 +children", WITH_LAWYER),
        (ENGLAND, "+partner before-oct-2014 -children", WITH_LAWYER),
        (ENGLAND, "+partner after-jul-2023 +children", WITH_LAWYER),
        (ENGLAND, "+partner after-jul-2023 -children", GUIDES),
        ("outside-uk", "", {"legal-advice"}),
    ],
)
def test_inheritance_sends_on_to_the_pages_that_the_original_links(
    library: Library, region: str, relatives: str, steps: set[str]
) -> None:
    plan = make_plan(rules_of(library, INHERITS), situation(family(region, relatives)))
    assert {step.id for step in plan.steps} == steps


@pytest.mark.parametrize(
    ("region", "relatives", "outcomes"),
    [
        (ENGLAND, "-partner +children", {"outcome-2", "later-death"}),
        (ENGLAND, f"{NO_KIN} -half-aunts-or-uncles", {"outcome-25"}),
        (SCOTLAND, "-partner +children", {"outcome-2"}),
        ("outside-uk", "", {"outcome-68"}),
    ],
)
def test_a_later_death_is_mentioned_where_the_original_mentions_it(
    library: Library, region: str, relatives: str, outcomes: set[str]
) -> None:
    plan = make_plan(rules_of(library, INHERITS), situation(family(region, relatives)))
    assert {outcome.id for outcome in plan.outcomes} == outcomes


# ---------------------------------------------------------------- register-a-death


def where_to_register(ask: Ask) -> frozenset[str]:
    """register_a_death_flow.rb, said over again."""
    where = ask("where")
    if where == "overseas":
        return frozenset({"death-abroad-result"})
    if where != "england-wales":
        return frozenset({f"{where}-result"})
    ask("place")
    ask("expected")
    return frozenset({"uk-result"})


DEATH_ASSERTED: list[tuple[dict[str, Answer], str]] = [
    # where_did_the_death_happen?
    ({"where": "scotland"}, "scotland-result"),
    ({"where": "northern-ireland"}, "northern-ireland-result"),
    ({"where": "england-wales"}, "place"),
    ({"where": "overseas"}, "death-abroad-result"),
    # did_the_person_die_at_home_hospital?
    ({"where": "england-wales", "place": "at-home-hospital"}, "expected"),
    # was_death_expected?
    ({"where": "england-wales", "place": "at-home-hospital", "expected": True}, "uk-result"),
]


@pytest.mark.parametrize(("answers", "then"), DEATH_ASSERTED)
def test_registering_a_death_asks_its_way_to_what_the_original_asserts(
    library: Library, answers: Answers, then: str
) -> None:
    check_asserted_path(rules_of(library, DEATH), answers, then)


def test_every_interview_on_a_death_is_that_of_the_original(library: Library) -> None:
    check_every_interview(library, DEATH, where_to_register, DEATH_OPTIONS, count=7)


@pytest.mark.parametrize("place", ["at-home-hospital", "elsewhere"])
@pytest.mark.parametrize("expected", [True, False])
def test_place_and_expectation_change_who_registers_and_with_what(
    library: Library, place: str, expected: bool
) -> None:
    answers: Answers = {"where": "england-wales", "place": place, "expected": expected}
    plan = make_plan(rules_of(library, DEATH), situation(answers))
    assert {item.id for item in plan.outcomes} == {"uk-result", f"who-{place}"}
    papers = {"birth-certificate", "marriage-certificate", "nhs-card"}
    steps = ["wait-for-examiner"]
    warnings = {"examiner-first"}
    if expected:
        papers |= {"council-tax-bill", "driving-licence", "passport", "proof-of-address"}
        steps += ["register", "collect-green-form"]
    else:
        papers |= {"natural-cause-form"}
        steps += ["wait-for-coroner", "register"]
        warnings |= {"funeral-after-coroner"}
    assert {item.id for item in plan.documents} == papers
    assert [item.id for item in plan.steps] == steps
    assert {item.entry.id for item in plan.warnings} == warnings


@pytest.mark.parametrize(
    ("where", "steps"),
    [
        ("scotland", ["register-in-scotland"]),
        ("northern-ireland", ["register-in-northern-ireland"]),
        ("overseas", ["register-abroad", "register-with-uk"]),
    ],
)
def test_a_death_elsewhere_is_registered_there(
    library: Library, where: str, steps: list[str]
) -> None:
    plan = make_plan(rules_of(library, DEATH), situation({"where": where}))
    assert [item.id for item in plan.steps] == steps
    assert {item.id for item in plan.outcomes} == {
        f"{where.replace('overseas', 'death-abroad')}-result"
    }
    assert not plan.documents


def test_a_death_abroad_costs_what_the_rates_file_says(library: Library) -> None:
    plan = make_plan(rules_of(library, DEATH), situation({"where": "overseas"}))
    amounts = {fee.entry.id: ends(fee.amount) for fee in plan.fees}
    assert amounts == {
        "uk-registration": (150, 150),
        "consular-certificate": (50, 50),
        "papers-sent-back": (6, 42),
    }


def test_a_death_at_home_costs_nothing_that_we_know_of(library: Library) -> None:
    plan = make_plan(rules_of(library, DEATH), situation({"where": "england-wales"}))
    assert not plan.fees


# ---------------------------------------------------------------- next-steps-for-your-business

ALWAYS = frozenset(f"r{number}" for number in (*range(2, 16), 31, 32))


def business_results(ask: Ask) -> frozenset[str]:
    """next_steps_for_your_business_flow.rb with the rules of its calculator, said over again."""
    found = set(ALWAYS)
    if not ask("ct"):
        found |= {"r1"}
    found |= {"yes": {"r16", "r28"}, "no": {"r29"}, "not-sure": {"r17"}}[str(ask("turnover"))]
    if ask("employ") != "no":
        found |= {"r18", "r21"}
    trade = _ticked(ask("activities"))
    if "import-goods" in trade:
        found |= {"r26"}
    if "export-goods-or-services" in trade:
        found |= {"r27", "r30"}
    if ask("support"):
        found |= {"r19"}
    premises = _ticked(ask("premises"))
    if "home" in premises:
        found |= {"r22"}
    if "rented" in premises:
        found |= {"r23"}
    if premises != {"home"}:
        found |= {"r24", "r25"}
    return frozenset(found)


def _ticked(answer: Answer) -> frozenset[str]:
    assert isinstance(answer, frozenset)
    return answer


IMPORT, EXPORT = frozenset({"import-goods"}), frozenset({"export-goods-or-services"})
HOME, RENTED, NONE = frozenset({"home"}), frozenset({"rented"}), frozenset({"none"})

GROWING: dict[str, Answer] = {
    "ct": False,
    "turnover": "yes",
    "employ": "yes",
    "activities": IMPORT,
    "support": True,
    "premises": HOME,
}
BUSINESS_ORDER = [*GROWING, "r22"]


@pytest.mark.parametrize("answered", range(2, 7))
def test_next_steps_asks_in_the_order_that_the_original_asserts(
    library: Library, answered: int
) -> None:
    answers = dict(list(GROWING.items())[:answered])
    check_asserted_path(rules_of(library, BUSINESS), answers, then=BUSINESS_ORDER[answered])


def test_corporation_tax_is_asked_first_unless_it_is_known(library: Library) -> None:
    rules = rules_of(library, BUSINESS)
    unknown = make_plan(rules, Situation(on=DAY))
    known = make_plan(rules, situation({"ct": True}))
    assert [plan.question.id for plan in (unknown, known) if plan.question] == ["ct", "turnover"]


def chosen(*options: str) -> frozenset[str]:
    return frozenset(options)


RULE_FILTERS: list[tuple[str, dict[str, Answer], bool]] = [
    ("r1", {"ct": False}, True),
    ("r1", {"ct": True}, False),
    *[(rule, {}, True) for rule in sorted(ALWAYS)],
    ("r16", {"turnover": "yes"}, True),
    ("r16", {"turnover": "no"}, False),
    ("r16", {"turnover": "not-sure"}, False),
    ("r17", {"turnover": "yes"}, False),
    ("r17", {"turnover": "no"}, False),
    ("r17", {"turnover": "not-sure"}, True),
    ("r18", {"employ": "no"}, False),
    ("r18", {"employ": "yes"}, True),
    ("r18", {"employ": "not-sure"}, True),
    ("r18", {"employ": "in-future"}, True),
    ("r19", {"support": False}, False),
    ("r19", {"support": True}, True),
    ("r21", {"employ": "no"}, False),
    ("r21", {"employ": "yes"}, True),
    ("r21", {"employ": "not-sure"}, True),
    ("r21", {"employ": "in-future"}, True),
    ("r22", {"premises": chosen("home")}, True),
    ("r22", {"premises": chosen("rented", "owned")}, False),
    ("r23", {"premises": chosen("rented")}, True),
    ("r23", {"premises": chosen("home", "owned")}, False),
    ("r24", {"premises": chosen("home")}, False),
    ("r24", {"premises": chosen("home", "owned")}, True),
    ("r24", {"premises": chosen("home", "rented")}, True),
    ("r24", {"premises": chosen("none")}, True),
    ("r25", {"premises": chosen("home")}, False),
    ("r25", {"premises": chosen("home", "owned")}, True),
    ("r25", {"premises": chosen("home", "rented")}, True),
    ("r25", {"premises": chosen("none")}, True),
    ("r26", {"activities": IMPORT}, True),
    ("r26", {"activities": EXPORT}, False),
    ("r27", {"activities": EXPORT}, True),
    ("r27", {"activities": IMPORT}, False),
    ("r28", {"turnover": "yes"}, True),
    ("r28", {"turnover": "no"}, False),
    ("r28", {"turnover": "not-sure"}, False),
    ("r29", {"turnover": "yes"}, False),
    ("r29", {"turnover": "no"}, True),
    ("r29", {"turnover": "not-sure"}, False),
    ("r30", {"activities": EXPORT}, True),
    ("r30", {"activities": IMPORT}, False),
]


@pytest.mark.parametrize(("rule", "answers", "holds"), RULE_FILTERS)
def test_each_result_turns_on_its_own_fact_alone(
    library: Library, rule: str, answers: Answers, holds: bool
) -> None:
    plan = make_plan(rules_of(library, BUSINESS), situation(answers))
    assert (rule in results(plan)) == holds
    if not holds:
        assert rule not in undecided(plan)


MODEST: dict[str, Answer] = {
    "ct": False,
    "turnover": "no",
    "employ": "no",
    "activities": NONE,
    "support": False,
    "premises": NONE,
}


@pytest.mark.parametrize(
    ("changed", "shown", "hidden"),
    [
        ({}, {"r1", *ALWAYS}, set[str]()),
        ({"turnover": "yes"}, {"r16", "r28"}, set[str]()),
        ({"turnover": "not-sure"}, {"r17"}, set[str]()),
        ({"turnover": "no"}, {"r29"}, set[str]()),
        ({"ct": True}, set[str](), {"r1"}),
        ({"support": True}, {"r19"}, set[str]()),
        ({"employ": "yes"}, {"r18", "r21"}, set[str]()),
        ({"premises": HOME}, {"r22"}, set[str]()),
        ({"premises": RENTED}, {"r23", "r24", "r25"}, set[str]()),
        ({"activities": EXPORT}, {"r27", "r30"}, set[str]()),
        ({"activities": IMPORT}, {"r26"}, set[str]()),
    ],
)
def test_the_results_page_shows_what_the_original_asserts(
    library: Library, changed: Answers, shown: set[str], hidden: set[str]
) -> None:
    plan = make_plan(rules_of(library, BUSINESS), situation({**MODEST, **changed}))
    assert plan.question is None
    assert shown <= results(plan)
    assert not hidden & results(plan)


def test_every_business_interview_is_that_of_the_original(library: Library) -> None:
    check_every_interview(library, BUSINESS, business_results, BUSINESS_OPTIONS, count=1536)


# ---------------------------------------------------------------- certain and possible

RESTATED = {INHERITS: who_inherits, DEATH: where_to_register, BUSINESS: business_results}


def completions(procedure: str, given: Answers) -> list[frozenset[str]]:
    """What the original comes to for every way of answering all that is not given."""
    found: list[frozenset[str]] = []
    waiting: list[dict[str, Answer]] = [dict(given)]
    while waiting:
        answers = waiting.pop()
        asked: list[str] = []

        def ask(question: str, answers: Answers = answers, asked: list[str] = asked) -> Answer:
            asked.append(question)
            if question not in answers:
                raise UnansweredError
            return answers[question]

        try:
            found.append(RESTATED[procedure](ask))
        except UnansweredError:
            options = offered(ALL_OPTIONS[procedure], asked[-1])
            waiting += [{**answers, asked[-1]: answer} for answer in options]
    return found


def partly_answered(procedure: str) -> list[dict[str, Answer]]:
    """Every one and every two answers that can be given, whether or not they are asked for."""
    options = ALL_OPTIONS[procedure]
    questions = {
        question: offered(options, question)
        for path, _ in interviews_restated(RESTATED[procedure], options)
        for question, _ in path
    }
    found: list[dict[str, Answer]] = [{}]
    found += [{one: a} for one, answers in questions.items() for a in answers]
    found += [
        {one: a, other: b}
        for one, other in combinations(questions, 2)
        for a in questions[one]
        for b in questions[other]
    ]
    return found


def asked_so_far(procedure: str) -> list[dict[str, Answer]]:
    """Every point of every interview."""
    paths = [path for path, _ in interviews_restated(RESTATED[procedure], ALL_OPTIONS[procedure])]
    prefixes = {path[:length] for path in paths for length in range(len(path) + 1)}
    return [dict(prefix) for prefix in prefixes]


def certain_and_listed(plan: Plan) -> tuple[frozenset[str], frozenset[str]]:
    return results(plan), frozenset(filter(is_original, statuses(plan)))


@pytest.mark.parametrize("procedure", [INHERITS, DEATH])
def test_at_every_point_of_an_interview_certain_and_possible_are_exact(
    library: Library, procedure: str
) -> None:
    rules = rules_of(library, procedure)
    for given in asked_so_far(procedure):
        ways = completions(procedure, given)
        certain, listed = certain_and_listed(make_plan(rules, situation(given)))
        assert certain == frozenset.intersection(*ways), given
        assert listed == frozenset().union(*ways), given


@pytest.mark.parametrize("procedure", ALL_OPTIONS)
def test_facts_out_of_order_make_nothing_certain_too_early_and_rule_nothing_out_wrongly(
    library: Library, procedure: str
) -> None:
    rules = rules_of(library, procedure)
    for given in partly_answered(procedure):
        ways = completions(procedure, given)
        plan = make_plan(rules, situation(given))
        certain, listed = certain_and_listed(plan)
        assert certain == frozenset.intersection(*ways), given
        assert listed >= frozenset().union(*ways), given
        if len(set(ways)) > 1:
            assert plan.question is not None, given


def test_what_no_completion_holds_is_not_shown_as_possible(library: Library) -> None:
    given: Answers = {"estate-over-250000": False}
    _, listed = certain_and_listed(make_plan(rules_of(library, INHERITS), situation(given)))
    assert listed == frozenset().union(*completions(INHERITS, given))
