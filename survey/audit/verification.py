"""Verify the audit log: recompute it from its first line, and compare it with heads that were noted
elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from .queries import lines, watching
from .rules.chain import START, Head, fault, head_from


@dataclass(frozen=True)
class Verdict:
    """The result of a verification: ``head`` is the last line in order, ``fault`` describes the first line
    that is not ("" when all are)."""

    head: Head
    fault: str = ""


def verify(known_heads: Iterable[Head] = ()) -> Verdict:
    """Recompute every line; return the verdict, and note the head when all are in order.

    ``known_heads`` must be among the lines, and so must the head in the instance folder.
    """
    head = Head(0, START)
    for line, stored in lines.all_lines():
        if wrong := fault(head, line, stored):
            return Verdict(head, wrong)
        head = Head(line.number, stored)
    for known in (*known_heads, *_kept()):
        digest = lines.digest_of(known.number) if known.number else START
        if digest is None:
            return Verdict(
                head, f"line {known.number} is missing: the log was cut off after line {head.number}"
            )
        if digest != known.digest:
            return Verdict(
                head, f"line {known.number} is not the one that was noted: the log was written anew"
            )
    watching.keep_head(head)
    return Verdict(head)


def _kept() -> list[Head]:
    kept = watching.kept_head()
    return [head_from(kept)] if kept is not None else []
