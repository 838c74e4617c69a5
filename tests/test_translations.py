"""Every text of the product is there in Chinese; English is what the code says itself."""

import re

from flask_babel import force_locale, ngettext

from tests.catalogue import PLACEHOLDER, ROOT, catalogue, forms, messages, texts, zh


def test_texts_are_found_in_code_and_templates():
    assert {"Sign in", "Thank you", ("%(num)s point", "%(num)s points")} <= {text.id for text in texts()}


def test_every_text_is_translated():
    def is_translated(text):
        message = catalogue().get(forms(text.id)[0], text.context)
        return message is not None and all(forms(message.string))

    assert sorted(str(text) for text in texts() if not is_translated(text)) == []


def test_no_translation_is_a_guess_or_left_over():
    wanted = {(text.id, text.context) for text in texts()}
    assert [message.id for message in messages() if message.fuzzy] == []
    assert [message.id for message in messages() if (message.id, message.context) not in wanted] == []


def test_placeholders_are_kept():
    problems = [str(error) for message in messages() for error in message.check(catalogue())]
    assert problems == []


def test_a_translation_fills_in_everything_that_the_text_does():
    def names(text):
        return {*PLACEHOLDER.findall(text)}

    def differs(message):
        last = forms(message.id)[-1]
        return any(names(text) != names(last) for text in forms(message.string))

    assert [message.id for message in messages() if differs(message)] == []


def test_chinese_texts_have_chinese_punctuation():
    def wrong(text):
        chinese = any("\u4e00" <= c <= "\u9fff" for c in text)
        return chinese and re.search(r"[?;]|,(?!\d)|(?<!\d),", text) is not None  # but 10,000

    chinese = [text for message in messages() for text in forms(message.string)]
    assert [text for text in chinese if wrong(text)] == []


def test_the_compiled_catalogue_speaks_chinese_of_one_and_of_many(embedded_app):
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        singular, plural = (ngettext("%(num)s point", "%(num)s points", number) for number in (1, 20))
    assert (singular, plural) == (zh("%(num)s point", num=1), zh("%(num)s points", num=20))


def test_no_text_is_asked_for_within_an_f_string():
    """Where the catalogue is collected, what stands in one is not seen."""
    hidden = re.compile(r"f\"[^\"\n]*\{(_|_l|ngettext)\(")
    sources = [path for folder in ("admin", "survey") for path in (ROOT / folder).rglob("*.py")]
    assert [path.name for path in sources if hidden.search(path.read_text())] == []
