"""The texts of a draft as lines of a form: what stands in them, what was typed, what cannot be stored."""

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
    """One text as the page shows it: ``base`` in the default language, ``text`` as it stands in its field.
    ``error`` says what is wrong with it; ``theirs`` is what somebody else wrote meanwhile, None when nobody
    did."""

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
class Typed:
    """Of what was sent, by key: the texts that differ from what was seen, and its digest.

    ``errors``: why some cannot be stored; ``theirs``: what somebody else wrote there meanwhile.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)

    @property
    def good(self) -> dict[str, tuple[str, str]]:
        """Those to be written, as translating.write() takes them."""
        held_back = {*self.errors, *self.theirs}
        return {key: (self.seen[key], text) for key, text in self.texts.items() if key not in held_back}


NOTHING = Typed()


def lines(document: Document, language: str, typed: Typed = NOTHING) -> list[TextLine]:
    """All texts; those that could not be stored as they were ``typed``."""
    places, found = item_labels(document), []
    for piece in translating.pieces(document):
        now, key = piece.texts.get(language, ""), piece.key
        error, theirs = typed.errors.get(key, ""), typed.theirs.get(key)
        text = typed.texts[key] if error or theirs is not None else now
        base = piece.texts.get(document["languages"][0], "") or text_of(piece.texts, "")
        where = describe_position(piece, document, places)
        found.append(TextLine(piece, where, base, text, digest(now), error, theirs))
    return found


def typed(document: Document, form: Mapping[str, str]) -> Typed:
    """What fields ``text.<key>`` and ``seen.<key>`` say of the texts that are there."""
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
            errors[key] = refusal_said(piece, reason)
    return Typed(texts, seen, errors)


def refusal_said(piece: Piece, reason: str) -> str:
    return {
        "long": _("At most %(number)s characters.", number=piece.longest),
        "characters": _("It contains characters that cannot be shown."),
    }[reason]
