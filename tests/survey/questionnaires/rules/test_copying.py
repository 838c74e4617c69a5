from survey.questionnaires.rules.copying import LONGEST_TITLE, copy_document

TITLE = {"zh": "到店体验", "en": "Visit", "ug": "زىيارەت"}
DOCUMENT = {
    "slug": "visit",
    "title": TITLE,
    "languages": ["zh", "en", "ug"],
    "questions": [{"code": "overall", "kind": "rating", "texts": {"zh": "总体"}}],
    "weights": {"quality": 2},
}


def test_a_copy_has_the_same_questions_and_a_title_with_a_suffix():
    copy = copy_document(DOCUMENT, TITLE)
    assert copy["title"] == {"zh": "到店体验（副本）", "en": "Visit (copy)", "ug": "زىيارەت (2)"}
    assert "slug" not in copy
    for key in ("languages", "questions", "weights"):
        assert copy[key] == DOCUMENT[key]


def test_changing_the_copy_does_not_change_the_original():
    copy = copy_document(DOCUMENT, TITLE)
    copy["questions"][0]["texts"]["zh"] = "别的"
    assert DOCUMENT["questions"][0]["texts"]["zh"] == "总体"


def test_a_copy_of_a_copy_has_one_suffix_and_a_long_title_is_cut():
    again = copy_document(DOCUMENT, copy_document(DOCUMENT, TITLE)["title"])
    assert again["title"]["zh"] == "到店体验（副本）"
    title = copy_document(DOCUMENT, {"en": "x" * LONGEST_TITLE})["title"]["en"]
    assert len(title) == LONGEST_TITLE
    assert title.endswith(" (copy)")
