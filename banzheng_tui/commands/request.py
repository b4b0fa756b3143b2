"""What a caller of ``plan`` gives, checked against the procedure: names, kinds and bounds."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from banzheng_tui.commands.common import day, near, pairs_once, region_code
from banzheng_tui.errors import InputError
from banzheng_tui.guide.answers import AnswerError, parse_json
from banzheng_tui.guide.rules import Rules
from banzheng_tui.guide.situation import Answer, Situation
from banzheng_tui.procedure.model import Question

KEYS = ("procedure", "answers", "done", "have", "on", "region")


@dataclass(frozen=True, slots=True)
class Request:
    """A situation as it was written; an answer of None is 还不清楚."""

    procedure: str
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    region: str | None = None


def read_request(line: str, on: str | None, region: str | None) -> Request:
    """The request of one JSON line; day and region where it names none."""
    data = _parsed(line)
    unknown = next((key for key in data if key not in KEYS), None)
    if unknown is not None:
        hint = near(unknown, KEYS) + f"能写的键：{'、'.join(KEYS)}"
        raise InputError(f"没有「{unknown}」这个键", unknown, hint)
    if "procedure" not in data:
        raise InputError("没有写是哪个事项", "procedure", '写上 "procedure": "事项的编号"')
    answers = data.get("answers", {})
    if not isinstance(answers, dict):
        hint = '写成 {"事实": 值}，还不清楚的写 null'
        raise InputError("answers 要是一个对象", "answers", hint)
    return Request(
        procedure=_text(data, "procedure", ""),
        on=day(_text(data, "on", on), "on"),
        answers=answers,
        done=_texts(data, "done"),
        have=_texts(data, "have"),
        region=region_code(_text(data, "region", region), "region"),
    )


def _parsed(line: str) -> dict[str, Any]:
    try:
        data = json.loads(
            line, object_pairs_hook=pairs_once, parse_float=Decimal, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        what = f"不是合格的 JSON（第 {error.pos + 1} 个字附近）"
        raise InputError(what, "", "一行一个 JSON 对象，键和文字都用双引号") from None
    except (ValueError, RecursionError):
        raise InputError("JSON 里的数太长，或者套得太深", "", "改短一些") from None
    if not isinstance(data, dict):
        hint = '如 {"procedure": "newborn-registration", "answers": {}}'
        raise InputError("一行要是一个 JSON 对象", "", hint)
    return data


def _constant(name: str) -> Any:
    raise InputError(f"「{name}」不是 JSON 的数", "", "写成普通的数")


def _text(data: Mapping[str, Any], key: str, default: Any) -> Any:
    value = data.get(key)
    if value is None and key != "procedure":
        return default
    if not isinstance(value, str):
        raise InputError(f"{key} 要写成文字", key, "加上双引号")
    return value


def _texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f"{key} 要写成编号的列表", key, '如 ["apply"]')
    return tuple(value)


def situation_of(request: Request, rules: Rules) -> Situation:
    """The situation that a request states; InputError for what the procedure does not know."""
    situation = Situation(
        on=request.on,
        done=_known_steps(request.done, rules),
        have=_known_papers(request.have, rules),
        region=request.region,
    )
    for fact, value in request.answers.items():
        place = f"answers.{fact}"
        question = rules.questions.get(fact)
        if question is None:
            raise _unknown("问题", fact, place, rules.questions, rules)
        if value is None:
            situation = situation.mark_unsure(fact)
        else:
            situation = situation.answer(fact, _answer(question, value, request.on, place))
    return situation


def _answer(question: Question, value: Any, on: date, place: str) -> Answer:
    try:
        return parse_json(question, value, on)
    except AnswerError as error:
        shown = value if isinstance(value, str) else json.dumps(value, default=str)
        what = f"「{question.name}」不能答「{shown[:60]}」"
        raise InputError(what, place, str(error)) from None


def _known_steps(given: Iterable[str], rules: Rules) -> frozenset[str]:
    known = [step.id for step in rules.steps]
    for step in given:
        if step not in known:
            raise _unknown("步骤", step, "done", known, rules)
    return frozenset(given)


def _known_papers(given: Iterable[str], rules: Rules) -> frozenset[str]:
    """The papers of these ids; the id of a line of the plan stands for the first of its papers."""
    papers = rules.catalog.documents
    lines = {use.line: use.papers[0] for use in rules.uses}
    for name in given:
        if name not in papers and name not in lines:
            used = {paper for use in rules.uses for paper in use.papers}
            made = {paper for step in rules.steps for paper in step.produces}
            raise _unknown("材料", name, "have", used | made, rules)
    return frozenset(name if name in papers else lines[name] for name in given)


def _unknown(kind: str, given: str, place: str, known: Collection[str], rules: Rules) -> InputError:
    procedure = rules.procedure.head
    meant = near(given, known)
    hint = meant or (f"有这些：{'、'.join(sorted(known))}" if known else "这个事项里一个也没有")
    what = f"事项「{procedure.name}」在 {rules.on} 没有编号是「{given}」的{kind}"
    return InputError(what, place, hint)
