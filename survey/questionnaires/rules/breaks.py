"""Breaks in a series: a question was changed so that earlier answers cannot be pooled. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.questionnaires.definition import Definition

from .comparing import break_reasons


@dataclass(frozen=True)
class PublishedVersion:
    """A version that is, or was, published."""

    number: int
    published_on: date
    definition: Definition


@dataclass(frozen=True)
class Break:
    """A change of a question after which earlier answers no longer count together with later ones.

    Answers to the question ``code`` count from version ``after`` on, published on the day ``since``; answers
    to version ``before`` and earlier are left out, for the reasons ``why`` (see break_reasons()).
    """

    code: str
    before: int
    after: int
    since: date
    why: tuple[str, ...]


def latest_breaks(versions: Sequence[PublishedVersion]) -> list[Break]:
    """Return the latest break of each question, in the order of the newest version that asks it.

    ``versions`` have the newest first. Answers pool with the newest version, as in the tallies.
    """
    latest: dict[str, Break] = {}
    oldest: dict[str, PublishedVersion] = {}  # that still counts together with the newest
    for version in versions:
        for question in version.definition.questions:
            code = question.code
            if code in latest:
                continue
            newest = next((other for other in versions if code in other.definition.by_code), version)
            why = break_reasons(question, newest.definition.by_code[code])
            if why:
                since = oldest[code]
                latest[code] = Break(code, version.number, since.number, since.published_on, why)
            else:
                oldest[code] = version
    return list(latest.values())
