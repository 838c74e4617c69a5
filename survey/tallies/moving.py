"""The use case "move a place": what was counted there moves with it."""

from survey.places import layout
from survey.places.models import Place
from survey.transaction import transaction

from . import storing
from .queries import tallies, waiting


def move_place(place: Place, parent: Place | None) -> None:
    """Move ``place`` and all below it under ``parent`` (None: to the top), and its counts from the places
    that were above it to those that now are. Raises Refused as survey.places.layout.move_within() does."""
    with transaction() as session:
        waiting.lock()
        before, after = layout.move_within(session, place, parent)
        left = set(before) - set(after)
        stored = tallies.of_everybody(place.id)
        for above in left ^ (set(after) - set(before)):
            for by, sums in storing.counts_at(above, stored).items():
                change = sums._replace(rows=-sums.rows) if above in left else sums
                storing.add(by, change)
        tallies.remove_empty(sorted(left))
