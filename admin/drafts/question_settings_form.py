"""The settings of a question as fields of a form. A reader for each writes what was typed into the item."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from survey.questionnaires.definition import Document, Item, Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.kind import DAY, number
from survey.questionnaires.kinds.rating import MOST_POINTS, points_of
from survey.questionnaires.kinds.single_choice import MOST_OPTIONS
from survey.questionnaires.kinds.text import FORBIDDEN
from survey.questionnaires.kinds.wordings import spread_labels
from survey.questionnaires.rules.starting import new_option_code

from .comparison_form import subjects
from .condition_form import Groups

Form = MultiDict[str, str]

LONGEST, LONGEST_LABEL = 2000, 200


@dataclass
class QuestionForm:
    """An item as it was typed, with ``errors`` by field name; settings with an error may be left out."""

    item: Item
    condition: Groups
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> Item:
        """The item, with empty texts where templates expect some."""
        return {"texts": {}, "help": {}, "unit": {}} | self.item

    @property
    def settings(self) -> Collection[str]:
        """The names of the readers that fit the type of the item."""
        may = KINDS[self.item["kind"]].settings if self.item["kind"] in KINDS else ()
        bounds = ["bounds"] if "minimum" in may else ["longest"] if "maximum" in may else []
        return [name for name in READERS if name in (*may, *bounds)]


def typed_texts(
    question: QuestionForm,
    form: Form,
    name: str,
    languages: Sequence[str],
    before: Mapping[str, str],
    longest: int,
) -> dict[str, str]:
    """Return the texts of the fields ``name.<language>`` by language, and add an error for each invalid one.

    Texts of ``before`` in other languages are kept.
    """
    kept = {language: text for language, text in before.items() if language not in languages}
    new_texts = {}
    for language in languages:
        text = form.get(f"{name}.{language}", "").replace("\r\n", "\n").strip()
        if len(text) > longest:
            question.errors[f"{name}.{language}"] = _("At most %(number)s characters.", number=longest)
        if FORBIDDEN.search(text):
            question.errors[f"{name}.{language}"] = _("It contains characters that cannot be shown.")
        if text:
            new_texts[language] = text
    return new_texts | kept


def read_setting_texts(
    question: QuestionForm, form: Form, name: str, languages: Sequence[str], before: Mapping[str, str]
) -> None:
    typed = typed_texts(question, form, name, languages, before, LONGEST)
    if typed:
        question.item[name] = typed


def _scale(
    question: QuestionForm, form: Form, _document: Document, before: Item, _used: Collection[str]
) -> None:
    scale = form.get("scale", "")
    fits = scale in {str(points) for points in range(2, 11)}
    question.item["scale"] = int(scale) if fits else before.get("scale", 5)


def labelled_points(item: Item) -> Sequence[str]:
    """Return the names of the scale points that can have a label."""
    kind = KINDS.get(item["kind"])
    return kind.labelled_points(Question("", item["kind"], scale=points_of(item))) if kind else ()


def _labels(
    question: QuestionForm, form: Form, document: Document, before: Item, _used: Collection[str]
) -> None:
    stored_labels = [*before.get("labels", ()), *[{}] * 10]
    languages, points = document["languages"], len(labelled_points(question.item))
    sent = sum(f"labels.{place}.{languages[0]}" in form for place in range(MOST_POINTS))
    labels = [
        typed_texts(question, form, f"labels.{place}", languages, stored_labels[place], LONGEST_LABEL)
        for place in range(sent or points)
    ]
    if len(labels) != points:  # another scale was chosen
        labels = [dict(label) for label in spread_labels(labels, points)]
    if any(labels):
        question.item["labels"] = labels


def _options(
    question: QuestionForm, form: Form, document: Document, before: Item, used: Collection[str]
) -> None:
    stored_options = {option["code"]: option for option in before.get("options", ())}
    options: list[dict[str, Any]] = []
    for place in range(MOST_OPTIONS + 5):
        name = f"options.{place}"
        code = form.get(f"{name}.code", "")
        stored = stored_options.get(code, {})
        option_texts = typed_texts(
            question, form, name, document["languages"], stored.get("texts", {}), LONGEST
        )
        if not option_texts or f"{name}.{document['languages'][0]}" not in form:
            continue
        if code not in stored_options or code in {option["code"] for option in options}:
            code = new_option_code({*stored_options, *used, *(option["code"] for option in options)})
        marks = {mark: True for mark in ("exclusive", "other", "right") if form.get(f"{name}.{mark}")}
        rest = {k: v for k, v in stored.items() if k not in ("code", "texts", "exclusive", "other", "right")}
        options.append({"code": code, "texts": option_texts, **marks, **rest})
    question.item["options"] = options
    if not 2 <= len(options) <= MOST_OPTIONS:
        question.errors["options"] = _("There must be 2 to 50 options.")


def _bounds(
    question: QuestionForm, form: Form, _document: Document, _before: Item, _used: Collection[str]
) -> None:
    for name in ("minimum", "maximum"):
        text = form.get(name, "").strip()
        if not text:
            continue
        is_day = KINDS[question.item["kind"]].bound == DAY
        try:
            question.item[name] = date.fromisoformat(text).isoformat() if is_day else number(text)
        except ValueError:
            question.errors[name] = _("Not a valid date.") if is_day else _("Enter a number.")
    low, high = question.item.get("minimum"), question.item.get("maximum")
    if low is not None and high is not None and low > high:
        question.errors["maximum"] = _("This is less than the minimum.")


def _choice_reader(name: str, allowed: Sequence[str]) -> Any:
    """Return a reader of a setting that is one of ``allowed``; the first, the default, is not written."""

    def reader(question: QuestionForm, form: Form, *_rest: object) -> None:
        if form.get(name) in allowed[1:]:
            question.item[name] = form[name]

    return reader


def _flag_reader(name: str) -> Any:
    def reader(question: QuestionForm, form: Form, *_rest: object) -> None:
        if form.get(name):
            question.item[name] = True

    return reader


def _number_reader(name: str, store: str, low: int, high: int) -> Any:
    """Return a reader of a whole number from ``low`` to ``high``; blank or 0 is not written."""

    def reader(question: QuestionForm, form: Form, *_rest: object) -> None:
        text = form.get(name, "").strip()
        if not text or text == "0":
            return
        if not text.isascii() or not text.isdigit() or not low <= int(text[:9]) <= high:
            question.errors[name] = _("From %(low)s to %(high)s.", low=low, high=high)
        else:
            question.item[store] = int(text)

    return reader


def _dimension(question: QuestionForm, form: Form, *_rest: object) -> None:
    dimension = form.get("dimension_new", "").strip()[:40] or form.get("dimension", "")[:40]
    if dimension and not FORBIDDEN.search(dimension):
        question.item["dimension"] = dimension


def _weight(question: QuestionForm, form: Form, *_rest: object) -> None:
    text = form.get("weight", "").strip() or "1"
    try:
        weight = number(text)
    except ValueError:
        weight = 0
    if not 0 < weight <= 1000:
        question.errors["weight"] = _("Enter a number above 0 and up to 1000.")
    elif weight != 1:
        question.item["weight"] = weight


def _about(
    question: QuestionForm, form: Form, document: Document, before: Item, _used: Collection[str]
) -> None:
    earlier = [name.removeprefix("q:") for name, _text in subjects(document, before["code"])]
    if form.get("about") in earlier:
        question.item["about"] = form["about"]


def _unit(
    question: QuestionForm, form: Form, document: Document, before: Item, _used: Collection[str]
) -> None:
    read_setting_texts(question, form, "unit", document["languages"], before.get("unit", {}))


READERS: Mapping[str, Any] = {
    "scale": _scale,
    "labels": _labels,
    "options": _options,
    "bounds": _bounds,
    "look": _choice_reader("look", ("numbers", "stars", "faces", "words")),
    "best": _choice_reader("best", ("high", "low")),
    "decimals": _number_reader("decimals", "decimals", 0, 6),
    "longest": _number_reader("maximum", "maximum", 1, LONGEST),
    "not_applicable": _flag_reader("not_applicable"),
    "withheld": _flag_reader("withheld"),
    "dimension": _dimension,
    "weight": _weight,
    "about": _about,
    "unit": _unit,
}
