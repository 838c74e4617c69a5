"""The use case "rebuild": every tally is counted again from the responses that were counted."""

from collections.abc import Iterator

from survey import settings
from survey.places import queries as places
from survey.transaction import transaction

from . import adding
from .folding import Counter
from .queries import tallies, waiting
from .queries.waiting import Queue
from .rules.sums import Sums, by_month, spread, together


def rebuild() -> Iterator[int]:
    """Recounts one place after another, each after all below it, and yields how many are done.

    Each is one transaction, so that answers can be handed in meanwhile, and a place's count is what was
    answered there and the counts of the places right below it. What waits goes on waiting; what was counted
    and is too little to be shown (k was raised since) waits again.
    """
    k = settings.current().minimum_group
    for done, (place_id, _parent) in enumerate(places.ids_bottom_up(), 1):
        with transaction():
            waiting.lock()
            waiting.send_back(place_id, k)
            waiting.forget_late(place_id)
            counts: dict[adding.By, list[Sums]] = {}
            for version_id, sums in own(place_id).items():
                alone = {place_id: (place_id,)}
                counts.setdefault((version_id, "exact"), []).append(spread(sums, alone))
                release = adding.release(sums, k)
                counts.setdefault((version_id, "released"), []).append(spread(release.shown, alone))
                for (_place, employee_id, day), month in release.late:
                    waiting.keep_day_late(Queue(place_id, employee_id, version_id), day, month)
            for by, sums in adding.counts_at(place_id, tallies.of_children(place_id)).items():
                counts.setdefault(by, []).append(sums)
            tallies.remove(place_id)
            for (version_id, view), parts in counts.items():
                by_day = together(parts)
                adding.save(version_id, view, "day", by_day)
                adding.save(version_id, view, "month", by_month(by_day))
        yield done


def own(place_id: int) -> dict[int, Sums]:
    """By version, the responses given at this very place that were counted, by employee and day."""
    counter = Counter()
    for page in waiting.counted_already(place_id):
        counter.count(page)
    return dict(counter.sums())
