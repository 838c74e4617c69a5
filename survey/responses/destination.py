"""The destination of an import: the service points below a place, and a version of a questionnaire."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from survey.places import layout
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import publication
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.definition import Definition
from survey.questionnaires.models import Version
from survey.transaction import Session

from .mapping import ImportRefused, Mapping

LONGEST_CODE = 64


@dataclass
class Destination:
    """What exists of a destination, and the codes of service points that were created since (``made``).

    ``ids`` are those of service points, by code; ``faults`` say why a code is unusable, "" when it is not.
    """

    mapping: Mapping
    parent: Place | None
    version: Version | None
    ids: dict[str, int]
    faults: dict[str, str]
    made: list[str] = field(default_factory=list)

    @classmethod
    def look_up(cls, mapping: Mapping) -> "Destination":
        """Return the destination of a mapping. Raises ImportRefused when it cannot take the answers."""
        parent = places.place(mapping.parent)
        if parent is not None and parent.kind == "point":
            raise ImportRefused(f"{parent.code} is a service point: nothing lies below it")
        below = places.subtree(parent) if parent else []
        faults = {place.code: _kind_fault(place) for place in below}
        faults |= {"": "is blank", mapping.parent: "is the place that service points lie below"}
        ids = {place.code: place.id for place in below if place.kind == "point"}
        return cls(mapping, parent, _version(mapping), ids, faults)

    def fault(self, code: str) -> str:
        """Return what is wrong with a service point's code, "" when nothing is."""
        if code not in self.faults:
            self.faults[code] = self._unknown_fault(code)
        return self.faults[code]

    def _unknown_fault(self, code: str) -> str:
        if len(code) > LONGEST_CODE or not code.isprintable():
            return f"is no code: at most {LONGEST_CODE} characters that can be seen"
        if places.place(code) is not None:
            return f"is the code of a place that does not lie below {self.mapping.parent}"
        return ""

    def make(self, session: Session, codes: Iterable[str], today: date) -> Version:
        """Create what is missing for answers about these service points, within the caller's transaction.

        Raises ImportRefused for a code with a fault(), and layout.Refused.
        """
        if self.version is None:
            self.version = publication.add_version(
                session, self.mapping.slug, self.mapping.title, self.mapping.document, today
            )
        for code in sorted(set(codes) - self.ids.keys()):
            fault = self.fault(code)
            if fault:
                raise ImportRefused(f'"{code}" {fault}')
            if self.parent is None:
                above = self.mapping.parent
                self.parent = layout.insert_place(session, None, "group", above, above)
            self.ids[code] = layout.insert_place(session, self.parent, "point", code, code).id
            self.made.append(code)
        return self.version


def _kind_fault(place: Place) -> str:
    return "" if place.kind == "point" else f"is a {place.kind}, not a service point"


def _version(mapping: Mapping) -> Version | None:
    """Return the published version, None without a questionnaire. Raises ImportRefused when it differs."""
    questionnaire = questionnaires.questionnaire(mapping.slug)
    if questionnaire is None:
        return None
    version = questionnaires.published(questionnaire.id)
    if version is None:
        raise ImportRefused(f"questionnaire {mapping.slug} is there, but has no published version")
    _check(mapping, version.definition)
    return version


def _check(mapping: Mapping, definition: Definition) -> None:
    for column in mapping.columns:
        wanted, there = column.question, definition.by_code.get(column.question.code)
        if there is None:
            raise ImportRefused(f"questionnaire {mapping.slug} is there, but does not ask {wanted.code}")
        if there.kind != wanted.kind:
            raise ImportRefused(
                f"{wanted.code} is {there.kind} in questionnaire {mapping.slug}, not {wanted.kind}"
            )
        if wanted.kind == "rating" and there.scale != wanted.scale:
            raise ImportRefused(
                f"{wanted.code} has a scale of {there.scale} in {mapping.slug}, not {wanted.scale}"
            )
