"""The use case "rebuild": every tally is counted again from the responses that were counted."""

from collections.abc import Iterator, Mapping

from survey import settings
from survey.places import queries as places
from survey.transaction import transaction

from . import storing
from .counting import SumsByCommon, exactly, own
from .flagging import look
from .queries import tallies, waiting
from .queries.tallies import By
from .queries.waiting import Queue
from .rules.releasing import release
from .rules.sums import Sums, by_month, spread, together
from .verification import differences

EXACT, RELEASED = "exact", "released"


def rebuild() -> Iterator[int]:
    """Recount one place after another, each after all below it, and yield how many are done.

    Each is one transaction, so that answers can be handed in meanwhile, and a place's count is what was
    answered there and the counts of the places right below it. Responses that nobody has looked at for signs
    of carelessness are looked at. What waits goes on waiting; what was counted and is too little to be shown
    (k was raised since) waits again.

    What was released at a service point stays cut as it is where it agrees with the responses: pieces that
    are cut anew could be held against the old ones by somebody who saw both.
    """
    k = settings.current().minimum_group
    for done, (place_id, _parent) in enumerate(places.ids_bottom_up(), 1):
        with transaction():
            waiting.lock()
            look(place_id)
            waiting.send_back(place_id, k)
            mine = own(place_id)
            below = storing.counts_at(place_id, tallies.of_children(place_id))
            counts = {by: [sums] for by, sums in below.items()}
            for version_id, counted in mine.items():
                counts.setdefault(By(version_id, EXACT), []).append(exactly(place_id, counted))
            keeps = not below and _is_sound(place_id, mine, k)
            if not keeps:
                waiting.forget_late(place_id)
                for by, sums in _released(place_id, mine, k):
                    counts.setdefault(by, []).append(sums)
            tallies.remove(place_id, (EXACT,) if keeps else (EXACT, RELEASED))
            for by, parts in counts.items():
                by_day = together(parts)
                storing.save(by, "day", by_day)
                storing.save(by, "month", by_month(by_day))
        yield done


def _is_sound(place_id: int, mine: Mapping[int, SumsByCommon], k: int) -> bool:
    """Return whether what is released of this place is what was counted there, in pieces of ``k`` or more."""
    stored = tallies.of_place(place_id)
    counted = {version_id: exactly(place_id, one) for version_id, one in mine.items()}
    wrong = any(key.view != EXACT for key, _what in differences(counted, stored))
    return not wrong and all(row.n >= k for row in stored if row.view == RELEASED)


def _released(place_id: int, mine: Mapping[int, SumsByCommon], k: int) -> Iterator[tuple[By, Sums]]:
    for version_id, counted in mine.items():
        found = release(counted, k)
        for part_id, sums in storing.by_part(found).items():
            yield By(version_id, RELEASED, part_id), spread(sums, {place_id: (place_id,)})
        for late in found.late:
            queue = Queue(place_id, late.employee_id, version_id)
            waiting.keep_day_late(queue, late.common, late.day, late.month)
