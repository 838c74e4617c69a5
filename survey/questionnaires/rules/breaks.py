"""Where the figures of a question begin anew, because it was asked in another way before. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.questionnaires.definition import Definition

from .comparing import break_reasons


@dataclass(frozen=True)
class PublishedVersion:
    """A version that customers get or got."""

    number: int
    published_on: date
    definition: Definition


@dataclass(frozen=True)
class Break:
    """Answers to the question ``code`` count from version ``after`` on, published ``since`` then; what was
    answered to ``before`` and earlier is left out, for the reasons ``why`` (see comparing.break_reasons())."""

    code: str
    before: int
    after: int
    since: date
    why: tuple[str, ...]


def latest_breaks(versions: Sequence[PublishedVersion]) -> list[Break]:
    """The latest break of each question, in the order of the newest version that asks it; ``versions`` the
    newest first. Answers pool with the newest version, as in indexes.rules.pooling."""
    found: dict[str, Break] = {}
    oldest: dict[str, PublishedVersion] = {}  # that still counts together with the newest
    for version in versions:
        for question in version.definition.questions:
            code = question.code
            if code in found:
                continue
            newest = next((one for one in versions if code in one.definition.by_code), version)
            why = break_reasons(question, newest.definition.by_code[code])
            if why:
                since = oldest[code]
                found[code] = Break(code, version.number, since.number, since.published_on, why)
            else:
                oldest[code] = version
    return list(found.values())
