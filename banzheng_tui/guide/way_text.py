"""The way as plain lines, as Mermaid and as Graphviz DOT."""

from collections.abc import Iterator

from banzheng_tui.guide.plan import Plan, PlanStep
from banzheng_tui.guide.way import SideLine, Way, way_of
from banzheng_tui.guide.wording import STATE, department_name, time_text

OWN = "自己做"


def way_lines(plan: Plan) -> Iterator[str]:
    """The main line station by station, with what runs beside it."""
    way = way_of(plan)
    yield f"{plan.rules.procedure.head.name}，办事路线"
    if plan.question:
        yield f"还没问完，最多还有 {plan.remaining_at_most} 问；写着「可能要」的还没定。"
    if not way.main:
        yield "没有要办的步骤。"
        return
    numbers = {step.id: number for number, step in enumerate(way.main, 1)}
    yield from _beside(way, None, plan, numbers)
    for step in way.main:
        yield f"{numbers[step.id]} {_station(step, plan)}"
        yield from _beside(way, step.id, plan, numbers)


def _beside(way: Way, after: str | None, plan: Plan, numbers: dict[str, int]) -> Iterator[str]:
    for side in way.beside.get(after, ()):
        yield f"  同时可以办：{_side(side, plan, numbers)}"


def _side(side: SideLine, plan: Plan, numbers: dict[str, int]) -> str:
    steps = "，再".join(_station(step, plan) for step in side.steps)
    until = f"；第 {numbers[side.before]} 站以前办完" if side.before else ""
    return steps + until


def _station(step: PlanStep, plan: Plan) -> str:
    """「现在：画布局图（自己做，可能要）」."""
    state = f"{STATE[step.state]}：" if step.state != "later" else ""
    limits = _limits(step)
    maybe = "可能要" if step.status == "possible" else ""
    aside = [department_name(step, plan.rules) or OWN, limits, maybe]
    return f"{state}{step.entry.title}（{'，'.join(part for part in aside if part)}）"


def _limits(step: PlanStep) -> str:
    """The limits of a step without what else is said of its time."""
    time = step.entry.time
    return "" if time is None else time_text(time.model_copy(update={"note": None}))


def way_mermaid(plan: Plan) -> Iterator[str]:
    """A Mermaid flow chart, departments as boxes around their steps."""
    way = way_of(plan)
    names = {step.id: f"s{number}" for number, step in enumerate(plan.steps, 1)}
    yield "flowchart TD"
    for number, (department, steps) in enumerate(_by_department(plan).items(), 1):
        yield f'  subgraph d{number}["{_quoted(department)}"]'
        for step in steps:
            yield f'    {names[step.id]}["{_quoted(step.entry.title)}"]{_class(step)}'
        yield "  end"
    for earlier, later in way.edges:
        yield f"  {names[earlier]} --> {names[later]}"
    yield "  classDef done fill:#e6f4ea,stroke:#137333"
    yield "  classDef current fill:#fef7e0,stroke:#b06000,stroke-width:3px"
    yield "  classDef possible stroke-dasharray:4"


def _class(step: PlanStep) -> str:
    if step.state in ("done", "current"):
        return f":::{step.state}"
    return ":::possible" if step.status == "possible" else ""


def way_dot(plan: Plan) -> Iterator[str]:
    """A Graphviz digraph, departments as clusters."""
    way = way_of(plan)
    yield "digraph way {"
    yield '  rankdir=TB; node [shape=box, style=rounded, fontname="Noto Sans CJK SC"];'
    for number, (department, steps) in enumerate(_by_department(plan).items(), 1):
        yield f'  subgraph cluster_{number} {{ label="{_quoted(department)}";'
        for step in steps:
            yield f'    "{step.id}" [label="{_quoted(step.entry.title)}"{_style(step)}];'
        yield "  }"
    for earlier, later in way.edges:
        yield f'  "{earlier}" -> "{later}";'
    yield "}"


def _style(step: PlanStep) -> str:
    if step.state == "current":
        return ", penwidth=3"
    if step.state == "done":
        return ', style="rounded,filled", fillcolor="#e6f4ea"'
    return ', style="rounded,dashed"' if step.status == "possible" else ""


def _by_department(plan: Plan) -> dict[str, list[PlanStep]]:
    found: dict[str, list[PlanStep]] = {}
    for step in plan.steps:
        found.setdefault(department_name(step, plan.rules) or OWN, []).append(step)
    return found


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', "”").replace("\n", " ")
