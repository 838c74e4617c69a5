"""The parts into which what is released is cut, by what the respondents of each have in common."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from survey.db import db
from survey.tallies.models import ALL_PARTS, Part
from survey.tallies.rules.parts import EVERYBODY, Common


def known() -> dict[Common, int]:
    """Return the ids of all parts that there are; a few dozen at most."""
    rows = db.session.execute(select(Part.channel, Part.language, Part.care, Part.id).order_by(Part.id))
    return {Common(*common): part_id for *common, part_id in rows}


def offered() -> tuple[list[str], list[str]]:
    """Return the channels and the languages that can be asked for."""
    found = known()
    channels = {common.channel for common in found} - {""}
    return sorted(channels), sorted({common.language for common in found} - {""})


def ids(wanted: Sequence[Common]) -> dict[Common, int]:
    """Return their ids, and add those that are new. Hold waiting.lock() before."""
    found = known()
    for common in wanted:
        if common not in found:
            statement = insert(Part).values(common._asdict())
            found[common] = db.session.execute(statement.returning(Part.id)).scalar_one()
    return {common: found[common] for common in wanted}


def holding(asked: Common) -> list[int]:
    """Return the parts whose respondents all have what is asked for; that of everybody when nothing is."""
    if asked == EVERYBODY:
        return [ALL_PARTS]
    return [part_id for common, part_id in known().items() if asked.matches(common)]
