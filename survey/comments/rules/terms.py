"""The frequent terms of customers' comments, found without a dictionary.

English words are counted as they are. Chinese does not separate words: a run of two to four characters counts
as a word when the characters before and after it vary (the entropy of its neighbours), and when it is not
merely a part of a longer such run. H. Feng et al., Computational Linguistics 30 (2004) 75–93 (accessor
variety).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

LONGEST = 4  # characters of a Chinese term
ENTROPY = 0.9  # nats, of the neighbours on either side
END = ""
PART = 0.8  # share of the texts with a run, above which a longer run that contains it replaces it
ENGLISH = re.compile(r"[a-z][a-z'’-]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# These characters join words rather than form them, and these words have no meaning by themselves.
JOINING = frozenset(
    "的了是我你他她它们在有和与就也都还很太不没这那个一着过吧吗呢啊把被给对从到而且但又再会能要让为去来上下"
)
WORDS = (
    "about after all also and any are because been before but can could did does don't for from get got "
    "had has have her his how i'm into it's its just more most not now off one only other our out over "
    "she should some such than that the their them then there they this too very was were what when "
    "where which who why will with would you your "
)
STOP = frozenset(re.findall(r"\S+", WORDS))


class Term(NamedTuple):
    """A term and the number ``n`` of texts that use it."""

    text: str
    n: int


def frequent(texts: Sequence[str], least: int, most: int = 10) -> list[Term]:
    """Return the terms used by the most ``texts``, at most ``most`` of them, each used by ``least`` texts or
    more; terms of equal frequency are in alphabetical order."""
    lowered = [text.lower() for text in texts]
    english = Counter(word for text in lowered for word in set(ENGLISH.findall(text)) - STOP)
    counts = {word: n for word, n in english.items() if n >= least} | _chinese(lowered, least)
    return [Term(*term) for term in sorted(counts.items(), key=lambda term: (-term[1], term[0]))[:most]]


def _chinese(texts: Sequence[str], least: int) -> dict[str, int]:
    """Return the Chinese words used by ``least`` texts or more, and by how many."""
    used: Counter[str] = Counter()
    for text in texts:
        used.update({run for part in CHINESE.findall(text) for run in _runs(part)})
    candidates = {run: n for run, n in used.items() if n >= least}
    before, after = _neighbours(texts, candidates)
    words = {
        run: n
        for run, n in candidates.items()
        if not {run[0], run[-1]} & JOINING and min(_entropy(before[run]), _entropy(after[run])) >= ENTROPY
    }
    return {
        run: n
        for run, n in words.items()
        if not any(run in longer and run != longer and m >= PART * n for longer, m in words.items())
    }


def _runs(part: str) -> Iterable[str]:
    """Return all runs of two to LONGEST characters of a clause."""
    return (part[i : i + size] for size in range(2, LONGEST + 1) for i in range(len(part) - size + 1))


def _neighbours(
    texts: Sequence[str], runs: Mapping[str, int]
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return how often each character occurs before and after each run; END stands for the ends of
    clauses."""
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    parts = Counter(part for text in texts for part in CHINESE.findall(text))
    for part, times in parts.items():
        length = len(part)
        for size in range(2, LONGEST + 1):
            for i in range(length - size + 1):
                run = part[i : i + size]
                if run in runs:
                    before[run][part[i - 1] if i else END] += times
                    after[run][part[i + size] if i + size < length else END] += times
    return before, after


def _entropy(counts: Counter[str]) -> float:
    """Return the entropy of the neighbours, in nats; each end of a clause counts as a different neighbour."""
    total = counts.total()
    if not total:
        return 0.0
    within_clauses = -sum(
        n / total * math.log(n / total) for neighbour, n in counts.items() if neighbour != END
    )
    return within_clauses + counts[END] / total * math.log(total)
