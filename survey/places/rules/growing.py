"""Check that the rows of a file, below the places that exist, form a tree. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.refusal import N_
from survey.tabular import Checked

from .naming import DEEPEST, LONGEST_CODE, TOO_DEEP
from .reading import Candidate, PlaceFile

BELOW_POINT = N_("%(code)s is a service point and cannot have units below it")


@dataclass(frozen=True)
class ExistingPlace:
    """A place that exists, as far as a file is concerned. ``levels`` counts it and its ancestors."""

    kind: str
    levels: int
    mine: bool
    retired: bool


@dataclass(frozen=True)
class CheckedTree(Checked[Candidate]):
    """A file of places whose rows were sorted; ``levels`` holds the good rows, parents in an earlier one."""

    levels: list[list[Candidate]] = field(default_factory=list)


def check(table: PlaceFile, known: Mapping[str, ExistingPlace], everywhere: bool) -> CheckedTree:
    """Sort the rows into good ones, by level, and bad ones, with all reasons.

    ``known`` holds at least the existing places whose codes the file mentions. With ``everywhere`` the
    user may change the whole organisation, not only the places that are ``mine``.
    """
    lines = defaultdict(list)
    for candidate in table.candidates:
        lines[candidate.code].append(candidate.line)
    for candidate in table.candidates:
        _check_code(table, candidate, known, lines[candidate.code])
        _check_parent(table, candidate, known, everywhere, candidate.parent in lines)
    levels = _grow(table, known, lines)
    rows = sorted((row for level in levels for row in level), key=lambda row: row.line)
    return CheckedTree(rows, sorted(table.problems, key=lambda problem: problem.line), levels)


def _check_code(
    table: PlaceFile, candidate: Candidate, known: Mapping[str, ExistingPlace], lines: list[int]
) -> None:
    if candidate.code in known:
        table.complain(candidate.line, "code", N_("%(code)s already exists"), code=candidate.code)
    others = [line for line in lines if line != candidate.line] if candidate.code else []
    if others:
        text = N_("%(code)s is also on line %(line)s")
        table.complain(candidate.line, "code", text, code=candidate.code, line=others[0])


def _check_parent(
    table: PlaceFile,
    candidate: Candidate,
    known: Mapping[str, ExistingPlace],
    everywhere: bool,
    in_file: bool,
) -> None:
    above = known.get(candidate.parent)
    reason = ""
    if (above is None and not candidate.parent and not everywhere) or (above is not None and not above.mine):
        reason = N_("%(code)s is outside your scope")
    elif above is None:
        reason = N_("%(code)s does not exist") if candidate.parent and not in_file else ""
    elif above.kind == "point":
        reason = BELOW_POINT
    elif above.retired:
        reason = N_("%(code)s is inactive")
    if reason:
        table.complain(
            candidate.line, "parent", reason, code=candidate.parent[:LONGEST_CODE] or candidate.code
        )


def _grow(
    table: PlaceFile, known: Mapping[str, ExistingPlace], lines: Mapping[str, list[int]]
) -> list[list[Candidate]]:
    """Return the good rows by level, from the top; report those without a good parent as problems."""
    bad = {problem.line for problem in table.problems}
    below: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in table.candidates:
        if candidate.line not in bad:
            below["" if candidate.parent in known else candidate.parent].append(candidate)
    depth = {code: place.levels for code, place in known.items()} | {"": 0}
    levels: list[list[Candidate]] = []
    level = below.pop("", [])
    while level:
        grown = [candidate for candidate in level if _fits(table, candidate, depth)]
        levels.append(grown)
        level = [child for candidate in grown for child in _children(table, candidate, below)]
    _complain_of_orphans(table, below, lines)
    return [level for level in levels if level]


def _fits(table: PlaceFile, candidate: Candidate, depth: dict[str, int]) -> bool:
    depth[candidate.code] = depth[candidate.parent] + 1
    if depth[candidate.code] > DEEPEST:
        table.complain(candidate.line, "parent", TOO_DEEP, levels=DEEPEST)
    return depth[candidate.code] <= DEEPEST


def _children(table: PlaceFile, candidate: Candidate, below: dict[str, list[Candidate]]) -> list[Candidate]:
    children = below.pop(candidate.code, [])
    if candidate.kind != "point":
        return children
    for child in children:
        table.complain(child.line, "parent", BELOW_POINT, code=candidate.code)
    return []


def _complain_of_orphans(
    table: PlaceFile, below: Mapping[str, list[Candidate]], lines: Mapping[str, list[int]]
) -> None:
    orphans = [candidate for children in below.values() for candidate in children]
    circular = _circular({candidate.code: candidate.parent for candidate in orphans})
    for candidate in orphans:
        if candidate.code in circular:
            table.complain(
                candidate.line, "parent", N_("%(code)s cannot be its own parent"), code=candidate.code
            )
        else:
            text = N_("the row of %(code)s on line %(line)s has errors")
            table.complain(
                candidate.line, "parent", text, code=candidate.parent, line=lines[candidate.parent][0]
            )


def _circular(parents: Mapping[str, str]) -> set[str]:
    """Return the codes that are their own ancestors."""
    circular: set[str] = set()
    seen: set[str] = set()
    for start in parents:
        way: list[str] = []
        code = start
        while code in parents and code not in seen:
            seen.add(code)
            way.append(code)
            code = parents[code]
        if code in way:
            circular.update(way[way.index(code) :])
    return circular
