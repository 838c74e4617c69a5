"""Which rows and answers are shown to whoever may not see all: those of groups that hold enough."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from survey.questionnaires.rules.careless import HASTY, TIMED

Group = tuple[int | None, int, date]  # employee, version, month


class GroupedResponse(Protocol):
    """What is asked of a response at one place."""

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
    """Counts a place's respondents, and who answered each question, in groups; k or more are enough."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.groups: Counter[Group] = Counter()
        self.answered: Counter[tuple[Group, str]] = Counter()
        self.looked_at: Counter[Group] = Counter()
        self.timed: Counter[Group] = Counter()

    def count(self, page: Iterable[GroupedResponse]) -> None:
        for response in page:
            group = group_of(response)
            self.groups[group] += 1
            for code in response.answers:
                self.answered[group, code] += 1
            self.looked_at[group] += response.signs is not None
            self.timed[group] += bool((response.signs or 0) & TIMED)

    def of(self, group: Group) -> bool:
        return self.groups[group] >= self.k

    def answers(self, group: Group, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Without those to questions that fewer than k answered."""
        return {code: answer for code, answer in answers.items() if self.answered[group, code] >= self.k}

    def signs(self, group: Group, signs: int | None) -> int | None:
        """Without those at which fewer than k were looked at, or of how long fewer than k took."""
        if signs is None or self.looked_at[group] < self.k:
            return None
        return signs if self.timed[group] >= self.k else signs & ~(TIMED | HASTY)


def group_of(response: GroupedResponse) -> Group:
    return response.employee_id, response.version_id, response.day.replace(day=1)


def whole_months(first: date, last: date) -> tuple[date, date]:
    """The days of the months in which these lie."""
    if (last.year, last.month) == (9999, 12):
        return first.replace(day=1), last
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return first.replace(day=1), following - date.resolution
