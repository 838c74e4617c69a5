"""Batches that hold fewer than may be shown become a part of their neighbours."""

from collections.abc import Sequence


def unite(sizes: Sequence[int], least: int) -> list[int]:
    """Return for each of a queue's batches, the oldest first, the position of that of which it becomes a
    part, its own where it stays: whole ones join the next until these hold ``least``, and what is left at
    the end joins the last of those. Where all together hold fewer, all join the last."""
    targets = list(range(len(sizes)))
    start, held = 0, 0
    whole: list[int] = []
    for at, size in enumerate(sizes):
        held += size
        if held >= least:
            targets[start : at + 1] = [at] * (at + 1 - start)
            whole.append(at)
            start, held = at + 1, 0
    if start < len(sizes):
        last = len(sizes) - 1
        first = next((at for at, target in enumerate(targets) if whole and target == whole[-1]), start)
        targets[first:] = [last] * (len(sizes) - first)
    return targets
