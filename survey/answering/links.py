"""A cache of links: the page of a busy poster causes no query.

So a change (of the version, the limits, the points of a response) shows within Settings.link_seconds in every
process.
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
from .forms import DEFAULT_LIMITS, FieldLimits, form_limits

MOST_LINKS = 20_000
"""Most links in the cache; beyond that all are dropped and looked up again."""


@dataclass(frozen=True)
class LimitSnapshot:
    """The limits of a questionnaire or a link, and the responses counted, when the link was looked up.

    ``table`` and ``id`` are those of the row that has the limits.
    """

    table: str
    id: int
    limit: ResponseLimits
    taken: int


@dataclass(frozen=True)
class OpenLink:
    """A link as its pages need it.

    ``version_id`` is None, and ``open`` False, when nothing is published. ``way`` are the codes of the places
    from the root to the service point. ``limits`` are those that are set, the questionnaire's first.
    ``pages`` caches the rendered pages, by language and whether they ask for a proof of work.
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
    limits: tuple[LimitSnapshot, ...] = ()
    form_limits: FieldLimits = DEFAULT_LIMITS
    pages: dict[tuple[str, bool], tuple[bytes, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.definition.languages if self.definition is not None else DEFAULT_LANGUAGES

    def context(self, language: str) -> Context:
        """Return what the conditions of the questionnaire may refer to besides answers."""
        return Context(self.way, self.employee_code, self.channel, language)

    def closed(self) -> str | None:
        """Return why no response is accepted now (a reason of ResponseLimits.closed()), or None.

        A maximum may have been reached since the link was looked up: only hand_in() counts exactly.
        """
        if not self.limits:
            return None
        now = datetime.now(UTC).replace(tzinfo=None)
        reasons = (snapshot.limit.closed(now, snapshot.taken) for snapshot in self.limits)
        return next((reason for reason in reasons if reason), None)

    @property
    def maxima(self) -> tuple[tuple[str, int], ...]:
        """Return the rows, by table and id, in which a response is counted towards a maximum."""
        limited = (snapshot for snapshot in self.limits if snapshot.limit.maximum is not None)
        return tuple((snapshot.table, snapshot.id) for snapshot in limited)

    @property
    def once(self) -> tuple[LimitSnapshot, ...]:
        """Return the limits that let a device answer only once."""
        return tuple(snapshot for snapshot in self.limits if snapshot.limit.once_per_device)


class LinkCache:
    """A cache of links by code. An entry is used for ``seconds``; unknown codes are not cached."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._entries: dict[str, tuple[float, OpenLink]] = {}

    def remembered(self, code: str) -> OpenLink | None:
        """Return the link if it is cached; this never queries the database."""
        entry = self._entries.get(code)
        return entry[1] if entry is not None and self._clock() < entry[0] else None

    def find(self, code: str) -> OpenLink | None:
        link = self.remembered(code)
        if link is not None:
            return link
        link = look_up(code)
        if link is not None and self._seconds > 0:
            if len(self._entries) >= MOST_LINKS:
                self._entries.clear()
            self._entries[code] = (self._clock() + self._seconds, link)
        return link


def look_up(code: str) -> OpenLink | None:
    """Return the link with this code from the database, or None."""
    row = queries.link(code)
    if row is None:
        return None
    link, place, employee, questionnaire, version = row
    retired = any(record is not None and record.retired_on is not None for record in (link, place, employee))
    definition = version.definition if version else None
    limits = (
        LimitSnapshot("questionnaire", questionnaire.id, questionnaire.limit, questionnaire.taken),
        LimitSnapshot("link", link.id, link.limit, link.taken),
    )
    return OpenLink(
        id=link.id,
        code=link.code,
        open=not retired and version is not None,
        place_id=place.id,
        place_names={"zh": place.name, "en": place.name_en},
        way=queries.codes_from_root(place),
        employee_id=employee.id if employee else None,
        employee_code=employee.code if employee else None,
        employee_name=employee.name if employee else "",
        questionnaire_id=questionnaire.id,
        title=questionnaire.title,
        version_id=version.id if version else None,
        definition=definition,
        channel=link.channel,
        offer=offer(questionnaire.id, link.channel, settings.current().today()),
        limits=tuple(snapshot for snapshot in limits if snapshot.limit != UNLIMITED),
        form_limits=form_limits(definition) if definition is not None else DEFAULT_LIMITS,
    )


def preview_link(definition: Definition, title: Texts, place_names: dict[str, str]) -> OpenLink:
    """Return a link that is not stored, for trying out a questionnaire: it accepts no submission."""
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
        form_limits=form_limits(definition),
    )
