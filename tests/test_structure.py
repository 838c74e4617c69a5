"""The house stays as docs/architecture.md tells: who imports whom, how large things get, where tests are."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path
    for folder in ("survey", "admin")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
SOURCES = [*MODULES, ROOT / "wsgi.py"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted(path for path in (ROOT / "static/js").rglob("*.js"))
# What a module may be named to hold SQL.
SPEAKS_SQL = {"db", "models", "queries", "transaction", "env"}
SPEAKS_HTTP = {"views", "pages", "forms", "__init__"}
# Below the features, and the commands: they are made of Flask.
GROUND = {
    "assets",
    "input_guard",
    "errors",
    "headers",
    "health",
    "htmx",
    "i18n",
    "logs",
    "output_guard",
    "serving",
    "sessions",
    "source_code",
    "throttle",
}
NEVER_OPENS = {"views", "queries", "models", "rules", "forms"}
# Modules that no test beside them names, and the tests that run every line of them.
TESTED_ELSEWHERE = {
    "admin/audit_log/act_labels.py": "tests/admin/test_access.py",
    "admin/drafts/question_form_context.py": "tests/admin/labels/test_items.py",
    "admin/drafts/question_list.py": "tests/admin/labels/test_items.py",
    "survey/answering/queries/storing.py": "tests/survey/answering/test_submission.py",
    "survey/demo/queries/points.py": "tests/survey/demo/test_demo.py",
    "survey/migrations/env.py": "tests/survey/test_migrations.py",
    "survey/questionnaires/kinds/nps.py": "tests/survey/questionnaires/rules/test_reading.py",
    "survey/questionnaires/kinds/rating.py": "tests/survey/questionnaires/rules/test_reading.py",
    "survey/questionnaires/kinds/text.py": "tests/survey/questionnaires/rules/test_reading.py",
    "survey/rewards/queries/budgets.py": "tests/survey/rewards/test_campaigns.py",
    "survey/rewards/queries/books.py": "tests/survey/rewards/test_ledger.py",
    "survey/rewards/queries/campaigns.py": "tests/survey/rewards/test_campaigns.py",
    "survey/rewards/queries/claims.py": "tests/survey/rewards/test_taking.py",
    "survey/rewards/queries/adjustments.py": "tests/survey/rewards/test_adjusting.py",
    "survey/rewards/queries/expiring.py": "tests/survey/rewards/test_expiry.py",
    "survey/rewards/queries/proving.py": "tests/survey/rewards/test_verification.py",
    "survey/rewards/queries/statement.py": "tests/survey/rewards/test_statement.py",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """The top packages and dotted names that ``path`` imports, wherever in the file."""
    modules = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules.add(str(node.module))
    return modules


def packages(path: Path) -> set[str]:
    return {module.partition(".")[0] for module in imports(path)}


def test_the_import_rules_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_only_wsgi_joins_the_product_and_its_staff_pages():
    knows_admin = [name(p) for p in SOURCES if "admin" in packages(p) and not name(p).startswith("admin/")]
    assert knows_admin == ["wsgi.py"]


def test_sql_is_spoken_only_where_it_belongs():
    wrong = [
        name(p)
        for p in SOURCES
        if packages(p) & {"sqlalchemy", "flask_sqlalchemy", "psycopg", "pysqlite3", "alembic"}
        and not ({p.stem, p.parent.name} & SPEAKS_SQL)
        and name(p) not in {"survey/health.py"}  # asks alembic for the last migration's name
    ]
    assert wrong == []


def test_http_is_spoken_only_where_it_belongs():
    def may(path: Path) -> bool:
        parts = path.relative_to(ROOT).parts
        ground = len(parts) == 2 and path.stem in GROUND
        return parts[0] == "admin" or ground or parts[1] == "cli" or {path.stem, parts[-2]} & SPEAKS_HTTP

    web = {"flask", "wtforms", "flask_wtf", "flask_babel", "flask_login", "werkzeug"}
    excused = {"survey/migrations/env.py", "survey/people/models.py", "survey/settings.py"}
    wrong = [name(p) for p in MODULES if packages(p) & web and not may(p) and name(p) not in excused]
    assert wrong == []


def test_forms_ask_no_database_for_their_choices():
    wrong = []
    for path in MODULES:
        if not ("forms" in path.parts or path.stem.endswith(("form", "forms"))):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                functions = any(
                    imported_name[0].islower() for imported_name in names
                )  # types of rows may be named
                if "queries" in names or (functions and "queries" in (node.module or "").split(".")):
                    wrong.append(name(path))
    assert wrong == []


def test_only_use_cases_open_a_transaction():
    wrong = []
    for path in MODULES:
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "transaction"
        ]
        inside_rules = "rules" in path.relative_to(ROOT).parts
        if calls and (path.stem in NEVER_OPENS or inside_rules or name(path).startswith("admin/")):
            wrong.append(name(path))
    assert wrong == []


def test_modules_are_small_and_named_for_what_they_do():
    assert {name(p): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 250} == {}
    vague = re.compile(r"util|helper|service|manager|common|misc")
    assert [name(p) for p in SOURCES if vague.search(p.stem)] == []


def test_a_line_of_a_template_has_at_most_160_columns():
    assert {name(p): n for p in TEMPLATES if (n := max(map(len, p.read_text().splitlines()))) > 160} == {}


def test_scripts_are_small():
    assert {name(p): n for p in SCRIPTS if (n := len(p.read_text().splitlines())) > 120} == {}


def test_templates_hold_no_script_and_no_style():
    """The content security policy would refuse them."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|hx-on|hx-vals=.js", re.I
    )
    assert {name(p): match[0] for p in TEMPLATES if (match := inline.search(p.read_text()))} == {}


def test_nothing_comes_from_elsewhere():
    """A page asks nobody but us."""
    foreign = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//""")
    assert [name(p) for p in TEMPLATES if foreign.search(p.read_text())] == []


def has_logic(path: Path) -> bool:
    return any(
        isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(ast.parse(path.read_text()))
    )


def is_tested_at_its_place(path: Path) -> bool:
    """By a file of its name, or by one of the mirrored folder (or its package's) that imports it.

    What a package hands on as its own (``from .module import``) is tested where the package is.
    """
    folder = ROOT / "tests" / path.relative_to(ROOT).parent
    handed_on = f"from .{path.stem} import" in (path.parent / "__init__.py").read_text()
    if handed_on and (folder.parent / f"test_{path.parent.name}.py").exists():
        return True
    if (folder / f"test_{path.name}").exists():
        return True
    package = re.escape(".".join(path.relative_to(ROOT).parent.parts))
    asked = re.compile(rf"(from|import) {package}(\.| import (.*\b)?){path.stem}\b")
    near = [*folder.glob("*.py"), *folder.parent.glob(f"test_{path.parent.name}.py")]
    return any(asked.match(line) for test in near for line in imported(test))


def imported(test: Path) -> list[str]:
    lines = test.read_text().splitlines()
    return [line.strip() for line in lines if line.lstrip().startswith(("from ", "import "))]


def untested() -> set[str]:
    """Modules with logic that no test at their place names."""
    return {
        name(path)
        for path in MODULES
        if path.stem not in {"__init__", "models", "forms"}
        and not path.stem.endswith(("_form", "_forms"))
        and path.parent.name not in {"forms", "models"}
        and has_logic(path)
        and not is_tested_at_its_place(path)
    }


def test_tests_mirror_the_tree():
    missing = sorted(untested() - TESTED_ELSEWHERE.keys())
    assert missing == [], "\n".join(missing)


def test_no_exception_is_made_without_need_and_each_names_its_tests():
    assert sorted(TESTED_ELSEWHERE.keys() - untested()) == []
    assert [test for test in TESTED_ELSEWHERE.values() if not (ROOT / test).exists()] == []
