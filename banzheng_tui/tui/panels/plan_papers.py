"""The papers and fees of a plan."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan, PlanDocument, PlanFee
from banzheng_tui.guide.wording import (
    GRADE,
    NEED,
    count_text,
    document_name,
    fee_text,
    issuer_name,
    undecided_text,
)
from banzheng_tui.tui.panels.asides import more_rows, with_aside
from banzheng_tui.tui.rows import BLANK, Role, Row, Span, Writer


def document_rows(plan: Plan, writer: Writer, most: int | None) -> Iterator[Row]:
    """The list of papers; of those only possible at most so many."""
    if not plan.documents:
        return
    certain = [d for d in plan.documents if d.status == "certain"]
    possible = [d for d in plan.documents if d.status == "possible"]
    counts = f"一定要 {len(certain)}" + (f"  可能要 {len(possible)}" if possible else "")
    yield BLANK
    yield writer.heading("材料", counts)
    for document in (*certain, *possible[:most]):
        yield from _document(plan, document, writer)
    yield from more_rows(writer, len(possible), most, "份可能要的")


def _document(plan: Plan, document: PlanDocument, writer: Writer) -> Iterator[Row]:
    glyphs, rules = writer.glyphs, plan.rules
    target = f"document:{document.id}"
    name = document_name(document, rules)
    if document.status == "possible":
        box = glyphs.checked if document.held else glyphs.undecided
        words = "可能要，" + undecided_text(document.undecided[:2], rules)
        yield writer.line(("possible", f"{box} {name}  "), ("muted", words), target=target)
        return
    box = glyphs.checked if document.held else glyphs.unchecked
    role: Role = "done" if document.held else "text"
    facts = [count_text(document), issuer_name(document, rules), NEED[document.need]]
    if document.fetched:
        facts.append("部门调取，不用交")
    if any(use.kept for use in document.uses):
        facts.append("原件收走")
    if document.held:
        facts.append("手里有")
    facts.append(GRADE[document.grade])
    marked = list(writer.paragraph(name, role, first=[(role, f"{box} ")], target=target))
    yield from with_aside(marked, "  ".join(fact for fact in facts if fact), writer, target)
    for note in dict.fromkeys(use.note for use in document.uses if use.note):
        yield from writer.paragraph(note, "muted", first=[("text", "  ")], target=target)


def fee_rows(plan: Plan, writer: Writer) -> Iterator[Row]:
    """What is to be paid."""
    if not plan.fees:
        return
    yield BLANK
    yield writer.heading("费用")
    for fee in plan.fees:
        yield from _fee(plan, fee, writer)


def _fee(plan: Plan, fee: PlanFee, writer: Writer) -> Iterator[Row]:
    target = f"fee:{fee.entry.id}"
    maybe = fee.status == "possible"
    role: Role = "possible" if maybe else "text"
    amount: Span = ("next", fee_text(fee))
    facts = [fee.entry.payer or "", "可能要" if maybe else "", GRADE[fee.entry.grade]]
    aside = "  ".join(fact for fact in facts if fact)
    yield Row(writer.spread([(role, fee.entry.name)], [amount]).spans, target)
    if aside or fee.undecided:
        open_facts = undecided_text(fee.undecided[:2], plan.rules) if maybe else ""
        words = "  ".join(part for part in (aside, open_facts) if part)
        yield from writer.paragraph(words, "muted", first=[("text", "  ")], target=target)
    if fee.entry.note:
        yield from writer.paragraph(fee.entry.note, "muted", first=[("text", "  ")], target=target)
