import pytest

from admin.questionnaires import slugs
from survey.questionnaires.drafting import SlugTaken


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Service & repair!", "service-repair"),
        ("回访", "questionnaire"),
        ("New", "questionnaire"),
        ("", "questionnaire"),
    ],
)
def test_a_slug_has_only_characters_of_an_address(title, stem):
    assert slugs.stem(title) == stem


def test_long_titles_are_cut():
    assert len(slugs.stem("very long " * 20)) <= slugs.LONGEST


def test_the_first_free_slug_is_taken():
    def make(slug):
        if slug in ("visit", "visit-2"):
            raise SlugTaken(slug)
        return slug

    assert slugs.free_slug("Visit", make) == "visit-3"
