"""A condition as groups of rows: "all of these hold: …", "none of these holds: …".

Several groups are joined in the same way as the rows of a group. A condition that is nested deeper or has
more groups, which only an imported file can have, is kept as it is, and shown in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from survey.questionnaires.definition import Document

from .comparison_form import ComparisonRow, Lookups, comparison, comparison_row, stored_row, typed_row

ConditionPart = Mapping[str, Any]

MOST_ROWS = 50
MOST_GROUPS = 10
JOINS = {"all": ("all", False), "any": ("any", False), "not_all": ("all", True), "none": ("any", True)}
"""The ways to join rows or groups: the operator of the document, and whether the result is negated."""


@dataclass(frozen=True)
class Group:
    """Rows that are joined by ``join``, a key of JOINS."""

    join: str = "all"
    rows: Sequence[ComparisonRow] = ()


@dataclass(frozen=True)
class Groups:
    """The groups of a condition, joined by ``join``. ``kept`` is a condition that groups cannot show."""

    join: str = "all"
    groups: Sequence[Group] = field(default_factory=lambda: [Group()])
    kept: ConditionPart | None = None

    @property
    def is_begun(self) -> bool:
        return any(row.on for group in self.groups for row in group.rows)


def groups_of(show: ConditionPart | None, document: Document) -> Groups:
    """Return a stored condition as groups."""
    if not show:
        return pad(Groups(), document)
    join, parts = _open(show)
    if all(_is_comparison(part) for part in parts):
        return pad(Groups(groups=[_group(join, parts, document)]), document)
    groups: list[Group] = []
    single: list[ConditionPart] = []
    for part in parts:
        own, inner = _open(part)
        if not all(_is_comparison(inner_part) for inner_part in inner):
            return Groups(kept=show)
        if _is_comparison(part):  # comparisons that follow each other become one group
            groups = groups[: len(groups) - bool(single)]
            single.append(part)
            groups.append(_group(JOINS[join][0], single, document))
        else:
            single = []
            groups.append(_group(own, inner, document))
    if len(groups) > MOST_GROUPS:
        return Groups(kept=show)
    if len(groups) == 1 and JOINS[join][1]:
        return Groups(kept=show)  # the form shows how groups are joined only where there are several
    return pad(Groups(join, groups), document)


def read_groups(form: MultiDict[str, str], document: Document, before: ConditionPart | None) -> Groups:
    """Return the groups as they were sent; ``before`` is the stored condition, which the form may keep."""
    if form.get("show.kept") and not form.get("show.drop"):
        return Groups(kept=before)
    groups = []
    for number in range(MOST_GROUPS):
        name = f"show.{number}"
        names = (f"{name}.{place}" for place in range(MOST_ROWS))
        typed_rows = [typed_row(form, row_name, document) for row_name in names if f"{row_name}.on" in form]
        if typed_rows:
            groups.append(Group(_valid_join(form.get(f"{name}.join")), typed_rows))
    return Groups(_valid_join(form.get("show.join")), groups or [Group()])


def pad(groups: Groups, document: Document, grown: int | None = None, further: bool = False) -> Groups:
    """Return the groups with a blank row in each group that has none.

    Group number ``grown`` gets a blank row in any case; with ``further``, another group is added.
    """
    blank = comparison_row("", "", [], document)
    padded_groups = []
    for number, group in enumerate(groups.groups):
        full = all(row.on for row in group.rows) or number == grown
        padded_groups.append(replace(group, rows=[*group.rows, *[blank] * full][:MOST_ROWS]))
    if further and len(padded_groups) < MOST_GROUPS:
        padded_groups.append(Group(rows=[blank]))
    return replace(groups, groups=padded_groups)


def condition(groups: Groups, document: Document, lookups: Lookups) -> ConditionPart | None:
    """Return the groups as a condition of a document; None when they are empty.

    Raise ValueError with a message for the user. ``lookups`` find the codes that a comparison may name.
    """
    if groups.kept:
        return groups.kept
    joined: list[tuple[str, list[ConditionPart]]] = [
        (group.join, [comparison(row, document, lookups) for row in group.rows if row.on])
        for group in groups.groups
    ]
    joined = [(join, parts) for join, parts in joined if parts]
    if not joined:
        return None
    if len(joined) == 1 and not JOINS[groups.join][1]:
        return _join_parts(*joined[0])
    return _join_parts(groups.join, list(_flatten(joined, JOINS[groups.join][0])))


def _flatten(joined: Sequence[tuple[str, list[ConditionPart]]], among: str) -> Iterator[ConditionPart]:
    """Yield the parts of a condition whose groups are joined by ``among``.

    The rows of a group that is joined by the same operator are yielded singly: they need no brackets.
    """
    for join, parts in joined:
        if join == among or (len(parts) == 1 and not JOINS[join][1]):
            yield from parts
        else:
            yield _join_parts(join, parts)


def _join_parts(join: str, parts: list[ConditionPart]) -> ConditionPart:
    by, is_not = JOINS[join]
    return {"not": {by: parts}} if is_not else {by: parts}


def _open(show: ConditionPart) -> tuple[str, Sequence[ConditionPart]]:
    """Return the key of JOINS by which the parts of ``show`` are joined, and the parts."""
    inner, is_not = (show["not"], True) if "not" in show else (show, False)
    by = next((by for by in ("all", "any") if by in inner), "")
    join = next(name for name, how in JOINS.items() if how == (by or ("any" if is_not else "all"), is_not))
    return join, inner[by] if by else [inner]


def _is_comparison(part: ConditionPart) -> bool:
    return "question" in part or "context" in part


def _group(join: str, parts: Sequence[ConditionPart], document: Document) -> Group:
    return Group(join, [stored_row(part, document) for part in parts])


def _valid_join(sent: str | None) -> str:
    return sent if sent in JOINS else "all"
