"""The words of the questionnaire builder: types, styles, comparisons, and the steps of a draft."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.i18n import locale_code, name_of, text_of
from survey.questionnaires.definition import PAGE, Document
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.editing import find

PAGE_TEXTS = (_l("Page break"), _l("The questions that follow start on a new page"))
LOOKS = {"numbers": _l("Numbers"), "stars": _l("Stars"), "faces": _l("Faces"), "words": _l("Words")}
DIRECTIONS = {"high": _l("Higher is better"), "low": _l("Lower is better")}
MARKS = {
    "exclusive": _l("Exclusive"),
    "other": _l("With a text field"),
    "right": _l("Correct answer (quiz)"),
}
WORDINGS = {
    "satisfied": "很不满意 … 很满意 / Very dissatisfied … Very satisfied",
    "fully_satisfied": "非常不满意 … 非常满意 / Extremely dissatisfied … Extremely satisfied",
    "agree": "很不同意 … 很同意 / Strongly disagree … Strongly agree",
    "good": "很差 … 很好 / Very poor … Very good",
    "often": "从不 … 总是 / Never … Always",
}
OPERATORS = {
    "equal": _l("is"),
    "different": _l("is not"),
    "less": _l("is less than"),
    "at_most": _l("is at most"),
    "more": _l("is more than"),
    "at_least": _l("is at least"),
    "contains": _l("contains"),
    "one_of": _l("is one of"),
    "answered": _l("is answered"),
}
NAMED = _l("is named")
UNTITLED = _l("Untitled question")
"""The name of a question without a text; its code would say nothing to readers."""
CONTEXTS = {
    "place": _l("Service point (code)"),
    "employee": _l("Employee (number)"),
    "channel": _l("Channel"),
    "language": _l("Language"),
}
LANGUAGES = {
    "zh": "中文",
    "en": "English",
    "zh-Hant": "繁體中文",
    "bo": "བོད་སྐད་",
    "ug": "ئۇيغۇرچە",
    "mn-Mong": "ᠮᠣᠩᠭᠣᠯ",
    "za": "Vahcuengh",
    "kk": "قازاق تىلى",
    "ko": "한국어",
    "ja": "日本語",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "ru": "Русский",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
}
"""The offered languages, each by its own name for itself; a questionnaire may have any other."""


def language_name(language: str) -> str:
    """Return a language's own name for itself, by its tag."""
    return LANGUAGES.get(language) or name_of(language)


def operator_name(operator: str, of_context: bool) -> str:
    """Return the name of a comparison. “answered” reads “is named” for a unit or employee."""
    return str(NAMED if of_context and operator == "answered" else OPERATORS.get(operator, operator))


def describe_kinds() -> dict[str, tuple[str, str]]:
    """Return the name and an example of each type of item, by type, in the order they are offered."""
    descriptions = {name: (_(kind.title), _(kind.example)) for name, kind in KINDS.items()}
    return descriptions | {PAGE: (str(PAGE_TEXTS[0]), str(PAGE_TEXTS[1]))}


def kind_name(kind: str) -> str:
    """Return the name of a type of item; an unknown type is returned as it is."""
    if kind == PAGE:
        return str(PAGE_TEXTS[0])
    return _(KINDS[kind].title) if kind in KINDS else kind


def item_name(document: Document, code: str) -> str:
    """Return the text of an item, the name of a page without a heading, or else the code."""
    item = find(document, code) or {}
    text = text_of(item.get("texts", {}), locale_code())
    if not item or text:
        return text or code
    return page_name(document, code) if item["kind"] == "page" else str(UNTITLED)


def page_name(document: Document, code: str) -> str:
    """Return the name of a page without a heading: its number, from 1."""
    items = document["questions"]
    begins_without = bool(items) and items[0]["kind"] != "page"
    before = [item.get("code") for item in items if item["kind"] == "page"]
    return _("Page %(number)s", number=before.index(code) + 1 + begins_without)


def describe_step(step: str, document: Document) -> str:
    """Return a step of a draft in words. ``step`` is a verb and, for most verbs, the code of a question."""
    verb, _space, code = step.partition(" ")
    name = item_name(document, code) if code else ""
    words = {
        "add": _("new question"),
        "edit": _("change of “%(name)s”", name=name),
        "move": _("move of “%(name)s”", name=name),
        "duplicate": _("duplicate of “%(name)s”", name=name),
        "remove": _("deletion of “%(name)s”", name=name),
        "require": _("change of required questions"),
        "weigh": _("change of weights"),
        "title": _("change of the title"),
        "languages": _("change of languages"),
        "texts": _("change of texts"),
        "import": _("import of texts"),
    }
    return words.get(verb, verb)
