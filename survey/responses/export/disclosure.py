"""k-anonymity of released exports: only rows and answers of groups of k or more respondents are shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from survey.questionnaires.rules.careless import HASTY, TIMED

Group = tuple[int | None, int, date]  # employee, version, month


class GroupedResponse(Protocol):
    """The fields of a response that are needed to group it; all responses are of one place."""

    @property
    def employee_id(self) -> int | None: ...

    @property
    def version_id(self) -> int: ...

    @property
    def day(self) -> date: ...

    @property
    def answers(self) -> dict[str, Any]: ...

    @property
    def signs(self) -> int | None: ...


class GroupCounts:
    """The numbers of a place's respondents in each group, and of those who answered each question.

    ``checked`` and ``timed`` count the responses that were checked for signs, and those of known duration.
    """

    def __init__(self, k: int) -> None:
        self.k = k
        self.groups: Counter[Group] = Counter()
        self.answered: Counter[tuple[Group, str]] = Counter()
        self.checked: Counter[Group] = Counter()
        self.timed: Counter[Group] = Counter()

    def count(self, page: Iterable[GroupedResponse]) -> None:
        """Count the responses of a page."""
        for response in page:
            group = group_of(response)
            self.groups[group] += 1
            for code in response.answers:
                self.answered[group, code] += 1
            self.checked[group] += response.signs is not None
            self.timed[group] += bool((response.signs or 0) & TIMED)

    def is_enough(self, group: Group) -> bool:
        """Return whether the group has k or more respondents."""
        return self.groups[group] >= self.k

    def answers(self, group: Group, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``answers`` without those to questions that fewer than k of the group answered."""
        return {code: answer for code, answer in answers.items() if self.answered[group, code] >= self.k}

    def signs(self, group: Group, signs: int | None) -> int | None:
        """Return ``signs``, or None when fewer than k of the group were checked; without the sign of haste
        when the duration of fewer than k is known."""
        if signs is None or self.checked[group] < self.k:
            return None
        return signs if self.timed[group] >= self.k else signs & ~(TIMED | HASTY)


def group_of(response: GroupedResponse) -> Group:
    return response.employee_id, response.version_id, response.day.replace(day=1)


def whole_months(first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day of the months that the period touches."""
    if (last.year, last.month) == (9999, 12):
        return first.replace(day=1), last
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return first.replace(day=1), following - date.resolution
