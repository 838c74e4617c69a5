"""The audit log proved: recomputed from its first line, and compared with heads that were noted elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from .queries import lines, watching
from .rules.chain import START, Head, fault, head_from


@dataclass(frozen=True)
class Verdict:
    """``head`` is the last line that is in order. ``fault`` names the first thing that is not, "" nothing."""

    head: Head
    fault: str = ""


def verify(noted: Iterable[Head] = ()) -> Verdict:
    """Recomputes every line. ``noted`` are heads that must be among them; the one kept in the instance
    folder always must."""
    head = Head(0, START)
    for line, stored in lines.all_lines():
        if wrong := fault(head, line, stored):
            return Verdict(head, wrong)
        head = Head(line.number, stored)
    for one in (*noted, *_kept()):
        found = lines.digest_of(one.number) if one.number else START
        if found is None:
            return Verdict(
                head, f"line {one.number} is missing: the log was cut off after line {head.number}"
            )
        if found != one.digest:
            return Verdict(head, f"line {one.number} is not the one that was noted: the log was written anew")
    watching.keep_head(head)
    return Verdict(head)


def _kept() -> list[Head]:
    kept = watching.kept_head()
    return [head_from(kept)] if kept is not None else []
