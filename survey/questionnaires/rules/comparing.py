"""A comparison of two versions of a questionnaire: differences, and answers that no longer pool. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from survey.questionnaires.definition import Definition, Document, Item, Question
from survey.questionnaires.kinds import KINDS, HistogramColumn

KIND, SCALE, DIRECTION = "kind", "scale", "direction"
_SETTINGS = tuple(attribute.name for attribute in fields(Question) if attribute.name != "code")


@dataclass(frozen=True)
class ItemPair:
    """An item of the earlier and of the later version; None where a version does not have it.

    ``differs`` are the settings that differ, by their names in the document. ``breaks`` are the reasons why
    answers to the two do not pool: KIND, SCALE, DIRECTION. ``moved``: its position among the items of both
    versions changed.
    """

    code: str
    before: Item | None
    after: Item | None
    differs: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    moved: bool = False

    @property
    def item(self) -> Item:
        """Return the later item, or the earlier one if it was removed."""
        return self.after or self.before or {}

    @property
    def state(self) -> str:
        """Return "added", "removed", "changed", "moved" (without another change) or "same"."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        return "changed" if self.differs else "moved" if self.moved else "same"


@dataclass(frozen=True)
class VersionComparison:
    """The differences between two versions.

    ``pairs`` are in the order of the later version; a removed item follows the one that it followed before.
    ``weights`` are those of each dimension whose weight in the index differs, before and after (None where no
    question counts in it). ``settings`` are those of the questionnaire that differ: "title", "languages",
    "shows_score".
    """

    pairs: tuple[ItemPair, ...]
    weights: Mapping[str, tuple[float | None, float | None]]
    settings: tuple[str, ...]

    def of(self, state: str) -> list[ItemPair]:
        """Return the pairs in this state (see ItemPair.state)."""
        return [pair for pair in self.pairs if pair.state == state]

    @property
    def broken(self) -> list[ItemPair]:
        """Return the questions whose answers to the two versions do not pool."""
        return [pair for pair in self.pairs if pair.breaks]

    @property
    def is_same(self) -> bool:
        return not self.weights and not self.settings and all(pair.state == "same" for pair in self.pairs)


def compare(before: Document, after: Document) -> VersionComparison:
    """Return the differences between two documents. Both may be drafts, but every item needs a code."""
    items_before, items_after = (
        {item["code"]: item for item in document["questions"]} for document in (before, after)
    )
    moved = _moved_codes([code for code in items_before if code in items_after], list(items_after))
    pairs = tuple(
        _make_pair(code, items_before.get(code), items_after.get(code), code in moved)
        for code in _order_codes(items_before, items_after)
    )
    weights_before, weights_after = dimension_weights(before), dimension_weights(after)
    differing = [
        name
        for name in {**weights_after, **weights_before}
        if weights_before.get(name) != weights_after.get(name)
    ]
    return VersionComparison(
        pairs,
        {name: (weights_before.get(name), weights_after.get(name)) for name in differing},
        tuple(_differing_settings(Definition.parse(before), Definition.parse(after))),
    )


def break_reasons(before: Question, after: Question) -> tuple[str, ...]:
    """Return why answers to the two do not pool; () where they do, or where none are counted."""
    columns_before, columns_after = _columns(before), _columns(after)
    if before.kind != after.kind:
        return (KIND,) if columns_before or columns_after else ()
    common = columns_before.keys() & columns_after.keys()
    scale_differs = bool(columns_before) != bool(columns_after) or any(
        columns_before[key].bins != columns_after[key].bins for key in common
    )
    direction_differs = bool(columns_before) and before.best != after.best
    return (SCALE,) * scale_differs + (DIRECTION,) * direction_differs


def dimension_weights(document: Document) -> dict[str, float]:
    """Return the weight in the index of each dimension with questions, in the order of the questions."""
    weights = document.get("weights", {})
    names = [item["dimension"] for item in document["questions"] if item.get("dimension")]
    return {name: weights.get(name, 1) for name in dict.fromkeys(names)}


def _columns(question: Question) -> dict[str, HistogramColumn]:
    if question.kind not in KINDS:
        return {}  # a page
    return {column.key: column for column in KINDS[question.kind].columns(question)}


def _make_pair(code: str, before: Item | None, after: Item | None, moved: bool) -> ItemPair:
    if before is None or after is None:
        return ItemPair(code, before, after)
    was, now = Question.parse(before), Question.parse(after)
    differs = tuple(name for name in _SETTINGS if getattr(was, name) != getattr(now, name))
    return ItemPair(code, before, after, differs, break_reasons(was, now), moved)


def _order_codes(was: Mapping[str, Item], now: Mapping[str, Item]) -> list[str]:
    removed_after: dict[str | None, list[str]] = {}
    last = None
    for code in was:
        if code in now:
            last = code
        else:
            removed_after.setdefault(last, []).append(code)
    codes = removed_after.get(None, [])
    for code in now:
        codes += [code, *removed_after.get(code, [])]
    return codes


def _moved_codes(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """Return the fewest codes that, moved, turn one order into the other.

    These are all but a longest subsequence of both orders, found by patience sorting.
    """
    place = {code: number for number, code in enumerate(now)}
    ends: list[int] = []  # the place at which the best subsequence of each length ends
    best: list[str] = []
    came_from: dict[str, str | None] = {}
    for code in was:
        length = bisect_left(ends, place[code])
        came_from[code] = best[length - 1] if length else None
        ends[length : length + 1] = [place[code]]
        best[length : length + 1] = [code]
    unmoved, last = set(), best[-1] if best else None
    while last is not None:
        unmoved.add(last)
        last = came_from[last]
    return set(was) - unmoved


def _differing_settings(before: Definition, after: Definition) -> Iterator[str]:
    for name in ("title", "languages", "shows_score"):
        if getattr(before, name) != getattr(after, name):
            yield name
