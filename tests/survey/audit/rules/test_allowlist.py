"""Somebody has decided about every column of every table, and about every name an act could tell."""

import click
import pytest
from sqlalchemy import String, Text
from sqlalchemy.types import TypeDecorator

from survey.audit.rules.allowlist import (
    CODES,
    COUNTED,
    SILENT,
    SUBJECTS,
    TOLD,
    UNTOLD_SUBJECTS,
    WITHHELD,
)
from survey.cli import COMMANDS, UNATTENDED
from survey.confidentiality import is_told
from survey.db import db

LISTS = (TOLD, WITHHELD, SILENT)


def columns(table: str) -> set[str]:
    return {column.name for column in db.metadata.tables[table].columns}


def declared(table: str) -> list[str]:
    return [name for listed in LISTS for name in listed.get(table, ())]


@pytest.mark.parametrize("table", sorted(db.metadata.tables))
def test_every_column_is_told_or_withheld_and_no_declared_one_is_missing(table):
    if table in TOLD:
        assert is_told(table)
        assert set(declared(table)) == columns(table)
        assert len(declared(table)) == len(columns(table)), "a column is declared twice"
    else:
        assert declared(table) == []
        assert (table in COUNTED) == is_told(table), "decide what is told of it"


def test_no_list_names_a_table_that_does_not_exist():
    assert db.metadata.tables.keys() >= {table for listed in (*LISTS, COUNTED) for table in listed}


def test_a_told_column_holds_no_text_but_a_code_and_no_document_or_bytes():
    told = {
        f"{table}.{name}": db.metadata.tables[table].columns[name].type
        for table, names in TOLD.items()
        for name in names
    }
    texts = {place for place, type_ in told.items() if isinstance(type_, String | Text)}
    assert texts == CODES.keys()
    bytes_ = {place for place, type_ in told.items() if isinstance(type_, TypeDecorator) or not known(type_)}
    assert bytes_ == {"redemption.id"}  # a random number


def known(type_: object) -> bool:
    """Whether a value of the type is a number, a truth, a date or a text."""
    try:
        return type_.python_type.__name__ in {"int", "float", "bool", "date", "datetime", "str"}
    except NotImplementedError:
        return False


def arguments(command: click.Command) -> set[str]:
    if isinstance(command, click.Group):
        return {name for below in command.commands.values() for name in arguments(below)}
    return {str(parameter.name) for parameter in command.params if isinstance(parameter, click.Argument)}


def test_every_name_that_an_act_could_tell_is_declared_and_no_other(embedded_app):
    rules = list(embedded_app.url_map.iter_rules())
    views = embedded_app.view_functions
    staffs = [rule for rule in rules if hasattr(views[rule.endpoint], "allowed_roles")]
    assert len(staffs) > 100
    in_addresses = {name for rule in staffs for name in rule.arguments}
    asked = {name for view in views.values() for name in getattr(view, "logged", ())}
    given = {name for command in COMMANDS if command not in UNATTENDED for name in arguments(command)}
    hashed = {"name"}  # of a failed attempt to sign in
    assert in_addresses | asked | given | hashed == SUBJECTS.keys() | UNTOLD_SUBJECTS.keys()
    assert not SUBJECTS.keys() & UNTOLD_SUBJECTS.keys()
