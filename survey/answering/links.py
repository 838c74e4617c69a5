"""What a link leads to, remembered for some seconds: the page of a busy poster asks no database.

So what is changed of it (its version, its limits, what an answer earns) shows within Settings.link_seconds in
every process.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from survey import settings
from survey.questionnaires.definition import DEFAULT_LANGUAGES, Definition, Texts
from survey.questionnaires.rules.conditions import Context
from survey.questionnaires.rules.limits import UNLIMITED, ResponseLimits
from survey.rewards.campaigns import offer
from survey.rewards.rules.offers import NOTHING, Offer

from . import queries
from .forms import DEFAULT_ROOM, FieldLimits, room

MOST = 20_000
"""Links remembered at a time; beyond that all are forgotten and looked up anew."""


@dataclass(frozen=True)
class Kept:
    """A limit as it was when the link was looked up: the ``table`` and id of the row that has it."""

    table: str
    id: int
    limit: ResponseLimits
    taken: int


@dataclass(frozen=True)
class OpenLink:
    """A link as its pages need it. ``version_id`` is None, and ``open`` False, when nobody may answer.

    ``way`` are the codes of the places from the root to the service point. ``limits`` are those that are
    set, the questionnaire's first. ``pages`` keeps what was rendered for it, by language and whether it asks
    for a proof of work.
    """

    id: int
    code: str
    open: bool
    place_id: int
    place_names: dict[str, str]
    way: tuple[str, ...]
    employee_id: int | None
    employee_code: str | None
    employee_name: str
    questionnaire_id: int
    title: dict[str, str]
    version_id: int | None
    definition: Definition | None
    channel: str
    offer: Offer
    limits: tuple[Kept, ...] = ()
    room: FieldLimits = DEFAULT_ROOM
    pages: dict[tuple[str, bool], tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.definition.languages if self.definition is not None else DEFAULT_LANGUAGES

    def context(self, language: str) -> Context:
        """What conditions of the questionnaire may ask about, other than its answers."""
        return Context(self.way, self.employee_code, self.channel, language)

    def closed(self) -> str | None:
        """Why no answer is taken now (a reason of Limit.closed()); None when answers are. A maximum may
        have been reached since the link was looked up: handing in counts exactly."""
        if not self.limits:
            return None
        now = datetime.now(UTC).replace(tzinfo=None)
        reasons = (kept.limit.closed(now, kept.taken) for kept in self.limits)
        return next((reason for reason in reasons if reason), None)

    @property
    def maxima(self) -> tuple[tuple[str, int], ...]:
        """The rows, by table and id, in which handing in has to take a place."""
        return tuple((kept.table, kept.id) for kept in self.limits if kept.limit.maximum is not None)

    @property
    def once(self) -> tuple[Kept, ...]:
        """The limits that want a device to answer once."""
        return tuple(kept for kept in self.limits if kept.limit.once_per_device)


class Links:
    """Finds links by code; what it found is used for ``seconds``, what it did not find is looked up again."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._found: dict[str, tuple[float, OpenLink]] = {}

    def remembered(self, code: str) -> OpenLink | None:
        """The link when it was found some seconds ago; asks no database."""
        kept = self._found.get(code)
        return kept[1] if kept is not None and self._clock() < kept[0] else None

    def find(self, code: str) -> OpenLink | None:
        link = self.remembered(code)
        if link is not None:
            return link
        link = look_up(code)
        if link is not None and self._seconds > 0:
            if len(self._found) >= MOST:
                self._found.clear()
            self._found[code] = (self._clock() + self._seconds, link)
        return link


def look_up(code: str) -> OpenLink | None:
    row = queries.link(code)
    if row is None:
        return None
    link, place, employee, questionnaire, version = row
    retired = any(thing is not None and thing.retired_on is not None for thing in (link, place, employee))
    definition = version.definition if version else None
    limits = (
        Kept("questionnaire", questionnaire.id, questionnaire.limit, questionnaire.taken),
        Kept("link", link.id, link.limit, link.taken),
    )
    return OpenLink(
        id=link.id,
        code=link.code,
        open=not retired and version is not None,
        place_id=place.id,
        place_names={"zh": place.name, "en": place.name_en},
        way=queries.way(place),
        employee_id=employee.id if employee else None,
        employee_code=employee.code if employee else None,
        employee_name=employee.name if employee else "",
        questionnaire_id=questionnaire.id,
        title=questionnaire.title,
        version_id=version.id if version else None,
        definition=definition,
        channel=link.channel,
        offer=offer(questionnaire.id, link.channel, settings.current().today()),
        limits=tuple(kept for kept in limits if kept.limit != UNLIMITED),
        room=room(definition) if definition is not None else DEFAULT_ROOM,
    )


def stand_in(definition: Definition, title: Texts, place_names: dict[str, str]) -> OpenLink:
    """A link that is not there, for trying out what nobody is asked yet: nothing can be handed in by it."""
    return OpenLink(
        id=0,
        code="",
        open=True,
        place_id=0,
        place_names=place_names,
        way=(),
        employee_id=None,
        employee_code=None,
        employee_name="",
        questionnaire_id=0,
        title=dict(title),
        version_id=None,
        definition=definition,
        channel="",
        offer=NOTHING,
        room=room(definition),
    )
