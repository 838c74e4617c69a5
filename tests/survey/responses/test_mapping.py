import pytest

from survey.responses.mapping import ImportRefused, parse

GOOD = """
questionnaire = "airport-2017"
title = { en = "Airport survey", zh = "机场调查" }
[place]
column = "BAREA"
parent = "SFO"
[date]
template = "2017-05-{INTDATE:0>2}"
[[question]]
code = "nps"
column = "NETPRO"
kind = "nps"
blank = ["", "11"]
[[question]]
code = "overall"
column = "Q7ALL"
kind = "rating"
scale = 5
dimension = "quality"
blank = ["", "0", "6", "Blank"]
"""


def test_the_documented_mapping_is_read():
    mapping = parse(GOOD)
    assert (mapping.slug, mapping.place, mapping.parent) == ("airport-2017", "BAREA", "SFO")
    assert mapping.title == {"en": "Airport survey", "zh": "机场调查"}
    assert [(c.name, c.question.code, c.question.kind) for c in mapping.columns] == [
        ("NETPRO", "nps", "nps"),
        ("Q7ALL", "overall", "rating"),
    ]
    assert mapping.columns[1].blank == {"", "0", "6", "Blank"}


def test_its_questions_become_a_document():
    assert parse(GOOD).document["questions"][1] == {
        "code": "overall",
        "kind": "rating",
        "texts": {"en": "overall"},
        "scale": 5,
        "dimension": "quality",
    }


def test_a_question_may_have_its_words():
    text = GOOD.replace('kind = "nps"', 'kind = "nps"\ntext = { en = "Recommend?", zh = "推荐？" }')
    assert parse(text).document["questions"][0]["texts"] == {"en": "Recommend?", "zh": "推荐？"}


def test_an_empty_cell_is_always_blank():
    assert parse(GOOD.replace('blank = ["", "11"]', 'blank = ["11"]')).columns[0].blank == {"", "11"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("scale = 5", "scael = 5", '[[question]] 2: the key "scale" is missing'),
        ("scale = 5", "scale = 5\nscael = 6", '[[question]] 2: unknown key "scael"'),
        ("[place]", "[place]\nname = 'x'", '[place]: unknown key "name"'),
        ("[date]", "[date]\nzone = 'x'", '[date]: unknown key "zone"'),
        ("title =", "titel =", 'the file: unknown key "titel"'),
        ('kind = "nps"', 'kind = "nps"\nscale = 10', '[[question]] 1: unknown key "scale"'),
        ('kind = "nps"', 'kind = "stars"', '[[question]] 1: "kind" must be one of rating, nps, text'),
        ("scale = 5", "scale = 1", '[[question]] 2: "scale" must be from 2 to 10'),
        ("scale = 5", "scale = true", '[[question]] 2: "scale" must be a whole number'),
        ("scale = 5", 'scale = "5"', '[[question]] 2: "scale" must be a whole number'),
        ('parent = "SFO"', "", '[place]: the key "parent" is missing'),
        ('parent = "SFO"', 'parent = ""', '[place]: "parent" must be a text'),
        ('code = "overall"', 'code = "nps"', '[[question]]: the code "nps" is used twice'),
        ('code = "overall"', 'code = "über all"', '[[question]] 2: "code" must be'),
        ('"airport-2017"', '"Airport 2017"', 'questionnaire = "Airport 2017"'),
        ('en = "Airport survey"', 'fr = "Enquête"', '"title" must hold texts by language'),
        ('blank = ["", "11"]', "blank = [11]", '[[question]] 1: "blank" must be a list of texts'),
        ("{INTDATE:0>2}", "{INTDATE.__class__}", '[date]: "template": {INTDATE.__class__}'),
        ("[place]", "[place", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_table_and_key(old, new, told):
    assert old in GOOD
    with pytest.raises(ImportRefused) as refused:
        parse(GOOD.replace(old, new, 1))
    assert told in str(refused.value)


def test_a_mapping_without_questions_is_refused():
    with pytest.raises(ImportRefused, match="question"):
        parse(GOOD.partition("[[question]]")[0])
    with pytest.raises(ImportRefused, match="at least one"):
        parse("question = []\n" + GOOD.partition("[[question]]")[0])
