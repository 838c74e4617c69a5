from survey.db import UNREACHABLE


def test_a_process_lives_without_a_database(new_application, new_settings):
    app = new_application(new_settings("postgresql+psycopg://nobody@127.0.0.1:1/nothing"))
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json == {"status": "not ready", "reason": "the database cannot be reached"}


def test_a_migrated_database_is_ready(client):
    reply = client.get("/readyz")
    assert (reply.status_code, reply.json) == (200, {"status": "ok"})


def test_a_new_database_is_not_ready(new_application, new_database, new_settings):
    for kind in ("sqlite", "postgresql"):
        app = new_application(new_settings(new_database(kind)))
        reply = app.test_client().get("/readyz")
        assert reply.status_code == 503
        assert "db upgrade" in reply.json["reason"]
        assert UNREACHABLE not in reply.text


def test_a_release_without_compiled_texts_is_not_ready(embedded_app, embedded_client, monkeypatch, tmp_path):
    monkeypatch.setitem(embedded_app.config, "TRANSLATIONS", tmp_path)
    reply = embedded_client.get("/readyz")
    assert reply.status_code == 503
    assert "zh_Hans_CN" in reply.json["reason"]
    assert embedded_client.get("/healthz").status_code == 200
