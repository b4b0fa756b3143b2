"""How the parts of a plan are said in Chinese, on every desk alike."""

from datetime import date
from decimal import Decimal

from banzheng_tui.guide.plan import Count, Plan, PlanDocument, PlanFee, PlanStep
from banzheng_tui.guide.possible import Span
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer
from banzheng_tui.procedure.model import Citation, Local, Procedure, Question, StepTime

STATUS = {"certain": "一定要", "possible": "可能要"}
GRADE = {"verified": "", "window": "以受理窗口为准", "local": "因地而异"}
LEVEL = {
    "irreversible": "不可撤回",
    "deadline": "期限",
    "common-mistake": "常见错误",
    "note": "提示",
}
NEED = {"required": "", "deferrable": "可容缺后补", "optional": "可选"}
STATE = {"done": "已办", "current": "现在", "next": "下一步", "later": "以后"}
OUTCOME = {"refuse": "办不了", "redirect": "转办", "human": "请专人", "result": "结果"}
CHANNEL = {
    "window": "窗口",
    "online": "网上",
    "mobile": "手机",
    "terminal": "自助机",
    "mail": "邮寄",
}
MOOD = {"anxious": "着急", "angry": "生气", "sad": "难过", "hesitant": "犹豫"}
ASK_OFFICE = "向主管部门确认"
UNSURE = "还不清楚"


def answer_text(question: Question, answer: Answer) -> str:
    """An answer as one says it."""
    if isinstance(answer, bool):
        return "是" if answer else "不是"
    if isinstance(answer, frozenset):
        return "、".join(o.label for o in question.options if o.id in answer)
    if isinstance(answer, str):
        return next((o.label for o in question.options if o.id == answer), answer)
    if isinstance(answer, date):
        return day_text(answer)
    if question.kind == "money":
        return f"{yuan(answer)} 元"
    return f"{answer:f}" + (f" {question.unit}" if question.unit else "")


def day_text(day: date) -> str:
    """A day as one says it."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def yuan(amount: Decimal) -> str:
    """An amount with separators, fen only where there are any."""
    return f"{amount:,.2f}".removesuffix(".00")


def fee_text(fee: PlanFee) -> str:
    """What a fee comes to; a range while it is open; never 0 where it is unknown."""
    amount = fee.amount
    if amount is None:
        return ASK_OFFICE
    if isinstance(amount, Span):
        if amount.high.is_infinite():
            return f"{yuan(amount.low)} 元以上" if amount.low >= 1 else "还没定"
        return f"{yuan(amount.low)} 到 {yuan(amount.high)} 元"
    return "不用交" if amount == 0 else f"{yuan(amount)} 元"


def count_text(document: PlanDocument) -> str:
    """Originals and copies, such as 「原件 1、复印件 2」; nothing where none is said."""
    parts = (("原件", document.original), ("复印件", document.copies))
    return "、".join(f"{name} {_sheets(count)}" for name, count in parts if count)


def _sheets(count: Count) -> str:
    if isinstance(count, int):
        return str(count)
    least, most = count
    return f"至少 {least}" if most is None else f"{least} 到 {most}"


def document_name(document: PlanDocument, rules: Rules) -> str:
    """The paper's name; papers of equal worth joined by 或."""
    papers = rules.catalog.documents
    return "或".join(papers[paper].name for paper in document.papers)


def issuer_name(document: PlanDocument, rules: Rules) -> str:
    """Who issues the paper."""
    catalog = rules.catalog
    issuers = dict.fromkeys(catalog.documents[paper].issuer for paper in document.papers)
    return "或".join(catalog.departments[issuer].name for issuer in issuers if issuer)


def department_name(step: PlanStep, rules: Rules) -> str:
    """Who handles a step; nothing for what the citizen does himself."""
    if step.entry.kind == "own" and step.entry.department is None:
        return ""
    return rules.catalog.departments[step.entry.department or rules.procedure.head.department].name


def time_text(time: StepTime | None) -> str:
    """Promised and statutory time, kept apart."""
    if time is None:
        return ""
    parts = []
    if time.promised:
        parts.append(f"承诺 {time.promised}")
    if time.statutory:
        parts.append(f"法定 {time.statutory}")
    if time.note:
        parts.append(time.note)
    return "，".join(parts)


def fact_name(name: str, rules: Rules) -> str:
    """What an undecided question or local value is called."""
    if name in rules.questions:
        return rules.questions[name].name
    return rules.locals[name].name if name in rules.locals else name


def undecided_text(names: tuple[str, ...], rules: Rules) -> str:
    """「看「父母户口」「随谁落户」」: what decides an item that is only possible."""
    return "看" + "".join(f"「{fact_name(name, rules)}」" for name in names) if names else ""


def citation_text(citation: Citation, procedure: Procedure) -> str:
    """「《……》（文号）第几条」."""
    source = procedure.source(citation.id)
    if source is None:
        return ""
    number = f"（{source.number}）" if source.number else ""
    return f"《{source.law}》{number}{citation.article or ''}"


def citations_text(citations: tuple[Citation, ...], procedure: Procedure) -> str:
    """All sources of an entry, joined."""
    return "；".join(citation_text(citation, procedure) for citation in citations)


def bounds_text(item: Local) -> str:
    """Between what a local value lies, such as 「3% 到 5%」; nothing where no bound is known."""
    shown = [
        f"{bound * 100:f}".rstrip("0").rstrip(".") + "%"
        if item.kind == "rate"
        else f"{bound:f}{item.unit or ('元' if item.kind == 'money' else '')}"
        for bound in (item.min, item.max)
        if bound is not None
    ]
    if len(shown) == 2:
        return " 到 ".join(shown)
    if not shown:
        return ""
    return f"{'至少' if item.min is not None else '至多'} {shown[0]}"


def review_overdue(plan: Plan) -> bool:
    """Whether the definitions should have been checked again before the plan's day."""
    return plan.situation.on > plan.rules.procedure.head.review_by
