"""Reading what a customer's browser sent, strictly: it is the one form that strangers post."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.short_text import LONGEST as LONGEST_LINE

from .walking import SEND, WAYS, Position

BYTES_A_CHARACTER = 12  # of UTF-8, each written as %xx
OWN_FIELDS = 8
CONTENT_TYPE = "application/x-www-form-urlencoded"


class BadForm(ValueError):
    """What was sent is not one of our forms, or not UTF-8."""


@dataclass(frozen=True)
class FieldLimits:
    """The most a form may hold: fields, and bytes."""

    fields: int = 200
    bytes: int = 64 * 1024


DEFAULT_ROOM = FieldLimits()
LARGEST_ROOM = FieldLimits(2000, 512 * 1024)


def room(definition: Definition) -> FieldLimits:
    """What a form of this version may hold: more than usual only where it asks so much."""
    fields, size = OWN_FIELDS, 0
    for question in definition.questions:
        kind = KINDS[question.kind]
        names = kind.names(question)
        fields += len(names)
        longest = max(kind.longest, LONGEST_LINE)
        size += sum(2 * len(name) + 8 for name in names) + longest * BYTES_A_CHARACTER
    return FieldLimits(
        min(max(fields, DEFAULT_ROOM.fields), LARGEST_ROOM.fields),
        min(max(size, DEFAULT_ROOM.bytes), LARGEST_ROOM.bytes),
    )


def read_form(content_type: str, body: bytes, most: int = DEFAULT_ROOM.fields) -> dict[str, str]:
    """The at most ``most`` fields of a urlencoded form, each once. Raises BadForm."""
    if content_type.partition(";")[0].strip().lower() != CONTENT_TYPE:
        raise BadForm("content type")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most)
    except ValueError as error:
        raise BadForm("not a form") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadForm("a field twice")
    return fields


def take_position(fields: MutableMapping[str, str]) -> Position:
    """Where the form was sent from, taken out of its ``fields``. Raises BadForm."""
    at, go, seen = fields.pop("at", "0"), fields.pop("go", SEND), fields.pop("seen", "")
    if len(at) > 3 or not (at.isascii() and at.isdigit()) or go not in WAYS:
        raise BadForm("position")
    return Position(int(at), go, frozenset(seen.split()))
