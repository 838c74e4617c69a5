"""Looking through very many responses a random part at a time: parts by their random ids, which together are
all of them."""

from dataclasses import dataclass

WHOLE = 1 << 128
"""There are so many ids."""


@dataclass(frozen=True)
class Sample:
    """Part ``number``, 1 to ``parts``, of ``answers`` responses; ``parts`` is a power of 2. The same part is
    always the same responses."""

    answers: int
    parts: int
    number: int

    @property
    def looked_at(self) -> int:
        """About how many these are; exactly, where they are all."""
        return round(self.answers / self.parts)

    @property
    def ids(self) -> tuple[int, int]:
        """The first and the last id, as numbers of 128 bits."""
        size = WHOLE // self.parts
        return (self.number - 1) * size, self.number * size - 1

    def holds(self, k: int, n: int) -> bool:
        """Return whether about ``k`` or more of a group of ``n`` responses are in the part."""
        return n >= k * self.parts


def sample(answers: int, passed: int, most: int, most_passed: int, number: int) -> Sample:
    """Return the part with this ``number``, or the nearest there is, of as few parts as can be: each of
    ``most`` of the ``answers``, and of ``most_passed`` of those ``passed`` on the way."""
    parts = 1
    while answers > most * parts or passed > most_passed * parts:
        parts *= 2
    return Sample(answers, parts, min(max(number, 1), parts))
