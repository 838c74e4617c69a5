from __future__ import annotations

import json

import pytest
from flask import Flask

from survey.db import db
from survey.questionnaires import publication, queries
from survey.questionnaires.models import Questionnaire, Version
from tests import factories
from tests.survey.questionnaires.rules.checking.documents import document, item

LIBRARY = sorted(path.stem for path in publication.LIBRARY.glob("*.json"))


@pytest.fixture
def run(app: Flask):
    """Runs a command; (exit code, what it said on stdout, on stderr)."""

    def invoke(*args: object) -> tuple[int, str, str]:
        db.session.rollback()
        done = app.test_cli_runner().invoke(args=["questionnaires", *map(str, args)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return invoke


@pytest.fixture
def file(tmp_path):
    """Writes a document to a file."""

    def write(value: object, name: str = "made-up.json"):
        path = tmp_path / name
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return path

    return write


def rows() -> tuple[int, int]:
    db.session.rollback()
    return db.session.query(Questionnaire).count(), db.session.query(Version).count()


def test_each_questionnaire_is_listed_with_its_published_version(embedded_app: Flask):
    run = embedded_app.test_cli_runner().invoke
    assert run(args=["questionnaires", "list"]).output == ""
    for _ in range(2):
        factories.version()
    factories.version("another")
    lines = [line.split("\t") for line in run(args=["questionnaires", "list"]).output.splitlines()]
    assert sorted(line[:3] for line in lines) == [
        ["another", "1", "2026-01-01"],
        ["service-satisfaction", "2", "2026-01-01"],
    ]
    assert all(line[3] for line in lines)


def test_a_questionnaire_leaves_and_comes_back_the_same(run, tmp_path):
    for name in LIBRARY:
        path = publication.LIBRARY / f"{name}.json"
        slug = json.loads(path.read_text("utf-8"))["slug"]
        code, said, _wrong = run("import", path)
        assert (code, said) == (0, f"Version 1 of {slug} is a draft.\n")
        first, second = tmp_path / f"{name}-1.json", tmp_path / f"{name}-2.json"
        assert run("export", slug, "--output", first)[0] == 0
        assert run("import", first, "--slug", f"{slug}-again")[0] == 0
        assert run("export", f"{slug}-again", "--output", second)[0] == 0
        again = json.loads(second.read_text("utf-8"))
        assert again | {"slug": slug} == json.loads(first.read_text("utf-8"))
        assert again["questions"] == json.loads(path.read_text("utf-8"))["questions"]
    assert rows() == (2 * len(LIBRARY), 2 * len(LIBRARY))


def test_what_is_exported_is_the_published_version_or_the_one_asked_for(run):
    publication.publish("s", {"zh": "一"}, {"questions": [item("a")]}, factories.PUBLISHED_ON)
    publication.publish("s", {"zh": "一"}, {"questions": [item("b")]}, factories.PUBLISHED_ON)
    assert json.loads(run("export", "s")[1])["questions"][0]["code"] == "b"
    old = json.loads(run("export", "s", "--version", 1)[1])
    assert (old["questions"][0]["code"], old["title"], old["slug"]) == ("a", {"zh": "一"}, "s")


@pytest.mark.parametrize("args", [("export", "unknown"), ("export", "s", "--version", 2)])
def test_what_is_not_there_is_not_exported(run, args):
    publication.publish("s", {"zh": "一"}, {"questions": [item("a")]}, factories.PUBLISHED_ON)
    code, said, wrong = run(*args)
    assert (code, said) == (1, "")
    assert "no" in wrong


def test_a_file_becomes_the_next_version_of_what_is_there_when_that_is_said(run, file):
    path = file(document(item("a"), slug="s", title={"zh": "新"}))
    publication.publish("s", {"zh": "一"}, {"questions": [item("a")]}, factories.PUBLISHED_ON)
    code, _said, wrong = run("import", path)
    assert code == 1
    assert "--next" in wrong
    assert rows() == (1, 1)
    assert run("import", path, "--next")[:2] == (0, "Version 2 of s is a draft.\n")
    assert run("import", path, "--next")[0] == 1
    assert rows() == (1, 2)
    assert queries.published_number("s") == 1


def test_a_next_version_of_nothing_is_refused(run, file):
    code, _said, wrong = run("import", file(document()), "--next")
    assert (code, rows()) == (1, (0, 0))
    assert "no questionnaire made-up" in wrong


def test_an_unfinished_questionnaire_is_imported_and_its_gaps_are_listed(run, file):
    code, said, wrong = run("import", file(document(item("a", texts={"en": "Only"}))))
    assert (code, rows()) == (0, (1, 1))
    assert "published: 1." in said
    assert "questions[0].texts: The text in the default language (zh) is missing." in wrong


@pytest.mark.parametrize(
    "bad", [b"[" * 100_000, b"\xff", document(item("a"), item("a")), document(*[item("a")] * 301)]
)
def test_a_hostile_file_is_not_stored(run, file, bad):
    path = file(bad)
    code, said, wrong = run("import", path)
    assert (code, said, rows()) == (1, "", (0, 0))
    assert str(path) in wrong
    assert run("check", path)[0] == 1


@pytest.mark.parametrize("slug", [None, "Not good", "-"])
def test_an_address_is_needed(run, file, slug):
    nameless = document()
    del nameless["slug"]
    code, _said, wrong = run("import", file(nameless), *(["--slug", slug] if slug else []))
    assert (code, rows()) == (2, (0, 0))
    assert "--slug" in wrong


def test_good_files_are_said_to_be_good(run, file):
    assert run("check", *[publication.LIBRARY / f"{name}.json" for name in LIBRARY]) == (0, "26 good.\n", "")
    code, said, wrong = run("check", file(document()), file(document(*[]) | {"questions": []}, "bad.json"))
    assert (code, said) == (1, "")
    assert "There is no question." in wrong
    assert "1 of 2" in wrong


def test_a_file_that_is_not_there_is_a_wrong_call(run, tmp_path):
    for command in ("check", "import"):
        assert run(command, tmp_path / "none.json")[0] == 2
