"""Record commands in the audit log, as acts of a person with access to the machine."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.audit import recording

WHOLE = frozenset({"demo", "tallies"})
"""Groups that write many rows, none of which is worth telling: one line says that they were run."""


def watch_command(command: click.Command, above: tuple[str, ...] = ()) -> None:
    """Let the audit log tell what a command, or every command of a group, commits."""
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
    """Return the arguments of a command, without its options, since a password may be among them."""
    arguments = {parameter.name for parameter in command.params if isinstance(parameter, click.Argument)}
    return {
        name: _plain_argument(value)
        for name, value in values.items()
        if name in arguments and value is not None
    }


def _plain_argument(value: object) -> object:
    """Return the value of an argument; of a file only the name, without its folder."""
    if isinstance(value, tuple):
        return [_plain_argument(element) for element in value]
    name = getattr(value, "name", value)
    return Path(str(name)).name if "/" in str(name) else name
