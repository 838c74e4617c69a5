from flask_babel import force_locale

from admin.labels.dimensions import DIMENSIONS, dimension_name
from survey.questionnaires import library_catalogue
from tests.catalogue import zh


def test_every_dimension_of_the_library_has_a_name(embedded_app):
    used = {q.dimension for book in library_catalogue.entries() for q in book.definition.questions} - {None}
    assert used == set(DIMENSIONS)
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        assert dimension_name("facilities") == zh("Showroom")
        assert [one for one in used if dimension_name(one) == one] == []


def test_a_dimension_of_the_companys_own_is_called_what_it_is(embedded_app):
    with embedded_app.test_request_context():
        assert dimension_name("环境") == "环境"
