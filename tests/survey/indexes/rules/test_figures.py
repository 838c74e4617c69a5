import pytest

from survey.indexes.rules.figures import DimensionFigures, NpsFigures, QuestionFigures, figures
from survey.questionnaires.definition import Definition
from survey.tallies.rules.cells import Layout, count
from survey.tallies.rules.pooling import Pool


def rating(code, scale=5, **more):
    return {"code": code, "kind": "rating", "scale": scale, "texts": {}} | more


NPS = {"code": "nps", "kind": "nps", "texts": {}}


def definition(*questions, **weights):
    return Definition.parse({"questions": list(questions), "weights": weights})


def figures_of(*versions, least=1):
    """Return the figures of (definition, answers), the newest version first."""
    pool = Pool.of([(number, asked) for number, (asked, _answers) in enumerate(versions)])
    row = pool.empty()
    for number, (asked, answers) in enumerate(versions):
        pool.add(row, number, count(Layout.of(asked), answers))
    return figures(pool, row[None, :], least)[0]


def test_a_question_is_its_mean_rescaled_to_a_hundred():
    row_figures = figures_of(
        (definition(rating("q"), rating("other", 3)), [{"q": 5}, {"q": 4}, {"other": 2}])
    )
    assert row_figures.n == 3
    assert row_figures.questions["q"] == QuestionFigures(2, 4.5, 87.5)
    assert row_figures.questions["other"] == QuestionFigures(1, 2.0, 50.0)


def test_a_dimension_is_the_mean_of_its_questions_and_the_index_the_mean_of_dimensions():
    asked = definition(rating("a", dimension="x"), rating("b", dimension="x"), rating("c", dimension="y"))
    row_figures = figures_of((asked, [{"a": 5, "b": 1, "c": 5}, {"a": 5}]))
    assert row_figures.dimensions == {"x": DimensionFigures(2, 50.0), "y": DimensionFigures(1, 100.0)}
    assert row_figures.index == 75.0


def test_weights_of_dimensions_count():
    asked = definition(rating("a", dimension="x"), rating("b", dimension="y"), y=3)
    assert figures_of((asked, [{"a": 1, "b": 5}])).index == 75.0


def test_a_dimension_that_nobody_rated_is_left_out():
    asked = definition(rating("a", dimension="x"), rating("b", dimension="y"), y=3)
    row_figures = figures_of((asked, [{"a": 4}]))
    assert row_figures.dimensions["y"].score is None
    assert row_figures.index == 75.0


def test_without_dimensions_every_rating_is_a_dimension():
    row_figures = figures_of((definition(rating("a"), rating("b"), NPS), [{"a": 1, "b": 5, "nps": 0}]))
    assert list(row_figures.dimensions) == ["a", "b"]
    assert row_figures.index == 50.0


def test_a_question_without_a_dimension_does_not_count_beside_questions_with_dimensions():
    row_figures = figures_of(
        (definition(rating("a", dimension="x"), rating("overall")), [{"a": 5, "overall": 1}])
    )
    assert row_figures.index == 100.0


def test_nps_is_the_share_of_promoters_less_that_of_detractors():
    answers = [{"nps": n} for n in (0, 6, 7, 8, 9, 10, 10, 10)] + [{}]
    assert figures_of((definition(NPS), answers)).nps == NpsFigures(8, 25.0, 4, 2, 2)


def test_without_respondents_all_figures_are_none():
    row_figures = figures_of((definition(rating("a"), NPS), []))
    assert (row_figures.n, row_figures.index) == (0, None)
    assert row_figures.questions["a"] == QuestionFigures(0, None, None)
    assert row_figures.nps == NpsFigures(0, None, 0, 0, 0)
    assert figures_of((definition(rating("a")), [])).nps is None


def test_a_question_with_fewer_than_k_answers_is_withheld_and_does_not_count():
    asked = definition(rating("a", dimension="x"), rating("b", dimension="y"), NPS)
    answers = [{"a": 5}] * 5 + [{"b": 1, "nps": 10}] * 4
    row_figures = figures_of((asked, answers), least=5)
    assert row_figures.n == 9
    assert row_figures.questions["b"] == QuestionFigures(None, None, None)
    assert row_figures.dimensions["y"] == DimensionFigures(None, None)
    assert row_figures.nps == NpsFigures(None, None, None, None, None)
    assert row_figures.index == 100.0


def test_versions_pool_by_code_where_kind_and_scale_are_equal():
    new = definition(rating("a"), rating("b", 3))
    old = definition(rating("gone"), rating("b", 5), rating("a"))
    row_figures = figures_of((new, [{"a": 5, "b": 3}]), (old, [{"a": 1, "b": 5, "gone": 3}]))
    assert row_figures.n == 2
    assert row_figures.questions["a"] == QuestionFigures(2, 3.0, 50.0)
    assert row_figures.questions["b"] == QuestionFigures(1, 3.0, 100.0)
    assert row_figures.questions["gone"] == QuestionFigures(1, 3.0, 50.0)


@pytest.mark.parametrize("changed", [rating("a", 7), NPS | {"code": "a"}])
def test_a_question_that_changed_its_type_or_scale_keeps_only_the_newest_answers(changed):
    row_figures = figures_of((definition(changed), [{"a": 7}]), (definition(rating("a")), [{"a": 1}] * 9))
    assert row_figures.questions["a"].n == 1
