"""The use case "rebuild": compute every tally again from the responses that were counted."""

from collections.abc import Iterator, Mapping

from survey import settings
from survey.places import queries as places
from survey.transaction import transaction

from . import storing
from .counting import SumsByCommon, count_place, exact_sums
from .flagging import flag_unchecked_responses
from .queries import tallies, waiting
from .queries.tallies import SeriesKey
from .queries.waiting import Queue
from .rules.releasing import release
from .rules.sums import Sums, add_up, spread, sum_by_month
from .verification import differences

EXACT, RELEASED = "exact", "released"


def rebuild() -> Iterator[int]:
    """Recount the places, each after all places below it, and yield how many are done.

    Each place has a transaction of its own, so that responses can be submitted in between; its counts are
    those of its own responses and of its children's tallies. Responses that have not been checked for signs
    of carelessness are checked. Waiting responses keep waiting; counted responses that have become too few
    to be shown (k was raised since) wait again.

    The released counts of a service point stay cut as they are where they agree with the responses: somebody
    who had seen the old pieces could compute smaller groups from their differences to new pieces.
    """
    k = settings.current().minimum_group
    for done, (place_id, _parent) in enumerate(places.ids_bottom_up(), 1):
        with transaction():
            waiting.lock()
            flag_unchecked_responses(place_id)
            waiting.send_back(place_id, k)
            counted_here = count_place(place_id)
            below = storing.counts_at(place_id, tallies.of_children(place_id))
            counts = {series: [sums] for series, sums in below.items()}
            for version_id, counted in counted_here.items():
                counts.setdefault(SeriesKey(version_id, EXACT), []).append(exact_sums(place_id, counted))
            keeps = not below and _is_sound(place_id, counted_here, k)
            if not keeps:
                waiting.remove_late(place_id)
                for series, sums in _released(place_id, counted_here, k):
                    counts.setdefault(series, []).append(sums)
            tallies.remove(place_id, (EXACT,) if keeps else (EXACT, RELEASED))
            for series, parts in counts.items():
                by_day = add_up(parts)
                storing.save(series, "day", by_day)
                storing.save(series, "month", sum_by_month(by_day))
        yield done


def _is_sound(place_id: int, counted_here: Mapping[int, SumsByCommon], k: int) -> bool:
    """Return whether the released tallies of this place agree with its counts, in pieces of ``k`` or more."""
    stored = tallies.of_place(place_id)
    counted = {
        version_id: exact_sums(place_id, sums_by_common)
        for version_id, sums_by_common in counted_here.items()
    }
    differs = any(key.view != EXACT for key, _what in differences(counted, stored))
    return not differs and all(row.n >= k for row in stored if row.view == RELEASED)


def _released(
    place_id: int, counted_here: Mapping[int, SumsByCommon], k: int
) -> Iterator[tuple[SeriesKey, Sums]]:
    for version_id, counted in counted_here.items():
        version_release = release(counted, k)
        for part_id, sums in storing.sums_by_part(version_release).items():
            yield SeriesKey(version_id, RELEASED, part_id), spread(sums, {place_id: (place_id,)})
        for late in version_release.late:
            queue = Queue(place_id, late.employee_id, version_id)
            waiting.save_day_late(queue, late.common, late.day, late.month)
