import pytest
import time_machine

from tests import factories
from tests.survey.reports.conftest import answer_at, save_customer_totals


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def make(app):
    def run(*arguments: str, code: int = 0):
        command = ["reports", "make", *arguments]
        result = app.test_cli_runner().invoke(args=command, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def company(app):
    top, regions, points = factories.company(2, 2)
    answer_at(points, factories.version())
    return top, regions, points


def test_the_last_month_is_written_in_both_formats(make, company, tmp_path):
    folder = tmp_path / "new"
    code = company[0].code
    assert "2 files are written" in make(code, "-o", str(folder)).stdout
    names = [f"{code}-service-satisfaction-2026-10-zh.{form}" for form in ("pdf", "xlsx")]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_weighted_files_are_named_so(make, company, tmp_path):
    code = company[0].code
    make(code, "-o", str(tmp_path), "--weighted", "--format", "xlsx")
    save_customer_totals(company[2])
    make(code, "-o", str(tmp_path), "--weighted", "--format", "xlsx")
    names = [f"{code}-service-satisfaction-2026-10-zh{more}.xlsx" for more in ("-weighted", "")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_each_service_point_gets_a_report(make, company, tmp_path):
    top, _regions, points = company
    arguments = ("--each", "point", "--format", "pdf", "--language", "en", "--month", "2026-09")
    make(top.code, *arguments, "-o", str(tmp_path))
    names = {f"{point.code}-service-satisfaction-2026-09-en.pdf" for point in points}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no place 'nowhere'"),
        (["{point}", "--each", "region"], "there is no region below"),
        (["{point}", "--questionnaire", "nothing"], "there is no 'nothing'"),
        (["{point}", "--month", "October"], "October"),
        (["{point}", "--language", "ug"], "ug"),
    ],
)
def test_what_is_not_there_is_refused(make, company, tmp_path, arguments, said):
    point = company[2][0].code
    result = make(*(argument.format(point=point) for argument in arguments), "-o", str(tmp_path), code=2)
    assert said in result.stderr


def test_a_folder_that_cannot_be_written_is_reported(make, company, tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way")
    result = make(company[2][0].code, "-o", str(file / "below"), code=1)
    assert "Not a directory" in result.stderr
