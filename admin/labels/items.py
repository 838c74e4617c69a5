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
    """Every setting of ``item`` that is not as usual, by what it is called."""
    return {label: text for label, text in _lines(item, document) if text}


def differences(mine: Item, theirs: Item, document: Document) -> list[tuple[str, str, str]]:
    """(label, mine, theirs) of what differs; "" where one has nothing there."""
    hers, its = describe_item(mine, document), describe_item(theirs, document)
    labels = list(dict.fromkeys([*hers, *its]))
    return [(one, hers.get(one, ""), its.get(one, "")) for one in labels if hers.get(one) != its.get(one)]


def summary(item: Item, document: Document) -> list[str]:
    """What a row says below the text of an item."""
    said = [kind_name(item["kind"])]
    if item["kind"] == "page":
        said = [page_name(document, item["code"])] if text_in_locale(item) else []
    if "scale" in settings_of(item):
        said[0] += f" 1–{item.get('scale', 5)}"
    if item.get("options"):
        said.append(_("%(number)s options", number=len(item["options"])))
    if item.get("dimension"):
        said.append(dimension_name(item["dimension"]))
    if item.get("show"):
        said.append(_("if %(condition)s", condition=describe_condition(item["show"], document)))
    return said


def _lines(item: Item, document: Document) -> Iterator[tuple[str, str]]:
    yield _("Question type"), kind_name(item["kind"])
    for name, label in (("texts", _("Question text")), ("help", _("Help")), ("unit", _("Unit of measure"))):
        for language, text in item.get(name, {}).items():
            yield _in_language(label, language), text
    labels_said, options_said = _("Labels"), _("Options")
    for language in document.get("languages", ()):
        labels = [one.get(language, "") for one in item.get("labels", ())]
        yield _in_language(labels_said, language), " · ".join(labels) if any(labels) else ""
        options = [_option(one, language) for one in item.get("options", ())]
        yield _in_language(options_said, language), " · ".join(options) if any(options) else ""
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
    return KINDS[item["kind"]].settings if item["kind"] in KINDS else ()


def _option(option: Mapping[str, Any], language: str) -> str:
    marks = {"exclusive": _("exclusive"), "other": _("with a text field"), "right": _("correct")}
    said = _(", ").join(str(word) for mark, word in marks.items() if option.get(mark))
    text = option["texts"].get(language, "")
    return _("%(text)s (%(detail)s)", text=text, detail=said) if text and said else text


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
    return text_of(item.get("texts", {}), locale_code())
