"""A condition as groups of rows: "all of these hold: …", "none of these holds: …".

Several groups are joined as the rows of one are. What is nested deeper or has more groups, which only a file
can bring, is kept as it is, and shown in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from survey.questionnaires.definition import Document

from .comparison_form import ComparisonRow, Lookups, comparison, row, stored, typed

ConditionPart = Mapping[str, Any]

MOST_ROWS = 50
MOST_GROUPS = 10
JOINS = {"all": ("all", False), "any": ("any", False), "not_all": ("all", True), "none": ("any", True)}
"""How rows or groups are joined: by what, and whether it must not hold."""


@dataclass(frozen=True)
class Group:
    join: str = "all"
    rows: Sequence[ComparisonRow] = ()


@dataclass(frozen=True)
class Groups:
    """``kept``: a condition that groups cannot show."""

    join: str = "all"
    groups: Sequence[Group] = field(default_factory=lambda: [Group()])
    kept: ConditionPart | None = None

    @property
    def is_begun(self) -> bool:
        return any(row.on for group in self.groups for row in group.rows)


def groups_of(show: ConditionPart | None, document: Document) -> Groups:
    """A stored condition as groups."""
    if not show:
        return padded(Groups(), document)
    join, parts = _opened(show)
    if all(_is_comparison(part) for part in parts):
        return padded(Groups(groups=[_group(join, parts, document)]), document)
    groups: list[Group] = []
    single: list[ConditionPart] = []
    for part in parts:
        own, inner = _opened(part)
        if not all(_is_comparison(one) for one in inner):
            return Groups(kept=show)
        if _is_comparison(part):  # those that follow each other are one group
            groups = groups[: len(groups) - bool(single)]
            single.append(part)
            groups.append(_group(JOINS[join][0], single, document))
        else:
            single = []
            groups.append(_group(own, inner, document))
    if len(groups) > MOST_GROUPS:
        return Groups(kept=show)
    if len(groups) == 1 and JOINS[join][1]:
        return Groups(kept=show)  # the form asks how groups are joined only where there are several
    return padded(Groups(join, groups), document)


def read(form: MultiDict[str, str], document: Document, before: ConditionPart | None) -> Groups:
    """The groups as they were sent."""
    if form.get("show.kept") and not form.get("show.drop"):
        return Groups(kept=before)
    groups = []
    for number in range(MOST_GROUPS):
        name = f"show.{number}"
        names = (f"{name}.{place}" for place in range(MOST_ROWS))
        rows = [typed(form, one, document) for one in names if f"{one}.on" in form]
        if rows:
            groups.append(Group(_join(form.get(f"{name}.join")), rows))
    return Groups(_join(form.get("show.join")), groups or [Group()])


def padded(groups: Groups, document: Document, grown: int | None = None, further: bool = False) -> Groups:
    """With a blank row to fill in in each group, another in group ``grown``, or a ``further`` group."""
    blank = row("", "", [], document)
    found = []
    for number, group in enumerate(groups.groups):
        full = all(one.on for one in group.rows) or number == grown
        found.append(replace(group, rows=[*group.rows, *[blank] * full][:MOST_ROWS]))
    if further and len(found) < MOST_GROUPS:
        found.append(Group(rows=[blank]))
    return replace(groups, groups=found)


def condition(groups: Groups, document: Document, lookups: Lookups) -> ConditionPart | None:
    """What the groups say; None for nothing. Raises ValueError with words for whoever typed them.

    ``lookups`` find the codes that a comparison may name.
    """
    if groups.kept:
        return groups.kept
    made: list[tuple[str, list[ConditionPart]]] = [
        (group.join, [comparison(one, document, lookups) for one in group.rows if one.on])
        for group in groups.groups
    ]
    made = [(join, parts) for join, parts in made if parts]
    if not made:
        return None
    if len(made) == 1 and not JOINS[groups.join][1]:
        return _joined(*made[0])
    return _joined(groups.join, list(_flat(made, JOINS[groups.join][0])))


def _flat(made: Sequence[tuple[str, list[ConditionPart]]], among: str) -> Iterator[ConditionPart]:
    """The parts of what is joined by ``among``: a group that is joined so itself needs no brackets."""
    for join, parts in made:
        if join == among or (len(parts) == 1 and not JOINS[join][1]):
            yield from parts
        else:
            yield _joined(join, parts)


def _joined(join: str, parts: list[ConditionPart]) -> ConditionPart:
    by, is_not = JOINS[join]
    return {"not": {by: parts}} if is_not else {by: parts}


def _opened(show: ConditionPart) -> tuple[str, Sequence[ConditionPart]]:
    """How its parts are joined, and they."""
    inner, is_not = (show["not"], True) if "not" in show else (show, False)
    by = next((by for by in ("all", "any") if by in inner), "")
    join = next(name for name, how in JOINS.items() if how == (by or ("any" if is_not else "all"), is_not))
    return join, inner[by] if by else [inner]


def _is_comparison(part: ConditionPart) -> bool:
    return "question" in part or "context" in part


def _group(join: str, parts: Sequence[ConditionPart], document: Document) -> Group:
    return Group(join, [stored(part, document) for part in parts])


def _join(sent: str | None) -> str:
    return sent if sent in JOINS else "all"
