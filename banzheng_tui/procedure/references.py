"""What one table of a definition cannot know: that names exist, fit and form no circle."""

from banzheng_tui.procedure.catalog import Catalog
from banzheng_tui.procedure.condition_checks import (
    check_amounts,
    check_bounds,
    check_conditions,
)
from banzheng_tui.procedure.entries import Finding
from banzheng_tui.procedure.link_checks import (
    check_circles,
    check_decision,
    check_ids,
    check_links,
)
from banzheng_tui.procedure.model import Procedure


def check(procedure: Procedure, catalog: Catalog) -> list[Finding]:
    """Every mistake across the tables of a procedure whose shared questions are in place."""
    ids = list(check_ids(procedure))
    return [
        *ids,
        *check_conditions(procedure),
        *check_links(procedure, catalog),
        *check_amounts(procedure),
        *check_bounds(procedure),
        *check_decision(procedure),
        *([] if ids else check_circles(procedure)),  # an id that stands twice makes false ones
    ]
