"""The use case "move a place": its counts move with it."""

from survey.places import layout
from survey.places.models import Place
from survey.transaction import transaction

from . import storing
from .queries import tallies
from .queries.locking import lock


def move_place(place: Place, parent: Place | None) -> None:
    """Move ``place`` and all below it under ``parent`` (None: to the top), and its counts from its previous
    ancestors to the new ones. Raises Refused as survey.places.layout.move_within() does."""
    with transaction() as session:
        lock(session)
        before, after = layout.move_within(session, place, parent)
        left_ancestors = set(before) - set(after)
        stored = tallies.of_everybody(place.id)
        for ancestor_id in left_ancestors ^ (set(after) - set(before)):
            for series, sums in storing.counts_at(ancestor_id, stored).items():
                change = sums._replace(rows=-sums.rows) if ancestor_id in left_ancestors else sums
                storing.add(series, change)
        tallies.remove_empty(sorted(left_ancestors))
