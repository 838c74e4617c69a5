"""The search for conditions that can never hold, which are mistakes of a questionnaire's author. Pure.

It tries answers in the order of the questions and backtracks when the condition can no longer hold. For each
question it tries only answers that differ for the comparisons concerned (domains.py). A condition for which
that takes too long is assumed to be possible.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from survey.questionnaires.definition import Definition, Question

from .conditions import AllOf, AnyOf, Comparison, Condition, Not, comparisons, parse
from .domains import TooManyCombinations, distinct_answers, distinct_contexts

MOST_PER_CONDITION = 200_000
MOST_PER_QUESTIONNAIRE = 400_000
"""Most comparisons made for one condition, and for a whole questionnaire, before the search gives up."""

SubjectKey = tuple[bool, str]  # (True, name) for a part of the context, (False, code) for a question
State = dict[SubjectKey, Any]


class _TooManyComparisons(Exception):
    pass


def never_shown(definition: Definition) -> tuple[str, ...]:
    """Return the codes, in order, of the pages and questions that no answers and no context can show.

    To reach a page, the required questions before it have to be answered, but not yet those on it.
    """
    logic = _Logic(definition)
    for number, page in enumerate(definition.pages):
        if page.show and not logic.can_hold(number, logic.goal(page.show, logic.start[number])):
            logic.never |= dict.fromkeys((page.code, *(q.code for q in page.questions)))
            continue
        for question in page.questions:
            goal = logic.goals[question.code]
            if goal and not logic.can_hold(number, goal):
                logic.never[question.code] = None
    return tuple(logic.never)


@dataclass
class _Logic:
    """The questions with their places in the order, and the codes known to never show."""

    definition: Definition
    never: dict[str, None] = field(default_factory=dict)
    comparisons_left: int = MOST_PER_QUESTIONNAIRE
    interned: dict[Comparison, Comparison] = field(default_factory=dict)

    @cached_property
    def order(self) -> dict[str, int]:
        return {question.code: place for place, question in enumerate(self.definition.questions)}

    @cached_property
    def page(self) -> dict[str, int]:
        return {q.code: n for n, page in enumerate(self.definition.pages) for q in page.questions}

    @cached_property
    def start(self) -> list[int]:
        """Return how many questions precede each page."""
        counts = [len(page.questions) for page in self.definition.pages]
        return [sum(counts[:number]) for number in range(len(counts))]

    @cached_property
    def goals(self) -> dict[str, tuple[Condition, ...]]:
        """Return the conditions that must hold for each question to show."""
        goals: dict[str, tuple[Condition, ...]] = {}
        for number, page in enumerate(self.definition.pages):
            opens = self.goal(page.show, self.start[number])
            for question in page.questions:
                own = self.goal(question.show, self.order[question.code])
                about = () if question.about is None else goals.get(question.about, (NEVER,))
                goals[question.code] = tuple(dict.fromkeys((*opens, *about, *own)))
        return goals

    @cached_property
    def goal_comparisons(self) -> dict[str, list[Comparison]]:
        """Return the comparisons in the goals."""
        return {code: [*comparisons(AllOf(goal))] for code, goal in self.goals.items()}

    def goal(self, show: Mapping[str, Any] | None, place: int) -> tuple[Condition, ...]:
        """Return the condition at this place, where later questions are not answered yet."""
        return (self._read(parse(show), place),) if show else ()

    def _read(self, condition: Condition, place: int) -> Condition:
        if isinstance(condition, Comparison):
            is_known = condition.of_context or self.order.get(condition.subject, place) < place
            return self.interned.setdefault(condition, condition) if is_known else NEVER
        if isinstance(condition, Not):
            return Not(self._read(condition.part, place))
        return type(condition)(tuple(self._read(part, place) for part in condition.parts))

    def can_hold(self, page: int, goal: tuple[Condition, ...]) -> bool:
        """Return whether the conditions of ``goal`` can hold together on this page.

        The first, free search finds contradictions in the goal itself quickly.
        """
        try:
            return all(_Search(self, page, AllOf(goal), free).succeeds() for free in (True, False))
        except (_TooManyComparisons, TooManyCombinations):
            return True


NEVER = AnyOf(())


class _Search:
    """A search for answers with which the goal holds.

    ``free``: it proceeds as if every question showed and none had to be answered.
    """

    def __init__(self, logic: _Logic, page: int, goal: Condition, free: bool) -> None:
        self.logic, self.page, self.goal, self.free = logic, page, goal, free
        self.comparisons_left = min(MOST_PER_CONDITION, logic.comparisons_left)
        self.compared: dict[SubjectKey, dict[int, Comparison]] = defaultdict(
            dict
        )  # by id: hashing takes long
        self.subjects: list[SubjectKey] = []
        self.choices: dict[SubjectKey, Sequence[Any]] = {}

    def _collect_comparisons(self) -> None:
        """Collect all comparisons that affect the goal: its own, and those that decide whether the questions
        that it refers to show."""
        pending = [list(comparisons(self.goal))]
        while pending:
            batch = pending.pop()
            self._spend(len(batch))
            for comparison in batch:
                key = (comparison.of_context, comparison.subject)
                if key not in self.compared and self._may_be_hidden(key):
                    pending.append(self.logic.goal_comparisons[comparison.subject])
                self.compared[key][id(comparison)] = comparison
        self.subjects = sorted(self.compared, key=lambda key: -1 if key[0] else self.logic.order[key[1]])

    def _may_be_hidden(self, key: SubjectKey) -> bool:
        return not self.free and not key[0] and key[1] not in self.logic.never

    def succeeds(self) -> bool:
        before = self.comparisons_left
        try:
            self._collect_comparisons()
            return self._search(0, {})
        finally:
            self.logic.comparisons_left -= before - self.comparisons_left

    def _search(self, step: int, state: State) -> bool:
        """Return whether the goal can hold, given the state of the first ``step`` subjects."""
        outcome = self._truth(self.goal, state)
        if outcome is not None:
            return outcome
        key = self.subjects[step]
        for choice in self._possible_values(key, state):
            state[key] = choice
            if self._search(step + 1, state):
                return True
        state.pop(key, None)
        return False

    def _possible_values(self, key: SubjectKey, state: State) -> Sequence[Any]:
        """Return the values that the subject may have in this state; None is not answered, or hidden."""
        of_context, name = key
        if of_context:
            return self._choices(key)
        if self.free:
            return (*self._choices(key), None)
        goal = self.logic.goals[name]
        if name in self.logic.never or not all(self._truth(condition, state) for condition in goal):
            return (None,)
        question = self.logic.definition.by_code[name]
        choices = self._choices(key)
        return choices if choices and self._must_be_answered(question) else (*choices, None)

    def _must_be_answered(self, question: Question) -> bool:
        before = self.logic.page[question.code] < self.page
        return before and question.required and not question.not_applicable

    def _choices(self, key: SubjectKey) -> Sequence[Any]:
        if key not in self.choices:
            of_context, name = key
            compared = list(self.compared[key].values())
            self.choices[key] = (
                distinct_contexts(name, compared, self.logic.definition.languages)
                if of_context
                else distinct_answers(self.logic.definition.by_code[name], compared)
            )
        return self.choices[key]

    def _spend(self, number: int = 1) -> None:
        if self.comparisons_left < number:
            raise _TooManyComparisons
        self.comparisons_left -= number

    def _truth(self, condition: Condition, state: State) -> bool | None:
        """Return whether the condition holds; None while that is undecided."""
        if isinstance(condition, Comparison):
            self._spend()
            key = (condition.of_context, condition.subject)
            if key not in state:
                return None
            return state[key] is not None and condition.matches(state[key])
        if isinstance(condition, Not):
            inner = self._truth(condition.part, state)
            return None if inner is None else not inner
        decisive = isinstance(condition, AnyOf)
        unsure = False
        for part in condition.parts:
            outcome = self._truth(part, state)
            if outcome is decisive:
                return decisive
            unsure = unsure or outcome is None
        return None if unsure else not decisive
