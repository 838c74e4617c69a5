"""The weights of a scheme, computed from the number of respondents of each stratum, never from their
answers."""

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
from .rules.margins import RakedWeights, rake_to_totals
from .strata import Bucket, BucketOf, StratumKey

MOST = 10.0  # times the mean weight, to which greater weights are cut

ByBucket = Mapping[Bucket, RakedWeights | None]
WeightsKey = tuple[tuple[int, ...], Period, str, BucketOf]


@dataclass
class Raking:
    """The raking of a scheme, with a cache of its weights. They are None where the totals contradict the
    answers of a period or month."""

    scheme: Scheme
    _cache: dict[WeightsKey, ByBucket] = field(default_factory=dict)

    def weights(self, selection: Selection, bucket_of: BucketOf) -> ByBucket:
        """Return the weights of all answers of the period with the care that is asked for, by bucket."""
        if selection.is_empty:
            return {}
        key = _key_of(selection, bucket_of)
        if key not in self._cache:
            part_ids = self.part_ids(Common("", "", selection.only.care))
            rows = tallies.respondent_numbers(selection.version_ids, selection.period.spans(), part_ids)
            self._rake(
                key, ((place_id, part_id, bucket_of(start), n) for place_id, part_id, start, n in rows)
            )
        return self._cache[key]

    def take_counts(
        self, selection: Selection, bucket_of: BucketOf, counts: Iterable[tuple[StratumKey, int]]
    ) -> None:
        """Compute weights() from counts that were read already: the number of respondents of each stratum of
        all service points. This saves a statement."""
        key = _key_of(selection, bucket_of)
        if key not in self._cache:
            self._rake(
                key,
                ((place_id, part_id, bucket, n) for ((place_id, _employee), part_id, bucket), n in counts),
            )

    def weights_of(self, keys: Sequence[StratumKey], weights: ByBucket) -> list[float]:
        """Return, for each of these strata, the weight of each respondent; 1 where there are no weights."""
        equal: Mapping[Stratum, float] = {}
        respondent_weights: list[float] = []
        for bucket, bucket_keys in groupby(keys, key=itemgetter(2)):
            bucket_weights = weights.get(bucket)
            by_stratum, strata = bucket_weights.weights.by_stratum if bucket_weights else equal, self._strata
            respondent_weights += [
                by_stratum.get(strata[place_id, part_id], 1.0) for (place_id, _), part_id, _ in bucket_keys
            ]
        return respondent_weights

    def part_ids(self, only: Common) -> list[int]:
        """Return the ids of the parts to read: all that match where weights differ among them, else as few as
        possible."""
        if self.scheme.attributes == [PLACE]:
            return parts.ids_matching(only)
        return [part_id for common, part_id in parts.all_ids().items() if only.matches(common)]

    def months_contradicted(self) -> int:
        """Return in how many of the months weighted so far the totals contradict the answers."""
        entries = (entry for by_bucket in self._cache.values() for entry in by_bucket.items())
        return sum(weights is None for bucket, weights in entries if bucket is not None)

    def _rake(self, key: WeightsKey, rows: Iterable[tuple[int, int, Bucket, int]]) -> None:
        """Cache the weights of each bucket; ``rows`` are (place_id, part_id, bucket, n)."""
        counts: dict[Bucket, dict[Stratum, int]] = defaultdict(lambda: defaultdict(int))
        for place_id, part_id, bucket, n in rows:
            counts[bucket][self._strata[place_id, part_id]] += n
        known = [self.scheme.totals[name] for name in self.scheme.attributes]
        self._cache[key] = {bucket: _rake_or_none(by_stratum, known) for bucket, by_stratum in counts.items()}

    @cached_property
    def _strata(self) -> "_StratumNames":
        return _StratumNames(
            self.scheme.attributes, {part_id: common for common, part_id in parts.all_ids().items()}
        )


class _StratumNames(dict[tuple[int, int], Stratum]):
    """A cache of the stratum to which a place and a part belong, by their ids."""

    def __init__(self, attributes: Sequence[str], commons: Mapping[int, Common]) -> None:
        super().__init__()
        self._attributes, self._commons = attributes, commons

    def __missing__(self, key: tuple[int, int]) -> Stratum:
        place_id, part_id = key
        common = self._commons.get(part_id, EVERYBODY)
        values = {"place": str(place_id), "channel": common.channel, "language": common.language}
        self[key] = stratum = tuple(values[name] for name in self._attributes)
        return stratum


def _rake_or_none(counts: Mapping[Stratum, int], known: Sequence[Mapping[str, float]]) -> RakedWeights | None:
    """Return the raked weights, or None where the totals contradict the answers or nobody answered."""
    try:
        return rake_to_totals(counts, known, MOST)
    except ValueError:
        return None


def _key_of(selection: Selection, bucket_of: BucketOf) -> WeightsKey:
    """Return the cache key of a selection, of which weights depend on versions, period and care only."""
    return selection.version_ids, selection.period, selection.only.care, bucket_of
