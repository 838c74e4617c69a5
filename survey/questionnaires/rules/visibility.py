"""The pages and questions that show, given the answers so far. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question

from .conditions import Condition, Context, parse, questions

__all__ = ["Context", "Visible", "visible"]


@dataclass(frozen=True)
class Visible:
    """The pages and questions that show.

    ``pages`` are numbers in ``definition.pages`` from 0: their condition holds, and at least one of their
    questions shows. ``questions`` are codes.
    """

    pages: tuple[int, ...]
    questions: frozenset[str]


@dataclass(frozen=True)
class _Step:
    """A question with its parsed condition.

    ``counts``: a condition refers to its answer. ``nothing`` is the answer that counts as none.
    """

    code: str
    about: str | None
    show: Condition | None
    counts: bool
    nothing: str | None


@dataclass(frozen=True)
class _Plan:
    """The steps of each page. ``always`` is what shows if nothing has a condition."""

    pages: tuple[tuple[Condition | None, tuple[_Step, ...]], ...]
    always: Visible | None = None


def visible(definition: Definition, answers: Mapping[str, Any], context: Context) -> Visible:
    """Return what shows, found in one pass in order: a hidden answer does not count for later conditions.

    The comment on a question shows only with that question.
    """
    plan = _plan(definition)
    return plan.always or _decide(plan, answers, context)


def _decide(plan: _Plan, answers: Mapping[str, Any], context: Context) -> Visible:
    visible_answers: dict[str, Any] = {}
    shown: set[str] = set()
    pages = []
    for number, (condition, steps) in enumerate(plan.pages):
        if condition is not None and not condition.holds(visible_answers, context):
            continue
        before = len(shown)
        for step in steps:
            if step.about is not None and step.about not in shown:
                continue
            if step.show is not None and not step.show.holds(visible_answers, context):
                continue
            shown.add(step.code)
            if step.counts and (answer := answers.get(step.code, step.nothing)) != step.nothing:
                visible_answers[step.code] = answer
        if len(shown) > before:
            pages.append(number)
    return Visible(tuple(pages), frozenset(shown))


def _plan(definition: Definition) -> _Plan:
    """Return the plan of the definition, cached in its attributes."""
    attributes = vars(definition)
    if "_plan" not in attributes:
        attributes["_plan"] = _make_plan(definition)
    return attributes["_plan"]


def _make_plan(definition: Definition) -> _Plan:
    own = {question.code: parse(question.show) for question in definition.questions if question.show}
    page_conditions = [parse(page.show) if page.show else None for page in definition.pages]
    conditions = [*own.values(), *(condition for condition in page_conditions if condition)]
    compared_codes = frozenset[str]().union(*(questions(condition) for condition in conditions))

    def step(question: Question) -> _Step:
        nothing = NOT_APPLICABLE if question.not_applicable else None
        return _Step(
            question.code, question.about, own.get(question.code), question.code in compared_codes, nothing
        )

    steps = [tuple(step(question) for question in page.questions) for page in definition.pages]
    plan = _Plan(tuple(zip(page_conditions, steps, strict=True)))
    return plan if conditions else _Plan(plan.pages, _decide(plan, {}, Context()))
