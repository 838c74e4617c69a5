"""Walks over a schema by its data classes. Each function returns the faults it finds, in words."""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Column, DateTime, MetaData, Table, Time

from survey.confidentiality import CLASSES, COMMON, KNOWINGLY, UNKEYED, DataClass, Side

Classes = Mapping[str, DataClass]

# An answer's columns are not named for a person, nor a person's for an answer.
FORBIDDEN = {
    Side.ANSWER: re.compile("claim|wallet|customer|phone|invitation|openid|address|email|ip|agent|staff"),
    Side.PERSON: re.compile("response|submission|place|employee|link|answer"),
}
NAMES_A_PERSON = re.compile("claim|wallet|customer|phone|invitation|openid|contact|redemption|transfer")
NAMES_AN_ANSWER = re.compile("response|submission|answer")
CLOCK = re.compile("_at$|time|created")


def unclassified(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """Tables without a class, with two, and classified ones that do not exist."""
    listed = [table for data_class in classes.values() for table in data_class.tables]
    twice = {f"{table} has two classes" for table in listed if listed.count(table) > 1}
    without = {f"{table} has no class" for table in schema.tables.keys() - set(listed)}
    gone = {f"{table} does not exist" for table in set(listed) - schema.tables.keys()}
    return sorted(twice | without | gone)


def forbidden_keys(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """References to a class to which the table's own class may not refer."""
    return sorted(
        f"{column.table.name}.{column.name} refers to {target}"
        for column, target in references(schema)
        if not _may_refer(column, target, classes)
    )


def _may_refer(column: Column, target: str, classes: Classes) -> bool:
    if place_of(column) in KNOWINGLY:
        return True
    own, other = class_name(column.table.name, classes), class_name(target, classes)
    return own is not None and other is not None and other in classes[own].refers_to


def unkeyed(schema: MetaData) -> list[str]:
    """Columns named for a table, or as a reference, that have no foreign key and are not declared."""
    prefixes = tuple(f"{table}_" for table in schema.tables)
    return sorted(
        f"{place_of(column)} refers to something without a foreign key"
        for column in columns(schema)
        if (column.name.startswith(prefixes) or re.search("_(id|by)$", column.name))
        and not column.foreign_keys
        and place_of(column) not in UNKEYED
    )


def bridges(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """Tables from which references lead both to an answer and to a person, and those that do so by the
    names of their columns."""
    leading = {table for table in schema.tables if _both(reachable(schema, table), classes)}
    naming = {
        table.name
        for table in schema.tables.values()
        if any(map(NAMES_A_PERSON.search, table.columns.keys()))
        and any(map(NAMES_AN_ANSWER.search, table.columns.keys()))
    }
    return sorted(leading | naming)


def reachable(schema: MetaData, table: str) -> set[str]:
    """``table`` and the tables to which references lead from it, followed to the end."""
    reached, todo = {table}, [table]
    while todo:
        start = todo.pop()
        for column, target in references(schema):
            if column.table.name == start and target not in reached:
                reached.add(target)
                todo.append(target)
    return reached


def joined(schema: MetaData, classes: Classes = CLASSES) -> list[list[str]]:
    """Groups of tables that references join, followed in both directions, and that hold answers and persons.

    The walk does not pass through shared tables: many customers have the same service point, and nothing
    joins two of them there. It does pass through tables that nobody classified.
    """
    shared = {t for t in schema.tables if side(t, classes) is Side.SHARED}
    neighbours: dict[str, set[str]] = {table: set() for table in schema.tables.keys() - shared}
    for column, target in references(schema):
        if not {column.table.name, target} & shared:
            neighbours[column.table.name].add(target)
            neighbours[target].add(column.table.name)
    groups = {frozenset(_component(neighbours, table)) for table in neighbours}
    return sorted(sorted(group) for group in groups if _both(group, classes))


def _component(neighbours: Mapping[str, set[str]], table: str) -> set[str]:
    component, todo = {table}, [table]
    while todo:
        more = neighbours[todo.pop()] - component
        component |= more
        todo += more
    return component


def misnamed(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """Columns of answers that are named for a person, and of persons named for an answer."""
    return sorted(
        place_of(column)
        for column in columns(schema)
        if (pattern := FORBIDDEN.get(side(column.table.name, classes)))
        and pattern.search(column.name)
        and place_of(column) not in KNOWINGLY
    )


def shared_names(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """Names of columns that both an answer and a person have: equal values might join them."""
    names: dict[Side, set[str]] = {row_side: set() for row_side in Side}
    for column in columns(schema):
        if (row_side := side(column.table.name, classes)) is not None:
            names[row_side].add(column.name)
    return sorted(names[Side.ANSWER] & names[Side.PERSON] - COMMON.keys())


def clocks(schema: MetaData, classes: Classes = CLASSES) -> list[str]:
    """Columns that keep a time of day where the class keeps none."""
    return sorted(
        place_of(column)
        for column in columns(schema)
        if (isinstance(column.type, DateTime | Time) or CLOCK.search(column.name))
        and not _timed(column.table.name, classes)
        and place_of(column) not in KNOWINGLY
    )


def _timed(table: str, classes: Classes) -> bool:
    name = class_name(table, classes)
    return name is not None and classes[name].timed


def met_by_both_sides(classes: Classes = CLASSES) -> list[str]:
    """Classes to which both answers and persons may refer."""
    answers, persons = (
        {name for data_class in classes.values() if data_class.side is about for name in data_class.refers_to}
        for about in (Side.ANSWER, Side.PERSON)
    )
    return sorted(answers & persons)


def numbered(table: Table) -> bool:
    """Whether rows are numbered as they come, which tells their order."""
    return table.autoincrement_column is not None or "number" in table.primary_key.columns


def references(schema: MetaData) -> Iterator[tuple[Column, str]]:
    """Columns with the table to which each refers, by a foreign key or by UNKEYED."""
    for column in columns(schema):
        for key in column.foreign_keys:
            yield column, key.column.table.name
        if target := UNKEYED.get(place_of(column)):
            yield column, target


def columns(schema: MetaData) -> Iterator[Column]:
    for table in schema.tables.values():
        yield from table.columns


def place_of(column: Column) -> str:
    """The column as the declarations name it: "table.column"."""
    return f"{column.table.name}.{column.name}"


def class_name(table: str, classes: Classes) -> str | None:
    return next((name for name, data_class in classes.items() if table in data_class.tables), None)


def side(table: str, classes: Classes) -> Side | None:
    """None for a table without a class."""
    name = class_name(table, classes)
    return classes[name].side if name is not None else None


def on_side(about: Side, classes: Classes = CLASSES) -> set[str]:
    """The tables of a side."""
    return {
        table for data_class in classes.values() if data_class.side is about for table in data_class.tables
    }


def _both(tables: set[str] | frozenset[str], classes: Classes) -> bool:
    sides = {side(table, classes) for table in tables}
    return {Side.ANSWER, Side.PERSON} <= sides
