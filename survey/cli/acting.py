"""What the command line does goes into the audit log, as an act of whoever has the machine."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.audit import recording

WHOLE = frozenset({"demo", "tallies"})
"""Groups that write much of which nothing is a fact of its own: one line says that they were run."""


def watched(command: click.Command, above: tuple[str, ...] = ()) -> None:
    """Lets every command of a group write down what it commits."""
    names = (*above, command.name or "")
    if isinstance(command, click.Group):
        for below in command.commands.values():
            watched(below, names)
        return
    original = command.callback
    if original is None:
        return

    @with_appcontext
    @click.pass_context
    def callback(context: click.Context, **values: object) -> object:
        doing = recording.act(None, recording.COMMAND, " ".join(names), _subject(command, values))
        if names[0] in WHOLE:
            done = context.invoke(original, **values)
            recording.record(doing)
            return done
        with recording.acting(doing):
            return context.invoke(original, **values)

    command.callback = callback


def _subject(command: click.Command, values: dict[str, object]) -> dict[str, object]:
    """Its arguments, never its options: a password may be among them."""
    named = {one.name for one in command.params if isinstance(one, click.Argument)}
    return {name: _named(value) for name, value in values.items() if name in named and value is not None}


def _named(value: object) -> object:
    """A file by its name, without where it lies."""
    if isinstance(value, tuple):
        return [_named(one) for one in value]
    found = getattr(value, "name", value)
    return Path(str(found)).name if "/" in str(found) else found
