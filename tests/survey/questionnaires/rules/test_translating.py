from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.publication import library_document
from survey.questionnaires.rules import checking, translating
from survey.questionnaires.rules.translating import TextChanged, TranslationProgress, digest

DOCUMENT = {
    "title": {"zh": "问卷", "en": "Survey"},
    "languages": ["zh", "en"],
    "source": {"regulation": "R5", "note": {"zh": "注"}},
    "questions": [
        {"code": "p", "kind": "page", "texts": {"zh": "第一页"}},
        {"code": "next", "kind": "page"},
        {
            "code": "overall",
            "kind": "rating",
            "scale": 2,
            "texts": {"zh": "总体", "en": "Overall"},
            "help": {"zh": "", "en": " "},
            "labels": [{"zh": "差", "en": "Bad"}, {"zh": "好"}],
        },
        {
            "code": "visit",
            "kind": "single_choice",
            "texts": {"zh": "为何"},
            "options": [
                {"code": "o1", "texts": {"zh": "买"}},
                {"code": "o2", "texts": {"zh": "修", "en": "Mend"}},
            ],
        },
    ],
}
KEYS = [
    "title",
    "source.note",
    "p.texts",
    "overall.texts",
    "overall.labels.0",
    "overall.labels.1",
    "visit.texts",
    "visit.options.o1",
    "visit.options.o2",
]
LACKING = ["source.note", "p.texts", "overall.labels.1", "visit.texts", "visit.options.o1"]


def texts(document, key):
    return next(piece.texts for piece in translating.pieces(document) if piece.key == key)


def changed(**more):
    return deepcopy(DOCUMENT) | more


def test_every_text_has_a_key_and_blank_texts_need_no_translation():
    assert [piece.key for piece in translating.pieces(DOCUMENT)] == KEYS


def test_the_progress_of_a_language_counts_its_texts():
    progress = translating.pieces(DOCUMENT)
    assert [piece.key for piece in progress if piece.lacks("en")] == LACKING
    assert translating.translation_progress(DOCUMENT) == {
        "zh": TranslationProgress(9, 9),
        "en": TranslationProgress(4, 9),
    }
    assert (TranslationProgress(4, 9).missing, TranslationProgress(4, 9).percent) == (5, 44)
    assert TranslationProgress(999, 1000).percent == 99
    assert TranslationProgress(0, 0).percent == 100


def test_reading_a_document_does_not_change_it():
    bare = {"languages": ["zh"], "questions": [{"code": "a", "kind": "nps"}]}
    before = deepcopy(bare)
    assert translating.translation_progress(bare) == {"zh": TranslationProgress(0, 2)}
    assert bare == before


def test_writing_a_text_keeps_its_other_languages():
    written = translating.write(
        changed(), "en", {"visit.texts": (digest(""), "Why"), "title": (digest("Survey"), "")}
    )
    assert texts(written, "visit.texts") == {"zh": "为何", "en": "Why"}
    assert texts(written, "title") == {"zh": "问卷"}
    written = translating.write(written, "en", {"overall.labels.1": (digest(""), "Good")})
    assert texts(written, "overall.labels.1") == {"zh": "好", "en": "Good"}


def test_a_text_that_changed_since_it_was_seen_is_not_overwritten():
    seen_digest = digest("Overall")
    written = translating.write(changed(), "en", {"overall.texts": (seen_digest, "All in all")})
    with pytest.raises(TextChanged) as refused:
        translating.write(deepcopy(written), "en", {"overall.texts": (seen_digest, "Everything")})
    assert refused.value.now == "All in all"
    assert (
        translating.write(deepcopy(written), "en", {"overall.texts": (seen_digest, "All in all")}) == written
    )
    with pytest.raises(TextChanged) as missing:
        translating.write(changed(), "en", {"nothing.texts": (seen_digest, "x")})
    assert missing.value.now is None


def test_a_language_is_removed_with_its_texts():
    three = translating.add_language(changed(), "ug")
    assert three["languages"] == ["zh", "en", "ug"]
    assert translating.add_language(three, "en") is three
    assert translating.translation_progress(three)["ug"] == TranslationProgress(0, 9)
    written = translating.write(deepcopy(three), "ug", {"title": (digest(""), "سوئال")})
    assert translating.remove_language(written, "ug") == DOCUMENT
    assert translating.remove_language(changed(), "zh") == DOCUMENT
    with pytest.raises(LookupError):
        translating.add_language(changed(languages=[f"a{n}" for n in range(30)]), "ug")


def test_another_language_becomes_the_default():
    assert translating.make_default(changed(), "en")["languages"] == ["en", "zh"]
    assert translating.make_default(changed(), "ug") == DOCUMENT


def test_an_impossible_text_is_rejected_with_a_reason():
    title, _note, _page, overall, *_rest = translating.pieces(DOCUMENT)
    assert translating.refusal_reason(title, "x" * 201) == "long"
    assert translating.refusal_reason(overall, "x" * 201) == ""
    assert translating.refusal_reason(overall, "x" * 2001) == "long"
    assert translating.refusal_reason(overall, "a\x00") == "characters"


LIBRARY = [library_document(name) for name in ("r5", "r16", "r7-sales", "r19")]


@given(st.data())
def test_the_default_language_lacks_the_texts_that_prevent_publication(data):
    """The progress agrees with the check of documents, whatever is missing."""
    document = deepcopy(data.draw(st.sampled_from(LIBRARY)))
    for _ in range(data.draw(st.integers(0, 5))):
        piece = data.draw(st.sampled_from(translating.pieces(document)))
        language = data.draw(st.sampled_from(document["languages"]))
        text = data.draw(st.sampled_from(["", " ", "x"]))
        now = piece.texts.get(language, "")
        document = translating.write(document, language, {piece.key: (digest(now), text)})
    if data.draw(st.booleans()):
        document = translating.make_default(document, document["languages"][-1])
    default = document["languages"][0]
    lacking = sum(piece.lacks(default) for piece in translating.pieces(document))
    untranslated = [problem for problem in checking.problems(document) if problem.reason == "untranslated"]
    assert min(lacking, checking.MOST_PROBLEMS) == len(untranslated)
    assert translating.translation_progress(document)[default].missing == lacking
