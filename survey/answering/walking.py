"""The walk through a questionnaire page by page: to which page a submitted form leads. Pure.

The form carries all answers so far, also to questions that no longer show: nothing typed is lost, and only
the questions that show are read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules import conditions
from survey.questionnaires.rules.reading import Reading, read
from survey.questionnaires.rules.visibility import Context, visible

NEXT, BACK, SEND = "next", "back", "send"
STAY = "stay"
"""This action shows the same page in another language."""
LOOK = "look"
"""This action returns only the questions of the page that show now, for the script that reveals them."""
ACTIONS = frozenset({NEXT, BACK, SEND, STAY, LOOK})


@dataclass(frozen=True)
class Position:
    """Where a form was sent from: the ``page``'s number from 0, and the ``action`` of the button.

    ``seen`` are the codes of those revealable() questions that were on the page.
    """

    page: int = 0
    action: str = SEND
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """The ``page`` to show, by its number from 0, and the ``errors`` on it (question code to reason).

    ``pages`` are the numbers, and ``questions`` the codes, of all that show. ``news`` is "revealed" when the
    answers revealed questions, "last" when there is no next page. ``reading`` is set when all answers are
    valid and were submitted: then they are to be stored, and there is no page to show.
    """

    page: int
    pages: tuple[int, ...]
    questions: frozenset[str]
    errors: Mapping[str, str] = field(default_factory=dict)
    news: str = ""
    reading: Reading | None = None


def begin(definition: Definition, context: Context, fields: Mapping[str, str] | None = None) -> Step:
    """Return the step to the first page that shows. Raises UnknownField."""
    answers = read(definition, fields).answers if fields else {}
    showing = visible(definition, answers, context)
    return Step(showing.pages[0] if showing.pages else 0, showing.pages, showing.questions)


def walk(definition: Definition, fields: Mapping[str, str], context: Context, position: Position) -> Step:
    """Return the step to which the form leads. Raises UnknownField, and LookupError for an unknown page."""
    if position.page >= len(definition.pages):
        raise LookupError(position.page)
    reading = read(definition, fields)
    showing = visible(definition, reading.answers, context)
    if len(showing.questions) < len(definition.questions):
        reading = _without_hidden(reading, showing.questions)

    def step_at(number: int, errors: Mapping[str, str] | None = None, news: str = "") -> Step:
        return Step(number, showing.pages, showing.questions, errors or {}, news)

    number = position.page
    if position.action in (STAY, LOOK, BACK):
        return step_at(_nearest_page(showing.pages, number - (position.action == BACK)))
    codes = {question.code for question in definition.pages[number].questions}
    revealed = (revealable(definition, number) & showing.questions) - position.seen
    wrong = {code: reading.errors[code] for code in reading.errors if code in codes - revealed}
    if wrong:
        return step_at(number, wrong)
    if revealed:
        return step_at(number, news="revealed")
    later = [page for page in showing.pages if page > number]
    if later:
        return step_at(later[0])
    if position.action == NEXT:
        return step_at(number, news="last")
    if reading.errors:
        return step_at(*_first_page_with_errors(definition, reading.errors))
    return Step(number, showing.pages, showing.questions, reading=reading)


def revealable(definition: Definition, at: int) -> frozenset[str]:
    """Return the codes of the questions of page ``at`` that an answer on the same page can reveal or hide."""
    attributes = vars(definition)
    if "_inner" not in attributes:
        attributes["_inner"] = tuple(_revealable_codes(page.questions) for page in definition.pages)
    codes: frozenset[str] = attributes["_inner"][at]
    return codes


def _revealable_codes(questions: Collection) -> frozenset[str]:
    codes = {question.code for question in questions}
    revealed: set[str] = set()
    for question in questions:
        compared = conditions.questions(conditions.parse(question.show)) if question.show else frozenset()
        if compared & codes or question.about in revealed:
            revealed.add(question.code)
    return frozenset(revealed)


def _without_hidden(reading: Reading, shown: Collection[str]) -> Reading:
    """Return ``reading`` with only the questions in ``shown``."""

    def select(entries: Mapping) -> dict:
        return {key: value for key, value in entries.items() if key.partition("~")[0] in shown}

    return Reading(select(reading.answers), select(reading.errors), select(reading.contacts))


def _nearest_page(pages: tuple[int, ...], at: int) -> int:
    """Return the last page that shows up to ``at``, else the first."""
    return max((number for number in pages if number <= at), default=pages[0] if pages else 0)


def _first_page_with_errors(definition: Definition, errors: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    for number, page in enumerate(definition.pages):
        errors_on_page = {q.code: errors[q.code] for q in page.questions if q.code in errors}
        if errors_on_page:
            return number, errors_on_page
    raise LookupError
