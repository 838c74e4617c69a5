"""The texts of a draft as lines of a form: stored texts, typed texts, and those that cannot be stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from survey.i18n import text_of
from survey.questionnaires.definition import Document
from survey.questionnaires.rules import translating
from survey.questionnaires.rules.translating import Piece, digest

from .text_labels import describe_position, item_labels


@dataclass(frozen=True)
class TextLine:
    """A text as the page shows it: ``base`` in the default language, ``text`` in its field.

    ``seen`` is the digest of the stored text, ``error`` says why the typed text cannot be stored, and
    ``theirs`` is what somebody else has written since, None when nobody has.
    """

    piece: Piece
    where: str
    base: str
    text: str
    seen: str
    error: str = ""
    theirs: str | None = None

    @property
    def key(self) -> str:
        return self.piece.key


@dataclass(frozen=True)
class TypedTexts:
    """The texts sent, by key, that differ from those that were shown, whose digests are ``seen``.

    ``errors`` say why some cannot be stored; ``theirs`` are texts that somebody else has written since.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def good(self) -> dict[str, tuple[str, str]]:
        """The texts to be written, as translating.write() takes them."""
        held_back = {*self.errors, *self.theirs}
        return {key: (self.seen[key], text) for key, text in self.texts.items() if key not in held_back}


NOTHING = TypedTexts()


def lines_of(document: Document, language: str, held_back: TypedTexts = NOTHING) -> list[TextLine]:
    """Return a line for each text; texts that were ``held_back``, not stored, are as they were typed."""
    labels, lines = item_labels(document), []
    for piece in translating.pieces(document):
        text_now, key = piece.texts.get(language, ""), piece.key
        error, theirs = held_back.errors.get(key, ""), held_back.theirs.get(key)
        text = held_back.texts[key] if error or theirs is not None else text_now
        base = piece.texts.get(document["languages"][0], "") or text_of(piece.texts, "")
        where = describe_position(piece, document, labels)
        lines.append(TextLine(piece, where, base, text, digest(text_now), error, theirs))
    return lines


def read_typed(document: Document, form: Mapping[str, str]) -> TypedTexts:
    """Return the texts of the fields ``text.<key>`` whose digests differ from those in ``seen.<key>``."""
    texts, seen, errors = {}, {}, {}
    for piece in translating.pieces(document):
        key = piece.key
        if f"text.{key}" not in form:
            continue
        text = form[f"text.{key}"].replace("\r\n", "\n").strip()
        if digest(text) == form.get(f"seen.{key}", ""):
            continue
        texts[key], seen[key] = text, form.get(f"seen.{key}", "")
        if reason := translating.refusal_reason(piece, text):
            errors[key] = refusal_text(piece, reason)
    return TypedTexts(texts, seen, errors)


def refusal_text(piece: Piece, reason: str) -> str:
    return {
        "long": _("At most %(number)s characters.", number=piece.longest),
        "characters": _("It contains characters that cannot be shown."),
    }[reason]
