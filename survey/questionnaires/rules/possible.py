"""Whether a condition can ever hold: what never shows is a mistake of whoever wrote it. Pure.

Tries answers in the order of the questions and goes back when the condition can no longer hold. Of each
question only answers that differ for the comparisons concerned are tried (domains.py). Where that takes too
long the condition is taken to be possible.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from survey.questionnaires.definition import Definition, Question

from .conditions import AllOf, AnyOf, Comparison, Condition, Not, comparisons, parse
from .domains import TooManyCombinations, distinct_answers, distinct_contexts

MOST_OF_ONE = 200_000
MOST = 400_000
"""So many comparisons are made for one condition, and for a whole questionnaire, before giving up."""

SubjectKey = tuple[bool, str]  # of the context?, its name or the question's code
State = dict[SubjectKey, Any]


class _GivesUp(Exception):
    pass


def never_shown(definition: Definition) -> tuple[str, ...]:
    """The codes, in order, of the pages and questions that cannot show whatever is answered where.

    To come to a page the required questions before it have to be answered; those on it not yet.
    """
    logic = _Logic(definition)
    for number, page in enumerate(definition.pages):
        if page.show and not logic.can(number, logic.goal(page.show, logic.start[number])):
            logic.never |= dict.fromkeys((page.code, *(q.code for q in page.questions)))
            continue
        for question in page.questions:
            goal = logic.goals[question.code]
            if goal and not logic.can(number, goal):
                logic.never[question.code] = None
    return tuple(logic.never)


@dataclass
class _Logic:
    """The questions with their places in the order, and what has been found out about them."""

    definition: Definition
    never: dict[str, None] = field(default_factory=dict)
    left: int = MOST
    same: dict[Comparison, Comparison] = field(default_factory=dict)

    @cached_property
    def order(self) -> dict[str, int]:
        return {question.code: place for place, question in enumerate(self.definition.questions)}

    @cached_property
    def page(self) -> dict[str, int]:
        return {q.code: n for n, page in enumerate(self.definition.pages) for q in page.questions}

    @cached_property
    def start(self) -> list[int]:
        """For each page, how many questions stand before it."""
        counts = [len(page.questions) for page in self.definition.pages]
        return [sum(counts[:number]) for number in range(len(counts))]

    @cached_property
    def goals(self) -> dict[str, tuple[Condition, ...]]:
        """For each question, what must hold for it to show."""
        goals: dict[str, tuple[Condition, ...]] = {}
        for number, page in enumerate(self.definition.pages):
            opens = self.goal(page.show, self.start[number])
            for question in page.questions:
                own = self.goal(question.show, self.order[question.code])
                about = () if question.about is None else goals.get(question.about, (NEVER,))
                goals[question.code] = tuple(dict.fromkeys((*opens, *about, *own)))
        return goals

    @cached_property
    def asked(self) -> dict[str, list[Comparison]]:
        """The comparisons in the goals."""
        return {code: [*comparisons(AllOf(goal))] for code, goal in self.goals.items()}

    def goal(self, show: Mapping[str, Any] | None, place: int) -> tuple[Condition, ...]:
        """The condition as it reads at this place: what comes later is not answered there."""
        return (self._read(parse(show), place),) if show else ()

    def _read(self, condition: Condition, place: int) -> Condition:
        if isinstance(condition, Comparison):
            known = condition.of_context or self.order.get(condition.subject, place) < place
            return self.same.setdefault(condition, condition) if known else NEVER
        if isinstance(condition, Not):
            return Not(self._read(condition.part, place))
        return type(condition)(tuple(self._read(part, place) for part in condition.parts))

    def can(self, page: int, goal: tuple[Condition, ...]) -> bool:
        """Whether the conditions of ``goal`` can hold together on this page.

        A contradiction in the goal itself is found without looking at how one gets there.
        """
        try:
            return all(_Search(self, page, AllOf(goal), free).succeeds() for free in (True, False))
        except (_GivesUp, TooManyCombinations):
            return True


NEVER = AnyOf(())


class _Search:
    """``free``: as if every question showed and none had to be answered."""

    def __init__(self, logic: _Logic, page: int, goal: Condition, free: bool) -> None:
        self.logic, self.page, self.goal, self.free = logic, page, goal, free
        self.left = min(MOST_OF_ONE, logic.left)
        self.compared: dict[SubjectKey, dict[int, Comparison]] = defaultdict(
            dict
        )  # by id: hashing takes long
        self.steps: list[SubjectKey] = []
        self.choices: dict[SubjectKey, Sequence[Any]] = {}

    def _gather(self) -> None:
        """All comparisons that bear on the goal: its own, and those that decide whether the questions show
        that it asks about."""
        waiting = [list(comparisons(self.goal))]
        while waiting:
            found = waiting.pop()
            self._spend(len(found))
            for one in found:
                key = (one.of_context, one.subject)
                if key not in self.compared and self._depends(key):
                    waiting.append(self.logic.asked[one.subject])
                self.compared[key][id(one)] = one
        self.steps = sorted(self.compared, key=lambda key: -1 if key[0] else self.logic.order[key[1]])

    def _depends(self, key: SubjectKey) -> bool:
        return not self.free and not key[0] and key[1] not in self.logic.never

    def succeeds(self) -> bool:
        before = self.left
        try:
            self._gather()
            return self._from(0, {})
        finally:
            self.logic.left -= before - self.left

    def _from(self, step: int, state: State) -> bool:
        """Whether the goal can hold, given the state of the first ``step`` subjects."""
        outcome = self._truth(self.goal, state)
        if outcome is not None:
            return outcome
        key = self.steps[step]
        for choice in self._open(key, state):
            state[key] = choice
            if self._from(step + 1, state):
                return True
        state.pop(key, None)
        return False

    def _open(self, key: SubjectKey, state: State) -> Sequence[Any]:
        """What the subject may be now; None: not answered, or hidden."""
        of_context, name = key
        if of_context:
            return self._choices(key)
        if self.free:
            return (*self._choices(key), None)
        goal = self.logic.goals[name]
        if name in self.logic.never or not all(self._truth(one, state) for one in goal):
            return (None,)
        question = self.logic.definition.by_code[name]
        known = self._choices(key)
        return known if known and self._must_be_answered(question) else (*known, None)

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
        if self.left < number:
            raise _GivesUp
        self.left -= number

    def _truth(self, condition: Condition, state: State) -> bool | None:
        """Whether it holds; None while that is open."""
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
