"""The weights of a scheme: made of how many answered in each stratum, never of the answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from survey.periods import Period
from survey.statistics.raking import Stratum
from survey.tallies.queries import parts, tallies
from survey.tallies.rules.parts import EVERYBODY, Common
from survey.tallies.selection import Selection

from .population_totals import Scheme
from .rules.files import PLACE
from .rules.margins import Raked, raked
from .strata import Bucket, Of, StratumKey

MOST = 10.0  # times the mean weight; greater ones are cut

ByBucket = Mapping[Bucket, Raked | None]
WeightsKey = tuple[tuple[int, ...], Period, str, Of]


@dataclass
class Raking:
    """Remembers what it made. None where the totals contradict the answers of a period or month."""

    scheme: Scheme
    _made: dict[WeightsKey, ByBucket] = field(default_factory=dict)

    def weights(self, selection: Selection, of: Of) -> ByBucket:
        """Return the weights of all answers of the period with the care that is asked for, by bucket."""
        if selection.is_empty:
            return {}
        asked = _asked(selection, of)
        if asked not in self._made:
            part_ids = self.part_ids(Common("", "", selection.only.care))
            rows = tallies.numbers(selection.version_ids, selection.period.spans(), part_ids)
            self._make(asked, ((place_id, part_id, of(start), n) for place_id, part_id, start, n in rows))
        return self._made[asked]

    def count(self, selection: Selection, of: Of, held: Iterable[tuple[StratumKey, int]]) -> None:
        """Make weights() of what was read anyway: how many answered in the strata of all service points."""
        asked = _asked(selection, of)
        if asked not in self._made:
            self._make(
                asked, ((place_id, part_id, at, n) for ((place_id, _employee), part_id, at), n in held)
            )

    def each(self, keys: Sequence[StratumKey], weights: ByBucket) -> list[float]:
        """Return the weight of each respondent of these strata."""
        alike: Mapping[Stratum, float] = {}
        found: list[float] = []
        for bucket, those in groupby(keys, key=itemgetter(2)):
            made = weights.get(bucket)
            by_stratum, names = made.weights.by_stratum if made else alike, self._names
            found += [by_stratum.get(names[place_id, part_id], 1.0) for (place_id, _), part_id, _ in those]
        return found

    def part_ids(self, only: Common) -> list[int]:
        """Return the parts that are read: all that match where weights differ among them, else as few as can
        be."""
        if self.scheme.attributes == [PLACE]:
            return parts.holding(only)
        return [part_id for common, part_id in parts.known().items() if only.matches(common)]

    def months_contradicted(self) -> int:
        """Return in how many of the months that were looked at the totals contradict the answers."""
        made = (one for found in self._made.values() for one in found.items())
        return sum(weights is None for bucket, weights in made if bucket is not None)

    def _make(self, asked: WeightsKey, held: Iterable[tuple[int, int, Bucket, int]]) -> None:
        counts: dict[Bucket, dict[Stratum, int]] = defaultdict(lambda: defaultdict(int))
        for place_id, part_id, bucket, n in held:
            counts[bucket][self._names[place_id, part_id]] += n
        known = [self.scheme.totals[name] for name in self.scheme.attributes]
        self._made[asked] = {bucket: _raked(those, known) for bucket, those in counts.items()}

    @cached_property
    def _names(self) -> "_Names":
        return _Names(self.scheme.attributes, {part_id: one for one, part_id in parts.known().items()})


class _Names(dict[tuple[int, int], Stratum]):
    """The stratum that a place and a part belong to, named once."""

    def __init__(self, attributes: Sequence[str], commons: Mapping[int, Common]) -> None:
        super().__init__()
        self._attributes, self._commons = attributes, commons

    def __missing__(self, key: tuple[int, int]) -> Stratum:
        place_id, part_id = key
        common = self._commons.get(part_id, EVERYBODY)
        values = {"place": str(place_id), "channel": common.channel, "language": common.language}
        self[key] = found = tuple(values[name] for name in self._attributes)
        return found


def _raked(counts: Mapping[Stratum, int], known: Sequence[Mapping[str, float]]) -> Raked | None:
    try:
        return raked(counts, known, MOST)
    except ValueError:
        return None


def _asked(selection: Selection, of: Of) -> WeightsKey:
    return selection.version_ids, selection.period, selection.only.care, of
