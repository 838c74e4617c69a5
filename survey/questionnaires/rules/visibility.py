"""Which pages and questions show, given what is answered so far. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question

from .conditions import Condition, Context, parse, questions

__all__ = ["Context", "Visible", "visible"]


@dataclass(frozen=True)
class Visible:
    """``pages``: the numbers of those that show, in ``definition.pages`` from 0: their condition holds and
    at least one of their questions shows. ``questions``: the codes of those that show."""

    pages: tuple[int, ...]
    questions: frozenset[str]


@dataclass(frozen=True)
class _Step:
    """A question, ready to be decided. ``counts``: a condition asks for its answer. ``nothing``: the answer
    that is none."""

    code: str
    about: str | None
    show: Condition | None
    counts: bool
    nothing: str | None


@dataclass(frozen=True)
class _Plan:
    """``always``: what shows where nothing has a condition."""

    pages: tuple[tuple[Condition | None, tuple[_Step, ...]], ...]
    always: Visible | None = None


def visible(definition: Definition, answers: Mapping[str, Any], context: Context) -> Visible:
    """What shows, decided in one pass in order: a hidden answer does not count for what comes after it.

    The opinion on a question shows where that question does.
    """
    plan = _plan(definition)
    return plan.always or _decide(plan, answers, context)


def _decide(plan: _Plan, answers: Mapping[str, Any], context: Context) -> Visible:
    seen: dict[str, Any] = {}
    shown: set[str] = set()
    pages = []
    for number, (condition, steps) in enumerate(plan.pages):
        if condition is not None and not condition.holds(seen, context):
            continue
        before = len(shown)
        for step in steps:
            if step.about is not None and step.about not in shown:
                continue
            if step.show is not None and not step.show.holds(seen, context):
                continue
            shown.add(step.code)
            if step.counts and (answer := answers.get(step.code, step.nothing)) != step.nothing:
                seen[step.code] = answer
        if len(shown) > before:
            pages.append(number)
    return Visible(tuple(pages), frozenset(shown))


def _plan(definition: Definition) -> _Plan:
    """Made once for each definition, and kept with it."""
    kept = vars(definition)
    if "_plan" not in kept:
        kept["_plan"] = _make_plan(definition)
    return kept["_plan"]


def _make_plan(definition: Definition) -> _Plan:
    own = {one.code: parse(one.show) for one in definition.questions if one.show}
    ofpage = [parse(page.show) if page.show else None for page in definition.pages]
    conditions = [*own.values(), *(one for one in ofpage if one)]
    asked = frozenset[str]().union(*(questions(one) for one in conditions))

    def step(question: Question) -> _Step:
        nothing = NOT_APPLICABLE if question.not_applicable else None
        return _Step(question.code, question.about, own.get(question.code), question.code in asked, nothing)

    steps = [tuple(step(question) for question in page.questions) for page in definition.pages]
    plan = _Plan(tuple(zip(ofpage, steps, strict=True)))
    return plan if conditions else _Plan(plan.pages, _decide(plan, {}, Context()))
