import wsgi
from admin.demonstration import cached
from survey.db import db
from survey.places import layout
from tests import factories


def test_staff_pages_show_when_demonstration_data_are_loaded(embedded_app, sign_in):
    person = factories.staff()

    def page() -> str:
        fresh = wsgi.create_app(embedded_app.config["SETTINGS"])  # nothing is cached in it yet
        response = sign_in(fresh.test_client(), person).get("/admin/indexes/?lang=en")
        assert response.status_code == 200
        text = response.text
        with fresh.app_context():
            db.engine.dispose()
        return text

    assert "Demonstration data" not in page()
    layout.add_place(None, "group", "DEMO", "演示", demonstration=True)
    assert "Demonstration data" in page()


def test_the_cached_answer_expires_after_some_seconds():
    now, asked = [0.0], []
    loaded = cached(lambda: bool(asked.append(None)) or len(asked) > 1, lambda: now[0])
    assert [loaded(), loaded(), len(asked)] == [False, False, 1]
    now[0] = 5.0
    assert [loaded(), len(asked)] == [True, 2]
