"""Which responses figures count."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.periods import Period
from survey.questionnaires.models import Version

from .rules.parts import EVERYBODY, Common


@dataclass(frozen=True)
class Selection:
    """The released responses to ``versions`` of one questionnaire, the newest first, in a ``period``.

    ``only`` keeps those that have this in common. Of some responses it is never released what that is (see
    rules/parts.py): they count in the whole and in no part.
    """

    versions: Sequence[Version]
    period: Period
    only: Common = EVERYBODY

    @property
    def version_ids(self) -> tuple[int, ...]:
        return tuple(version.id for version in self.versions)

    @property
    def is_empty(self) -> bool:
        """Whether no response can be in it, whatever is tallied."""
        return not self.versions or not self.period.spans()
