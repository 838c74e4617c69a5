"""What a link leads to, remembered for some seconds: the page of a busy poster asks no database."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from survey.questionnaires.definition import Definition

from . import queries

MOST = 20_000
"""Links remembered at a time; beyond that all are forgotten and looked up anew."""


@dataclass(frozen=True)
class OpenLink:
    """A link as its pages need it. ``version_id`` is None, and ``open`` False, when nobody may answer.

    ``pages`` keeps what was rendered for it, by locale.
    """

    id: int
    code: str
    open: bool
    place_id: int
    place_names: dict[str, str]
    employee_id: int | None
    employee_name: str
    questionnaire_id: int
    title: dict[str, str]
    version_id: int | None
    definition: Definition | None
    channel: str
    points: int
    campaign: str
    pages: dict[str, tuple[bytes, ...]] = field(default_factory=dict)


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
    return OpenLink(
        id=link.id,
        code=link.code,
        open=not retired and version is not None,
        place_id=place.id,
        place_names={"zh": place.name, "en": place.name_en},
        employee_id=employee.id if employee else None,
        employee_name=employee.name if employee else "",
        questionnaire_id=questionnaire.id,
        title=questionnaire.title,
        version_id=version.id if version else None,
        definition=version.definition if version else None,
        channel=link.channel,
        points=link.points,
        campaign=link.campaign,
    )
