"""Two versions of a questionnaire beside each other: what differs, what no longer counts together. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from survey.questionnaires.definition import Definition, Document, Item, Question
from survey.questionnaires.kinds import KINDS, HistogramColumn

KIND, SCALE, DIRECTION = "kind", "scale", "direction"
_SETTINGS = tuple(one.name for one in fields(Question) if one.name != "code")


@dataclass(frozen=True)
class ItemPair:
    """An item as it was and as it is; None where it is not there. ``differs``: the settings that do, by their
    names in the document. ``breaks``: why answers to the two do not count together, of KIND, SCALE and
    DIRECTION. ``moved``: it stands elsewhere among those that are in both."""

    code: str
    before: Item | None
    after: Item | None
    differs: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    moved: bool = False

    @property
    def item(self) -> Item:
        """As it is, or was where it is gone."""
        return self.after or self.before or {}

    @property
    def state(self) -> str:
        """ "added", "removed", "changed", "moved" (and nothing else) or "same"."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        return "changed" if self.differs else "moved" if self.moved else "same"


@dataclass(frozen=True)
class VersionComparison:
    """``pairs`` in the order of the later version; what was removed follows what it followed. ``weights``: of
    each dimension whose weight in the index differs, before and after (None where nothing counts in it).
    ``settings``: what of the questionnaire itself differs: "title", "languages", "shows_score"."""

    pairs: tuple[ItemPair, ...]
    weights: Mapping[str, tuple[float | None, float | None]]
    settings: tuple[str, ...]

    def of(self, state: str) -> list[ItemPair]:
        return [pair for pair in self.pairs if pair.state == state]

    @property
    def broken(self) -> list[ItemPair]:
        """The questions of which answers to the two versions do not count together."""
        return [pair for pair in self.pairs if pair.breaks]

    @property
    def is_same(self) -> bool:
        return not self.weights and not self.settings and all(pair.state == "same" for pair in self.pairs)


def compare(before: Document, after: Document) -> VersionComparison:
    """What ``after`` differs in from ``before``. Both may be drafts, with every item having a code."""
    was, now = ({item["code"]: item for item in one["questions"]} for one in (before, after))
    moved = _moved([code for code in was if code in now], list(now))
    pairs = tuple(_pair(code, was.get(code), now.get(code), code in moved) for code in _order(was, now))
    old, new = dimension_weights(before), dimension_weights(after)
    differing = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    return VersionComparison(
        pairs,
        {name: (old.get(name), new.get(name)) for name in differing},
        tuple(_settings(Definition.parse(before), Definition.parse(after))),
    )


def break_reasons(before: Question, after: Question) -> tuple[str, ...]:
    """Why answers to the two do not count together; () where they do, or where none are counted."""
    mine, theirs = _columns(before), _columns(after)
    if before.kind != after.kind:
        return (KIND,) if mine or theirs else ()
    both = mine.keys() & theirs.keys()
    another_scale = bool(mine) != bool(theirs) or any(mine[key].bins != theirs[key].bins for key in both)
    another_end = bool(mine) and before.best != after.best
    return (SCALE,) * another_scale + (DIRECTION,) * another_end


def dimension_weights(document: Document) -> dict[str, float]:
    """The weight in the index of each dimension that a question counts in, in the order of the questions."""
    given = document.get("weights", {})
    names = [item["dimension"] for item in document["questions"] if item.get("dimension")]
    return {name: given.get(name, 1) for name in dict.fromkeys(names)}


def _columns(question: Question) -> dict[str, HistogramColumn]:
    if question.kind not in KINDS:
        return {}  # a page
    return {column.key: column for column in KINDS[question.kind].columns(question)}


def _pair(code: str, before: Item | None, after: Item | None, moved: bool) -> ItemPair:
    if before is None or after is None:
        return ItemPair(code, before, after)
    was, now = Question.parse(before), Question.parse(after)
    differs = tuple(name for name in _SETTINGS if getattr(was, name) != getattr(now, name))
    return ItemPair(code, before, after, differs, break_reasons(was, now), moved)


def _order(was: Mapping[str, Item], now: Mapping[str, Item]) -> list[str]:
    followed: dict[str | None, list[str]] = {}
    last = None
    for code in was:
        if code in now:
            last = code
        else:
            followed.setdefault(last, []).append(code)
    found = followed.get(None, [])
    for code in now:
        found += [code, *followed.get(code, [])]
    return found


def _moved(was: Sequence[str], now: Sequence[str]) -> set[str]:
    """The fewest that, put elsewhere, make the one order of the other: all but a longest run of items that
    follow each other in both (patience sorting)."""
    place = {code: number for number, code in enumerate(now)}
    ends: list[int] = []  # the place at which the best run of each length ends
    best: list[str] = []
    came: dict[str, str | None] = {}
    for code in was:
        length = bisect_left(ends, place[code])
        came[code] = best[length - 1] if length else None
        ends[length : length + 1] = [place[code]]
        best[length : length + 1] = [code]
    stays, at = set(), best[-1] if best else None
    while at is not None:
        stays.add(at)
        at = came[at]
    return set(was) - stays


def _settings(before: Definition, after: Definition) -> Iterator[str]:
    for name in ("title", "languages", "shows_score"):
        if getattr(before, name) != getattr(after, name):
            yield name
