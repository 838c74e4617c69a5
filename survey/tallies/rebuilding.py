"""The use case "rebuild": every tally is counted again from the responses that were released."""

from collections.abc import Iterator

from survey import settings
from survey.places import queries as places
from survey.transaction import transaction

from . import storing
from .counting import at_place, recount
from .flagging import flag_unchecked_responses
from .queries import tallies
from .queries.locking import lock
from .queries.tallies import SeriesKey
from .rules.parts import EVERYBODY
from .rules.sums import Sums, add_up, sum_by_month
from .uniting import unite_small

VIEWS = ("exact", "released")


def rebuild() -> Iterator[int]:
    """Recount one place after another, each after all below it, and yield how many are done.

    Each is one transaction, so that answers can be handed in meanwhile, and a place's count is what was
    answered there and the counts of the places right below it. Responses that nobody has looked at for signs
    of carelessness are looked at. Batches stay as they were cut; those that hold fewer than may be shown (k
    was raised since) are united with their neighbours.
    """
    for done, (place_id, _parent) in enumerate(places.ids_bottom_up(), 1):
        with transaction() as session:
            lock(session)
            flag_unchecked_responses(place_id)
            unite_small(session, place_id, settings.current().minimum_group)
            counts: dict[SeriesKey, list[Sums]] = {
                by: [sums] for by, sums in storing.counts_at(place_id, tallies.of_children(place_id)).items()
            }
            exact, released = recount(place_id)
            for version_id, by_common in exact.items():
                counts.setdefault(SeriesKey(version_id, "exact"), []).append(at_place(place_id, by_common))
            for version_id, by_common in released.items():
                for part_id, sums in storing.sums_by_part(by_common).items():
                    mine = at_place(place_id, {EVERYBODY: sums})
                    counts.setdefault(SeriesKey(version_id, "released", part_id), []).append(mine)
            tallies.remove(place_id, VIEWS)
            for by, sums_of in counts.items():
                by_day = add_up(sums_of)
                storing.save(by, "day", by_day)
                storing.save(by, "month", sum_by_month(by_day))
        yield done
