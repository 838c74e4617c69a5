from flask_babel import force_locale

from admin.labels.dimensions import DIMENSIONS, dimension_name
from survey.questionnaires import library_catalogue
from tests.catalogue import zh


def test_every_dimension_of_the_library_has_a_name(embedded_app):
    used = {
        question.dimension for entry in library_catalogue.entries() for question in entry.definition.questions
    } - {None}
    assert used == set(DIMENSIONS)
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        assert dimension_name("facilities") == zh("Showroom")
        assert [dimension for dimension in used if dimension_name(dimension) == dimension] == []


def test_a_dimension_that_a_company_invented_is_its_own_name(embedded_app):
    with embedded_app.test_request_context():
        assert dimension_name("环境") == "环境"
