import csv
import io
import stat

import pytest

from tests import factories
from tests.survey.tallies.answers import ALIKE, give, release_all

SLUG = "service-satisfaction"


@pytest.fixture
def export(app):
    def run(*arguments: str, code: int = 0):
        command = ["responses", "export", *arguments]
        result = app.test_cli_runner().invoke(args=command, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def point(app):
    _top, _regions, (point, _other) = factories.company(2, 1)
    give(point, factories.version(), *[ALIKE] * 4)
    return point


def rows(text):
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))


def test_a_file_is_written_for_its_owner_alone(export, point, tmp_path):
    target = tmp_path / "all.csv"
    assert "4 responses are written." in export(SLUG, "-o", str(target)).stderr
    assert len(rows(target.read_text("utf-8"))) == 4
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_an_export_can_be_piped(export, point):
    result = export(SLUG, "-o", "-", "--language", "en")
    assert rows(result.stdout)[0]["overall.label"] == "Satisfied"


def test_as_pages_show_it_holds_what_was_released_and_releases_nothing(export, point):
    give(point, factories.version(), *[ALIKE] * 5)
    assert rows(export(SLUG, "--public", "-o", "-").stdout) == []
    release_all()
    found = rows(export(SLUG, "--public", "-o", "-").stdout)
    assert [row["quarter"] for row in found] == ["2026-Q4"] * 9


def test_an_export_can_be_limited_to_a_part_and_a_period(export, point):
    assert len(rows(export(SLUG, "--place", point.code, "-o", "-").stdout)) == 4
    assert rows(export(SLUG, "--from", "2026-11-03", "-o", "-").stdout) == []
    assert rows(export(SLUG, "--to", "2026-11-01", "-o", "-").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "there is no 'nothing'; there are: service-satisfaction"),
        ([SLUG, "--place", "X"], "there is no place 'X'"),
        ([SLUG, "--from", "2026-11-03", "--to", "2026-11-02"], "it is before --from"),
        ([SLUG, "--format", "doc"], "doc"),
    ],
)
def test_what_is_not_there_is_refused(export, point, arguments, said):
    assert said in export(*arguments, "-o", "-", code=2).stderr


def test_a_folder_that_cannot_be_written_is_reported(export, point, tmp_path):
    result = export(SLUG, "-o", str(tmp_path / "nowhere" / "all.csv"), code=1)
    assert "No such file or directory" in result.stderr
