"""Queries of the parts into which released counts are cut, by what their respondents have in common."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from survey.db import db
from survey.tallies.models import ALL_PARTS, Part
from survey.tallies.rules.parts import EVERYBODY, Common


def all_ids() -> dict[Common, int]:
    """Return the ids of all parts, of which there are a few dozen at most."""
    rows = db.session.execute(select(Part.channel, Part.language, Part.care, Part.id).order_by(Part.id))
    return {Common(*common): part_id for *common, part_id in rows}


def channels_and_languages() -> tuple[list[str], list[str]]:
    """Return the channels and the languages of all parts, which filters offer."""
    part_ids = all_ids()
    channels = {common.channel for common in part_ids} - {""}
    return sorted(channels), sorted({common.language for common in part_ids} - {""})


def ensure_ids(wanted: Sequence[Common]) -> dict[Common, int]:
    """Return the ids of the wanted parts, and insert those that are new. Call locking.lock() before: two
    transactions would insert the same part."""
    part_ids = all_ids()
    for common in wanted:
        if common not in part_ids:
            statement = insert(Part).values(common._asdict())
            part_ids[common] = db.session.execute(statement.returning(Part.id)).scalar_one()
    return {common: part_ids[common] for common in wanted}


def ids_matching(asked: Common) -> list[int]:
    """Return the ids of the parts whose respondents all have what the filter asks for, or ALL_PARTS when it
    asks for nothing."""
    if asked == EVERYBODY:
        return [ALL_PARTS]
    return [part_id for common, part_id in all_ids().items() if asked.matches(common)]
