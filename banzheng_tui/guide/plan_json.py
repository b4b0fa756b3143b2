"""The plan as plain data for scripts. Its names and keys are a promise (design, section 7)."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from banzheng_tui.guide.items import Item
from banzheng_tui.guide.package_text import package_notes
from banzheng_tui.guide.plan import (
    Count,
    Plan,
    PlanDeadline,
    PlanDocument,
    PlanFee,
    PlanOutcome,
    PlanStep,
    PlanWarning,
)
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.reasons import answers_behind
from banzheng_tui.guide.timeline import Timeline, window
from banzheng_tui.guide.timeline_text import closed_text, provisional_note, unknown_note
from banzheng_tui.guide.visits import Visit, visits
from banzheng_tui.guide.way import Way, way_of
from banzheng_tui.guide.why import basis, said_text
from banzheng_tui.guide.wording import (
    department_name,
    document_name,
    issuer_name,
)
from banzheng_tui.procedure.model import Citation, Graded, Question, Source

_ARTICLES = re.compile(r"、(?=第[^、条]+条)")
"""Between two whole articles in what an author wrote as one."""


def plan_json(plan: Plan, times: Timeline | None = None) -> dict[str, Any]:
    """A plan as JSON's own types; without a schedule its steps have no days."""
    head = plan.rules.procedure.head
    return {
        "procedure": head.id,
        "name": head.name,
        "on": plan.situation.on.isoformat(),
        "region": plan.situation.region,
        "question": _question(plan.question) if plan.question else None,
        "remaining_at_most": plan.remaining_at_most,
        "outcomes": [_outcome(outcome) for outcome in plan.outcomes],
        "steps": [_step(step, plan, times) for step in plan.steps],
        "documents": [_document(document, plan) for document in plan.documents],
        "warnings": [_warning(warning, plan) for warning in plan.warnings],
        "fees": [_fee(fee) for fee in plan.fees],
        "deadlines": [_deadline(item, times) for item in plan.deadlines],
        "visits": [_visit(visit) for visit in visits(plan)],
        "way": _way(way_of(plan)),
        "sources": [_source(*cited) for cited in cited_sources(plan)],
        "notes": [*plan_notes(plan), *_time_notes(plan, times)],
    }


def _deadline(item: PlanDeadline, times: Timeline | None) -> dict[str, Any]:
    earliest, latest = window(item, times.calendar) if times else (None, None)
    missed = times.schedule.missed if times else ()
    return {
        "id": item.entry.id,
        "text": item.entry.text,
        "for": list(item.entry.for_steps),
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
        "missed": any(found.window.text == item.entry.text for found in missed),
        "status": item.status,
        "grade": item.entry.grade,
        "undecided": list(item.undecided),
    }


def plan_notes(plan: Plan) -> tuple[str, ...]:
    """What was given and does not count now, and why; and what the plan can be done with."""
    if plan.situation.region is None:
        return (*plan.notes, *package_notes(plan))
    region = f"地区「{plan.situation.region}」现在不算：还没有这个地区的地方细则，按全国的规定"
    return (*plan.notes, region, *package_notes(plan))


def cited_sources(plan: Plan) -> tuple[tuple[Source, tuple[str, ...]], ...]:
    """Every source that something in the plan rests on, with the articles."""
    found: dict[str, dict[str, None]] = {}
    for citation in _citations(plan):
        articles = found.setdefault(citation.id, {})
        articles.update(dict.fromkeys(_ARTICLES.split(citation.article or "")))
    sources = plan.rules.procedure.sources
    return tuple(
        (source, tuple(filter(None, found[source.id]))) for source in sources if source.id in found
    )


def document_because(document: PlanDocument, plan: Plan) -> str:
    """Why a paper is in the plan: the answers and articles behind its uses."""
    item = Item("document", document.id)
    said = said_text(plan, answers_behind(plan, item))
    titles = {step.id: step.entry.title for step in plan.steps}
    steps = "".join(f"「{titles[step]}」" for step in document.for_steps)
    on = basis(plan, item)
    if not said:
        return "，".join(part for part in (f"{steps}要用", on) if part) + "。"
    return "；".join(part for part in (f"因为{said}", on) if part) + "。"


def _citations(plan: Plan) -> Iterator[Citation]:
    groups = (plan.outcomes, plan.steps, plan.warnings, plan.fees, plan.deadlines)
    entries: list[Graded] = [item.entry for group in groups for item in group]
    entries += [use for document in plan.documents for use in document.uses]
    for entry in entries:
        yield from entry.source
    if plan.rules.package:
        yield from plan.rules.package.head.source


def _question(question: Question) -> dict[str, Any]:
    options = [(option.id, option.label) for option in question.options]
    if question.kind == "yesno":
        options = [("yes", "是"), ("no", "不是")]
    return {
        "id": question.id,
        "ask": question.ask,
        "kind": question.kind,
        "options": [{"id": option, "label": label} for option, label in options],
    }


def _outcome(outcome: PlanOutcome) -> dict[str, Any]:
    entry = outcome.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "to": entry.to,
        "text": entry.text,
        "status": outcome.status,
        "grade": entry.grade,
        "undecided": list(outcome.undecided),
    }


def _step(step: PlanStep, plan: Plan, times: Timeline | None) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.entry.title,
        "procedure": _procedure(step, plan),
        "department": department_name(step, plan.rules) or None,
        "state": step.state,
        "status": step.status,
        "grade": step.entry.grade,
        "undecided": list(step.undecided),
        "parallel": step.parallel,
        "start": _day(times.start(step.id)) if times else None,
        "end": _day(times.end(step.id)) if times else None,
        "documents": list(step.papers),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time_notes(plan: Plan, times: Timeline | None) -> Iterator[str]:
    """Why days are where they are, and why some are missing."""
    if times is None:
        return
    notes = (closed_text(times), unknown_note(times, plan), provisional_note(times))
    yield from (note for note in notes if note)


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "place": visit.place,
        "steps": [step.id for step in visit.steps],
        "bring": [document.id for document in visit.bring],
        "online": visit.spared_online,
        "status": visit.status,
    }


def _way(way: Way) -> dict[str, Any]:
    """The main line by ids, and what runs beside it."""
    sides = [
        {"steps": [step.id for step in side.steps], "after": side.after, "before": side.before}
        for side in way.sides
    ]
    return {"main": [step.id for step in way.main], "sides": sides}


def _procedure(step: PlanStep, plan: Plan) -> str:
    """The procedure that a step belongs to, or that it stands for while that is not read."""
    own = plan.rules.procedure.id
    return step.entry.procedure or plan.rules.origin.get(step.id, own)


def _document(document: PlanDocument, plan: Plan) -> dict[str, Any]:
    return {
        "id": document.id,
        "name": document_name(document, plan.rules),
        "papers": list(document.papers),
        "status": document.status,
        "grade": document.grade,
        "undecided": list(document.undecided),
        "need": document.need,
        "original": _count(document.original),
        "copies": _count(document.copies),
        "issuer": issuer_name(document, plan.rules),
        "held": document.held,
        "fetched": document.fetched,
        "for": list(document.for_steps),
        "because": document_because(document, plan),
    }


def _count(count: Count) -> int | dict[str, int | None]:
    if isinstance(count, int):
        return count
    return {"min": count[0], "max": count[1]}


def _warning(warning: PlanWarning, plan: Plan) -> dict[str, Any]:
    entry = warning.entry
    present = {step.id for step in plan.steps}
    return {
        "id": entry.id,
        "level": entry.level,
        "text": entry.text,
        "why": entry.why,
        "before": [step for step in entry.before if step in present],
        "status": warning.status,
        "grade": entry.grade,
        "past": warning.past,
        "undecided": list(warning.undecided),
    }


def _fee(fee: PlanFee) -> dict[str, Any]:
    return {
        "id": fee.entry.id,
        "name": fee.entry.name,
        "amount": _amount(fee.amount),
        "status": fee.status,
        "grade": fee.entry.grade,
        "undecided": list(fee.undecided),
    }


def _amount(amount: Decimal | Span | None) -> str | dict[str, str | None] | None:
    if isinstance(amount, Span):
        return {"min": _yuan(amount.low), "max": _yuan(amount.high)}
    return None if amount is None else _yuan(amount)


def _yuan(amount: Decimal) -> str | None:
    return None if amount.is_infinite() else f"{amount:.2f}"


def _source(source: Source, articles: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": source.id,
        "law": source.law,
        "number": source.number,
        "effective": source.effective.isoformat() if source.effective else None,
        "articles": list(articles),
        "url": source.url,
    }
