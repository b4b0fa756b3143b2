"""高效办成一件事 in words: what a package spares, and which packages a procedure can go into."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from banzheng_tui.guide.wording import GRADE
from banzheng_tui.procedure.packages import Package, Part
from banzheng_tui.procedure.parts import Grade

if TYPE_CHECKING:
    from banzheng_tui.guide.plan import Plan


def package_notes(plan: "Plan") -> tuple[str, ...]:
    """What the package of a plan spares; for a single procedure the packages that fit it."""
    rules = plan.rules
    if plan.ended:
        return ()
    own = tuple(_spares(rules.package)) if rules.package else ()
    return (*own, *(_offer(item) for item in rules.packages if _fits(item, plan)))


def _spares(package: Package) -> Iterator[str]:
    head = package.head
    listed = f"（高效办成一件事，{head.batch}）" if head.batch else ""
    parts = (
        f"填一张表，代替{head.one_form}",
        f"跑一次，代替{head.one_visit}",
        GRADE[head.grade],
    )
    yield f"一件事：「{head.name}」{listed}：" + "；".join(part for part in parts if part)
    if package.parts:
        yield "里面有：" + "、".join(_part(part, head.grade) for part in package.parts)
    notes = (head.accept, head.order, head.note, *head.notes)
    yield from (note.rstrip("。") for note in notes if note)


def _part(part: Part, usual: Grade) -> str:
    """A part, with its grade where it is another than the whole has."""
    grade = "" if part.grade == usual else GRADE[part.grade]
    return f"{part.name}（{grade}）" if grade else part.name


def _offer(package: Package) -> str:
    head = package.head
    listed = ("高效办成一件事", head.batch) if head.batch else ()
    told = "，".join((*listed, *filter(None, (GRADE[head.grade],))))
    return f"这件事可以并到「{head.name}」一起办" + (f"（{told}）" if told else "")


def _fits(package: Package, plan: "Plan") -> bool:
    """Whether nothing that was answered is another case than the package's."""
    given = package.head.given.get(plan.rules.procedure.id, {})
    answers = plan.situation.answers
    return all(fact not in answers or answers[fact] == _answer(given[fact]) for fact in given)


def _answer(value: bool | str | tuple[str, ...]) -> object:
    return frozenset(value) if isinstance(value, tuple) else value
