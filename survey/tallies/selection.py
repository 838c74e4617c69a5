"""The selection of the responses that figures count."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.periods import Period
from survey.questionnaires.models import Version

from .rules.parts import EVERYBODY, Common


@dataclass(frozen=True)
class Selection:
    """The released responses to ``versions`` of one questionnaire, the newest first, in a ``period``.

    ``only`` keeps those that have this in common. Responses released in a part that does not say so (see
    rules/parts.py) count in the whole, but not in such a selection.
    """

    versions: Sequence[Version]
    period: Period
    only: Common = EVERYBODY

    @property
    def version_ids(self) -> tuple[int, ...]:
        return tuple(version.id for version in self.versions)

    @property
    def is_empty(self) -> bool:
        """Return whether no response can be selected, whatever is tallied."""
        return not self.versions or not self.period.spans()
