"""What a library's procedures need of one another, and how long they take, by estimate."""

from datetime import date
from typing import Any

from banzheng_tui.guide.cheapest import Chain
from banzheng_tui.guide.library_ways import ways_of
from banzheng_tui.procedure.catalog import Catalog, Document
from banzheng_tui.procedure.library import Library
from banzheng_tui.procedure.model import Procedure

DAY = date(2026, 11, 23)
ISSUED = {"licence": ("sole", "company"), "permit": ("permit",), "health": ("health",)}
DOCUMENTS = {
    name: Document(id=name, name=name, issued_by=ISSUED.get(name, ()))
    for name in ("licence", "permit", "health", "promise")
}


def procedure(name: str, *uses: dict[str, Any], steps: list[dict[str, Any]]) -> Procedure:
    head = {"id": name, "name": name, "department": "office", "reviewed": DAY, "review_by": DAY}
    plain = {"title": "s", "grade": "window"}
    return Procedure.model_validate({
        "procedure": head,
        "step": [{**plain, **step} for step in steps],
        "document": [{"for": [steps[-1]["id"]], "grade": "window", **use} for use in uses],
    })  # fmt: skip


def chain(goal: Procedure, *held: str) -> Chain | None:
    """The cheapest chain to a procedure beside two for a licence, one for a health certificate."""
    others = [
        procedure("sole", steps=[{"id": "go", "time": {"statutory": "3 日"}}]),
        procedure("company", steps=[{"id": "go", "time": {"statutory": "5 日"}}]),
        procedure("health", steps=[{"id": "go", "time": {"statutory": "1 日"}}]),
    ]
    found = {item.id: item for item in (goal, *others)}
    library = Library(Catalog(documents=DOCUMENTS), found, dict.fromkeys(found, "business"))
    return ways_of(library).cheapest(goal.id, frozenset(held))


APPLY: dict[str, Any] = {"id": "apply", "time": {"promised": "1 日", "statutory": "20 日"}}


def test_a_paper_that_others_issue_is_needed_and_can_be_held() -> None:
    permit = procedure("permit", {"document": "licence"}, steps=[APPLY])
    assert chain(permit) == Chain(("sole", "permit"), 23)
    assert chain(permit, "licence") == Chain(("permit",), 20)


def test_what_need_not_be_brought_is_not_needed() -> None:
    uses = (
        {"document": "licence", "fetched": True},
        {"document": "licence", "need": "deferrable"},
        {"document": "health", "need": "optional"},
        {"document": "promise"},
        {"document": "permit"},
        {"one_of": ["health", "promise"]},
    )
    assert chain(procedure("permit", *uses, steps=[APPLY])) == Chain(("permit",), 20)


def test_the_papers_of_own_steps_come_from_there_unless_these_stand_for_a_procedure() -> None:
    own: list[dict[str, Any]] = [{"id": "first", "produces": ["licence"]}, APPLY]
    permit = procedure("permit", {"document": "licence"}, steps=own)
    assert chain(permit) == Chain(("permit",), 20)
    stands_for = [{**own[0], "procedure": "company", "time": {"statutory": "90 日"}}, APPLY]
    permit = procedure("permit", {"document": "licence"}, steps=stands_for)
    assert chain(permit) == Chain(("sole", "permit"), 23)


def test_steps_take_their_time_one_after_another_or_side_by_side() -> None:
    ten = {"time": {"statutory": "10 日"}}
    steps = [
        {"id": "third", **ten, "after": ["second"]},
        {"id": "first", **ten, "produces": ["promise"]},
        {"id": "beside", **ten},
        {"id": "second", **ten},
    ]
    use = {"document": "promise", "for": ["second"]}
    assert chain(procedure("permit", use, steps=steps)) == Chain(("permit",), 30)
