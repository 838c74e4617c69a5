"""An item of a questionnaire in words: its settings as (label, text), for rows, comparisons and conflicts."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from survey.i18n import locale_code, text_of
from survey.questionnaires.definition import Document, Item
from survey.questionnaires.kinds import KINDS

from .conditions import describe_condition
from .dimensions import dimension_name
from .questions import DIRECTIONS, LOOKS, item_name, kind_name, language_name, page_name


def describe_item(item: Item, document: Document) -> dict[str, str]:
    """Return the text of each setting of ``item`` that differs from its default, by label."""
    return {label: text for label, text in _lines(item, document) if text}


def differences(mine: Item, theirs: Item, document: Document) -> list[tuple[str, str, str]]:
    """Return (label, mine, theirs) of each setting that differs; "" where an item does not have it."""
    my_settings, their_settings = describe_item(mine, document), describe_item(theirs, document)
    labels = list(dict.fromkeys([*my_settings, *their_settings]))
    return [
        (label, my_settings.get(label, ""), their_settings.get(label, ""))
        for label in labels
        if my_settings.get(label) != their_settings.get(label)
    ]


def summary(item: Item, document: Document) -> list[str]:
    """Return the notes that a list shows below the text of an item."""
    notes = [kind_name(item["kind"])]
    if item["kind"] == "page":
        notes = [page_name(document, item["code"])] if text_in_locale(item) else []
    if "scale" in settings_of(item):
        notes[0] += f" 1–{item.get('scale', 5)}"
    if item.get("options"):
        notes.append(_("%(number)s options", number=len(item["options"])))
    if item.get("dimension"):
        notes.append(dimension_name(item["dimension"]))
    if item.get("show"):
        notes.append(_("if %(condition)s", condition=describe_condition(item["show"], document)))
    return notes


def _lines(item: Item, document: Document) -> Iterator[tuple[str, str]]:
    yield _("Question type"), kind_name(item["kind"])
    for name, label in (("texts", _("Question text")), ("help", _("Help")), ("unit", _("Unit of measure"))):
        for language, text in item.get(name, {}).items():
            yield _in_language(label, language), text
    labels_heading, options_heading = _("Labels"), _("Options")
    for language in document.get("languages", ()):
        labels = [texts.get(language, "") for texts in item.get("labels", ())]
        yield _in_language(labels_heading, language), " · ".join(labels) if any(labels) else ""
        options = [_option(option, language) for option in item.get("options", ())]
        yield _in_language(options_heading, language), " · ".join(options) if any(options) else ""
    if "scale" in settings_of(item):
        yield _("Scale points"), str(item.get("scale", 5))
    if "look" in settings_of(item):
        yield _("Style"), str(LOOKS.get(item.get("look", "numbers"), ""))
    if "best" in settings_of(item):
        yield _("Direction"), str(DIRECTIONS.get(item.get("best", "high"), ""))
    yield from _plain(item)
    if item.get("about"):
        yield _("Comment on"), item_name(document, item["about"])
    if item.get("show"):
        yield _("Shown when"), describe_condition(item["show"], document)


def _in_language(label: str, language: str) -> str:
    return _("%(text)s (%(detail)s)", text=label, detail=language_name(language))


def settings_of(item: Mapping[str, Any]) -> Collection[str]:
    """Return the names of the settings that the type of ``item`` has; none for an unknown type."""
    return KINDS[item["kind"]].settings if item["kind"] in KINDS else ()


def _option(option: Mapping[str, Any], language: str) -> str:
    marks = {"exclusive": _("exclusive"), "other": _("with a text field"), "right": _("correct")}
    marks_text = _(", ").join(str(word) for mark, word in marks.items() if option.get(mark))
    text = option["texts"].get(language, "")
    return _("%(text)s (%(detail)s)", text=text, detail=marks_text) if text and marks_text else text


def _plain(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = {"required": _("Required"), "not_applicable": _("Offer “not applicable”")}
    labels["withheld"] = _("Withheld from those who are assessed")
    for name, label in labels.items():
        yield label, _("Yes") if item.get(name) else ""
    if item.get("dimension"):
        yield _("Dimension"), dimension_name(item["dimension"])
        yield _("Weight"), str(item.get("weight", 1))
    for name, label in (("minimum", _("Minimum")), ("maximum", _("Maximum")), ("decimals", _("Decimals"))):
        yield label, str(item[name]) if item.get(name) is not None else ""


def text_in_locale(item: Item) -> str:
    """Return the text of ``item`` in the language of the screen, or in one that exists; "" without any."""
    return text_of(item.get("texts", {}), locale_code())
