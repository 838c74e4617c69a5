"""What the command line does goes into the audit log, as an act of whoever has the machine."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.audit import recording

WHOLE = frozenset({"demo", "tallies"})
"""Groups that write much of which nothing is a fact of its own: one line says that they were run."""


def watch_command(command: click.Command, above: tuple[str, ...] = ()) -> None:
    """Lets every command of a group write down what it commits."""
    names = (*above, command.name or "")
    if isinstance(command, click.Group):
        for below in command.commands.values():
            watch_command(below, names)
        return
    original = command.callback
    if original is None:
        return

    @with_appcontext
    @click.pass_context
    def callback(context: click.Context, **values: object) -> object:
        command_act = recording.act(None, recording.COMMAND, " ".join(names), _subject(command, values))
        if names[0] in WHOLE:
            result = context.invoke(original, **values)
            recording.record(command_act)
            return result
        with recording.acting(command_act):
            return context.invoke(original, **values)

    command.callback = callback


def _subject(command: click.Command, values: dict[str, object]) -> dict[str, object]:
    """Its arguments, never its options: a password may be among them."""
    arguments = {parameter.name for parameter in command.params if isinstance(parameter, click.Argument)}
    return {
        name: _plain_argument(value)
        for name, value in values.items()
        if name in arguments and value is not None
    }


def _plain_argument(value: object) -> object:
    """A file by its name, without where it lies."""
    if isinstance(value, tuple):
        return [_plain_argument(element) for element in value]
    name = getattr(value, "name", value)
    return Path(str(name)).name if "/" in str(name) else name
