"""Every text of the product is there in Chinese; English is what the code says itself."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from flask_babel import force_locale, ngettext

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "translations/zh_Hans_CN/LC_MESSAGES/messages.po"
KEYWORDS = (
    "_",
    "N_",
    "_l",
    "gettext",
    "lazy_gettext",
    "ngettext:1,2",
    "pgettext:1c,2",
    "lazy_pgettext:1c,2",
    "npgettext:1c,2,3",
)


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


@pytest.fixture(scope="module")
def texts():
    """All message ids in code and templates."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = set()
    for folder in ("admin", "survey", "templates"):
        own = [
            (Path(pattern).relative_to(folder).as_posix(), method)
            for pattern, method in methods
            if pattern.startswith(folder + "/")
        ]
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, own, options, parse_keywords(KEYWORDS)
        ):
            found.add(message)
    return found


def strings(message):
    """The translations of a message: one, or one a plural form."""
    return (message.string,) if isinstance(message.string, str) else message.string


def test_texts_are_found_in_code_and_templates(texts):
    assert {"Sign in", "Thank you", ("%(num)s point", "%(num)s points")} <= texts


def test_every_text_is_translated(catalogue, texts):
    def chinese(text):
        message = catalogue.get(text if isinstance(text, str) else text[0])
        strings = (
            ()
            if message is None
            else (message.string,)
            if isinstance(message.string, str)
            else message.string
        )
        return bool(strings) and all(strings)

    assert sorted(str(text) for text in texts if not chinese(text)) == []


def test_no_translation_is_a_guess_or_left_over(catalogue, texts):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert [message.id for message in catalogue if message.id and message.id not in texts] == []


def test_placeholders_are_kept(catalogue):
    problems = [str(error) for message in catalogue for error in message.check(catalogue)]
    assert problems == []


def test_chinese_texts_have_chinese_punctuation(catalogue):
    def wrong(text):
        chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
        return chinese and re.search(r"[?;]|,(?!\d)|(?<!\d),", text) is not None  # but 10,000

    texts = [text for message in catalogue if message.id for text in strings(message)]
    assert [text for text in texts if wrong(text)] == []


def test_the_compiled_catalogue_speaks_chinese_of_one_and_of_many(embedded_app):
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        assert [ngettext("%(num)s point", "%(num)s points", number) for number in (1, 20)] == [
            "1 积分",
            "20 积分",
        ]


def test_no_text_is_asked_for_within_an_f_string():
    """Where the catalogue is collected, what stands in one is not seen."""
    hidden = re.compile(r"f\"[^\"\n]*\{(_|_l|ngettext)\(")
    sources = [path for folder in ("admin", "survey") for path in (ROOT / folder).rglob("*.py")]
    assert [path.name for path in sources if hidden.search(path.read_text())] == []
