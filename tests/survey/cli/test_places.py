import pytest

from survey.places import queries
from tests import factories

GOOD = "编码,名称,类型,上级\nTOP,回音,group,\nEAST,华东,区域,TOP\nP1,一店,,EAST\n"
BAD = "code,name,parent\nP2,二店,EAST\nP3,,EAST\nP4,四店\n"


@pytest.fixture
def run(app, tmp_path):
    def import_(content, *options):
        file = tmp_path / "places.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        arguments = ["places", "import", str(file), *options]
        return app.test_cli_runner().invoke(args=arguments, catch_exceptions=False)

    return import_


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_good_file_is_written_whole(run, encoding):
    result = run(GOOD.encode(encoding))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "3 good rows, 0 bad rows; 3 places written.\n"
    assert queries.place("P1").parent.name == "华东"


def test_a_dry_run_writes_nothing(run):
    result = run(GOOD, "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "3 good rows, 0 bad rows; 0 places written.\n")
    assert queries.roots() == []


def test_bad_rows_are_named_on_stderr_and_nothing_is_written(run):
    factories.place("region", code="EAST")
    result = run(BAD)
    assert result.exit_code == 1
    assert result.stdout == "1 good rows, 2 bad rows; 0 places written.\n"
    assert result.stderr.splitlines() == [
        "line 3, name: is missing",
        "line 4: has 2 cells where the header has 3",
    ]
    assert queries.place("P2") is None


def test_good_rows_are_written_when_asked(run):
    factories.place("region", code="EAST")
    result = run(BAD, "--good-rows")
    assert (result.exit_code, result.stdout) == (0, "1 good rows, 2 bad rows; 1 places written.\n")
    assert queries.place("P2") is not None
    assert run(BAD, "--good-rows").stdout == "0 good rows, 3 bad rows; 0 places written.\n"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"a,b\n1,2\n", b"code,name\n"])
def test_what_is_no_table_of_places_is_said_to_be_none(run, content):
    result = run(content)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert queries.roots() == []
