"""Walking through a questionnaire page by page: what a form that was sent leads to. Pure.

The form carries all that was typed so far, also to questions that no longer show: nothing typed is lost, and
only what shows is read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from survey.questionnaires.definition import Definition
from survey.questionnaires.rules import conditions
from survey.questionnaires.rules.reading import Reading, read
from survey.questionnaires.rules.visibility import Context, visible

NEXT, BACK, SEND = "next", "back", "send"
STAY = "stay"
"""The same page again, in another language."""
LOOK = "look"
"""Only the questions of the page that show now, for a script that reveals them in place."""
WAYS = frozenset({NEXT, BACK, SEND, STAY, LOOK})


@dataclass(frozen=True)
class Position:
    """Where a form was sent from: the page's number from 0, which way, and those questions of inner() that
    stood on it."""

    at: int = 0
    go: str = SEND
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """The page to show: its number ``at``, the numbers of all ``pages`` that show, the codes of all
    ``questions`` that show, and the ``errors`` on it (code to reason).

    ``news``: "revealed" when questions have come up, "last" when there is no next page. ``reading`` is what
    is to be stored when all is well and was sent: then there is no page to show.
    """

    at: int
    pages: tuple[int, ...]
    questions: frozenset[str]
    errors: Mapping[str, str] = field(default_factory=dict)
    news: str = ""
    reading: Reading | None = None


def begin(definition: Definition, context: Context, fields: Mapping[str, str] | None = None) -> Step:
    """The first page that shows. Raises UnknownField."""
    answers = read(definition, fields).answers if fields else {}
    showing = visible(definition, answers, context)
    return Step(showing.pages[0] if showing.pages else 0, showing.pages, showing.questions)


def walk(definition: Definition, fields: Mapping[str, str], context: Context, position: Position) -> Step:
    """Where the form leads. Raises UnknownField, and LookupError when there is no such page."""
    if position.at >= len(definition.pages):
        raise LookupError(position.at)
    reading = read(definition, fields)
    showing = visible(definition, reading.answers, context)
    if len(showing.questions) < len(definition.questions):
        reading = _narrowed(reading, showing.questions)

    def page(at: int, errors: Mapping[str, str] | None = None, news: str = "") -> Step:
        return Step(at, showing.pages, showing.questions, errors or {}, news)

    at = position.at
    if position.go in (STAY, LOOK, BACK):
        return page(_near(showing.pages, at - (position.go == BACK)))
    codes = {question.code for question in definition.pages[at].questions}
    came = (inner(definition, at) & showing.questions) - position.seen
    wrong = {code: reading.errors[code] for code in reading.errors if code in codes - came}
    if wrong:
        return page(at, wrong)
    if came:
        return page(at, news="revealed")
    later = [number for number in showing.pages if number > at]
    if later:
        return page(later[0])
    if position.go == NEXT:
        return page(at, news="last")
    if reading.errors:
        return page(*_first_wrong(definition, reading.errors))
    return Step(at, showing.pages, showing.questions, reading=reading)


def inner(definition: Definition, at: int) -> frozenset[str]:
    """The questions of a page that an answer on the same page can reveal or hide."""
    kept = vars(definition)
    if "_inner" not in kept:
        kept["_inner"] = tuple(_inner(page.questions) for page in definition.pages)
    found: frozenset[str] = kept["_inner"][at]
    return found


def _inner(questions: Collection) -> frozenset[str]:
    codes = {question.code for question in questions}
    found: set[str] = set()
    for question in questions:
        asked = conditions.questions(conditions.parse(question.show)) if question.show else frozenset()
        if asked & codes or question.about in found:
            found.add(question.code)
    return frozenset(found)


def _narrowed(reading: Reading, shown: Collection[str]) -> Reading:
    """What remains of a reading of all questions when only those in ``shown`` are asked."""

    def kept(found: Mapping) -> dict:
        return {key: value for key, value in found.items() if key.partition("~")[0] in shown}

    return Reading(kept(reading.answers), kept(reading.errors), kept(reading.contacts))


def _near(pages: tuple[int, ...], at: int) -> int:
    """The last page that shows up to ``at``, else the first."""
    return max((number for number in pages if number <= at), default=pages[0] if pages else 0)


def _first_wrong(definition: Definition, errors: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    for number, page in enumerate(definition.pages):
        here = {q.code: errors[q.code] for q in page.questions if q.code in errors}
        if here:
            return number, here
    raise LookupError
