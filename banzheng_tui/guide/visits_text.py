"""The visits that are left, as one says them."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan, PlanDocument
from banzheng_tui.guide.visits import Visit
from banzheng_tui.guide.wording import document_name

ONLINE = "可以网上办，不用跑"
_NAMED = 4


def visits_heading(found: tuple[Visit, ...]) -> str:
    """「还要跑 3 趟，另有 2 趟可以网上办」, and that later answers may add some."""
    certain = certain_visits(found)
    online = sum(visit.spared_online for visit in certain)
    spared = f"，另有 {online} 趟可以网上办" if online else ""
    more = "，可能还要加，看后面怎么答" if len(certain) < len(found) else ""
    return f"还要跑 {len(certain) - online} 趟{spared}{more}"


def certain_visits(found: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """Those that no later answer can spare, in the order by which they are numbered."""
    return tuple(visit for visit in found if visit.status == "certain")


def visit_lines(found: tuple[Visit, ...], plan: Plan) -> Iterator[str]:
    """A sentence for each certain visit."""
    for visit in certain_visits(found):
        parts = (f"{visit.place}：{visit_steps(visit)}", aside(visit, plan))
        yield "；".join(part for part in parts if part)


def visit_steps(visit: Visit) -> str:
    """The steps of a visit, by their titles."""
    return "，".join(
        step.entry.title + ("（可能要）" if step.status == "possible" else "")
        for step in visit.steps
    )


def aside(visit: Visit, plan: Plan) -> str:
    """What to bring, and that nobody need go there where that is so."""
    parts = (_bring(visit, plan), ONLINE if visit.spared_online else "")
    return "；".join(part for part in parts if part)


def _bring(visit: Visit, plan: Plan) -> str:
    """「带身份证、租约等 6 样」: what must be brought."""
    certain = [document for document in visit.bring if document.status == "certain"]
    if not certain:
        return ""
    return f"带{_names(certain, plan)}"


def _names(documents: list[PlanDocument], plan: Plan) -> str:
    named = "、".join(document_name(document, plan.rules) for document in documents[:_NAMED])
    return f"{named}等 {len(documents)} 样" if len(documents) > _NAMED else named
