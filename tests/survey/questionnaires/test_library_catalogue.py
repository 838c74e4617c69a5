"""The catalogue of the library, searched with a word or a code that somebody remembers."""

import pytest

from survey.questionnaires import library_catalogue


def names(words: str) -> list[str]:
    return [matches.book.name for matches in library_catalogue.search(words)]


def test_the_catalogue_is_in_the_order_of_the_regulations():
    matches = [book.regulation for book in library_catalogue.entries()]
    assert len(matches) == 26
    assert matches == sorted(matches, key=lambda code: int(code[1:]))
    assert names("") == names("   ") == [book.name for book in library_catalogue.entries()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("R17", ["r17-after-sales", "r17-sales"]),
        ("r1", ["r1"]),
        ("Ｒ１８", ["r18"]),
        ("R14 SSI", ["r14-ssi"]),
        ("R20", []),
        ("quiz", ["r19"]),
    ],
)
def test_a_search_finds_a_questionnaire_by_code_or_name(words, expected):
    assert names(words) == expected


def test_a_search_finds_a_questionnaire_in_chinese_and_in_english():
    assert "r5" in names("服务质量")
    assert "r5" in names("SERVICE quality")
    assert "r15-callback" in names("暗示您怎样打分")


def test_every_word_must_occur():
    assert set(names("服务 投诉")) <= set(names("服务")) & set(names("投诉"))
    assert names("服务 nowhere-at-all") == []


def test_matches_in_a_question_come_last_with_the_question():
    matches = library_catalogue.search("试乘试驾")
    by_question = [match.question_text is not None for match in matches]
    assert matches
    assert by_question == sorted(by_question)
    [coached] = library_catalogue.search("暗示")
    assert coached.question_text["zh"] == "有没有工作人员要求或暗示您怎样打分？"


def test_a_search_of_any_length_is_quick_and_harmless():
    assert names("." * 10_000) == names("")
    assert names("%" * 50) == names("")
    assert names("x " * 10_000) == names("x")


def test_an_entry_is_returned_only_by_its_name():
    assert library_catalogue.entry("r5").source == "服务满意度测评制度"
    assert library_catalogue.entry("../r5") is None
    assert library_catalogue.entry("R5") is None


def test_supplied_questions_are_counted():
    supplied = {book.name: book.supplied for book in library_catalogue.entries()}
    assert supplied["r18"] == 0
    assert supplied["r17-sales"] == 34  # 33 of 37 factors, and a closing comment
