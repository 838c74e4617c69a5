import re

import pytest

from survey.questionnaires import publication
from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS

NAMES = sorted(path.stem for path in publication.LIBRARY.glob("*.json"))
FITS_A_PHONE = {"zh": 28, "en": 72}


def texts(document: dict) -> list[dict[str, str]]:
    found = [document["title"]]
    for question in document["questions"]:
        found += [question["texts"], *question.get("labels", [])]
        found += [question["help"]] if "help" in question else []
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_both_languages(name):
    for text in texts(publication.library_document(name)):
        assert text.keys() == {"zh", "en"}
        assert all(words == words.strip() != "" for words in text.values()), text


@pytest.mark.parametrize("name", NAMES)
def test_every_text_fits_a_phone(name):
    for text in texts(publication.library_document(name)):
        assert all(len(text[language]) <= most for language, most in FITS_A_PHONE.items()), text


@pytest.mark.parametrize("name", NAMES)
def test_every_question_can_be_asked(name):
    definition = Definition.parse(publication.library_document(name))
    assert len(definition.by_code) == len(definition.questions)
    for question in definition.questions:
        assert question.kind in KINDS
        assert question.kind != "rating" or len(question.labels) == question.scale
        assert question.about is None or question.about in definition.by_code


def test_the_questionnaire_of_r5_asks_what_the_regulation_says_and_requires_nothing():
    definition = Definition.parse(publication.library_document("r5"))
    dimensions = ["quality", "effectiveness", "innovation", "value"]
    assert [q.dimension for q in definition.questions if q.dimension] == dimensions
    assert [q.about for q in definition.questions if q.about] == dimensions
    assert definition.by_code.keys() >= {"overall", "nps", "comment"}
    assert not any(q.required for q in definition.questions)


@pytest.mark.parametrize("name", NAMES)
def test_chinese_has_its_own_punctuation(name):
    said = [text["zh"] for text in texts(publication.library_document(name))]
    assert [text for text in said if re.search("[\u4e00-\u9fff][,:;!?]", text)] == []
