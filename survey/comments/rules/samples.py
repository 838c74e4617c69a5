"""Random samples of very many responses: parts by their random ids, which together are all responses."""

from dataclasses import dataclass

WHOLE = 1 << 128
"""The number of possible ids, of 128 bits."""


@dataclass(frozen=True)
class Sample:
    """A sample of ``answers`` responses: the part ``number``, 1 to ``parts``, a power of 2. The same part
    always has the same responses."""

    answers: int
    parts: int
    number: int

    @property
    def size(self) -> int:
        """Return the approximate number of responses in the sample; it is exact for a single part."""
        return round(self.answers / self.parts)

    @property
    def ids(self) -> tuple[int, int]:
        """Return the first and the last id, as integers of 128 bits."""
        step = WHOLE // self.parts
        return (self.number - 1) * step, self.number * step - 1

    def holds(self, k: int, n: int) -> bool:
        """Return whether about ``k`` responses or more of a group of ``n`` are in the sample."""
        return n >= k * self.parts


def choose_sample(answers: int, scanned: int, most: int, most_scanned: int, number: int) -> Sample:
    """Return the part with this ``number``, or the nearest existing one, of as few parts as possible: each
    has at most about ``most`` of the ``answers`` and scans at most about ``most_scanned`` of the ``scanned``
    responses."""
    parts = 1
    while answers > most * parts or scanned > most_scanned * parts:
        parts *= 2
    return Sample(answers, parts, min(max(number, 1), parts))
