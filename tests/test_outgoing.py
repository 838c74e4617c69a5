"""Every way in which data leaves is declared: replies that are no page, commands, files, texts and logs."""

import ast
from pathlib import Path

import click
import pytest

import admin
from survey import outgoing
from survey.cli import COMMANDS
from survey.confidentiality import CLASSES, Side

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path
    for folder in ("survey", "admin")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in MODULES}
STAFFS = {name: declared for room in admin.ROOMS for name, declared in room.downloads.items()}
FILES = {**outgoing.FILES, **STAFFS}

# Who may send to other machines, write to the console, and write files; and what.
NETWORK = {
    "survey/channels/sms/gateway.py": "a text and a number, to the gateway",
    "survey/channels/wechat/oauth.py": "our own credentials and WeChat's code",
    "survey/serving.py": "asks whether a port is free",
    "survey/throttle.py": "hashes of who tried, and counts, to the shared store",
}
CONSOLE = {
    "survey/channels/sms/outbox.py": "texts, without the number, where there is no gateway",
    "survey/cli/exports.py": "an export of responses",
    "survey/logs.py": "lines of the log",
}
WRITES = {
    "survey/assets.py": "static files under hashed names",
    "survey/cli/exports.py": "an export of responses",
    "survey/cli/questionnaires.py": "a questionnaire",
    "survey/demo/queries/__init__.py": "a lock, without content",
    "survey/private_files.py": "the head of the audit log, texts without a gateway, statements and reports",
    "survey/responses/export/workbook.py": "parts of a workbook in memory",
    "survey/settings.py": "a secret key",
}
# What makes replies for the views of others, or pages only.
MAKERS = {
    "admin/satisfaction/rendering.py": "parts of pages",
    "admin/uploads.py": "tables of the views of uploads",
    "survey/output_guard.py": "looks at replies",
}
CLIENTS = {"aiohttp", "ftplib", "httpx", "limits", "redis", "requests", "smtplib", "socket", "urllib3"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def commands(command: click.Command, above: str = "") -> list[str]:
    name = f"{above} {command.name}".strip()
    if isinstance(command, click.Group):
        return [path for below in command.commands.values() for path in commands(below, name)]
    return [name]


def test_every_command_is_declared():
    assert sorted(name for command in COMMANDS for name in commands(command)) == sorted(outgoing.COMMANDS)


def test_every_declared_reply_is_of_an_endpoint_and_of_the_side_that_declares_it(embedded_app):
    assert embedded_app.view_functions.keys() >= FILES.keys()
    views = embedded_app.view_functions
    assert {name for name in FILES if hasattr(views[name], "allowed_roles")} == STAFFS.keys()


@pytest.mark.parametrize("holds", [declared.holds for declared in FILES.values()] + [
    frozenset(text.split()) for text in outgoing.COMMANDS.values()
])  # fmt: skip
def test_nothing_that_leaves_holds_both_answers_and_persons(holds):
    assert CLASSES.keys() >= holds
    sides = {CLASSES[name].side for name in holds}
    assert not sides >= {Side.ANSWER, Side.PERSON}


def test_who_gets_a_file_about_customers_or_staff_is_written_down(embedded_app):
    quiet = {"organisation", "questionnaires", "rewards"}
    told = {name for name, one in STAFFS.items() if one.holds - quiet}
    exported = {"exports.counts", "exports.responses"}
    assert told == exported | {"audit_log.export", "books.file", "reports.show", "statements.file"}
    assert all(hasattr(embedded_app.view_functions[name], "logged") for name in told)


def test_only_modules_of_declared_endpoints_make_replies_that_are_no_page(embedded_app):
    making = {name for name, tree in TREES.items() if any(map(makes_a_reply, ast.walk(tree)))}
    views = {embedded_app.view_functions[name].__module__ for name in FILES}
    declared = {f"{module.replace('.', '/')}.py" for module in views}
    assert making - declared == MAKERS.keys()


def makes_a_reply(node: ast.AST) -> bool:
    """Whether it makes a reply with a type or a file name of its own."""
    if isinstance(node, ast.Constant):
        return node.value == "Content-Disposition"
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func).rpartition(".")[2]
    typed = any(keyword.arg in {"mimetype", "content_type"} for keyword in node.keywords)
    return name in {"jsonify", "send_file", "send_from_directory"} or (typed and name != "Format")


def test_only_declared_modules_speak_to_other_machines():
    assert {name for name, tree in TREES.items() if CLIENTS & imported(tree)} == NETWORK.keys()


def imported(tree: ast.AST) -> set[str]:
    """The top packages that are imported, wherever in the module."""
    packages = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            packages |= {alias.name.partition(".")[0] for alias in node.names}
            packages |= {"urllib3" for alias in node.names if alias.name == "urllib.request"}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            packages.add(str(node.module).partition(".")[0])
            packages |= {"urllib3"} if node.module == "urllib.request" else set()
    return packages


def test_only_declared_modules_write_to_the_console_themselves():
    modules = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"write", "buffer"} and is_stream(node.value))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
    }
    assert modules == CONSOLE.keys()


def is_stream(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}


def test_only_commands_use_the_output_of_commands():
    echoing = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"echo", "secho"}
    }
    assert {name for name in echoing if not name.startswith("survey/cli/")} == {"survey/serving.py"}


def test_only_declared_modules_write_files():
    modules = {name for name, tree in TREES.items() if any(map(writes, ast.walk(tree)))}
    assert modules == WRITES.keys()


def writes(node: ast.AST) -> bool:
    """Whether it is a call that writes a file."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in {"write_text", "write_bytes", "NamedTemporaryFile", "mkstemp", "copyfile", "copy2"}:
        return True
    modes = [
        argument.value
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return name == "open" and any(set(mode) & set("wax") and len(mode) <= 3 for mode in modes)


def test_our_own_messages_are_constant_and_name_no_value_but_types_states_and_rules():
    """A message of a logger of ours is logged as it is."""
    filled, variable = {}, {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if is_message(node):
                if not isinstance(node.args[0], ast.Constant):
                    variable[name] = ast.unparse(node.args[0])
                if node.args[1:]:
                    filled[name] = [ast.unparse(argument) for argument in node.args[1:]]
    assert variable == {"survey/i18n.py": "problem"}  # which catalogue is not compiled
    assert filled == {
        "survey/channels/sms/gateway.py": ["why"],
        "survey/channels/wechat/oauth.py": ["why"],
        "survey/clock/checking.py": ["jump"],  # two dates
        "survey/private_files.py": ["path.name"],
        "survey/logs.py": ["rule.rule if rule is not None else None"],
    }


def is_message(node: ast.AST) -> bool:
    """Whether it is getLogger(…).warning(…), app.logger.warning(…) or the like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LOGGING
        and any(word in ast.unparse(node.func.value) for word in ("getLogger", "logger"))
    )


def test_every_logger_is_used_where_it_is_made():
    """Else the test above would not see what it logs."""
    kept = [name for name, tree in TREES.items() for node in ast.walk(tree) if keeps_a_logger(node)]
    assert kept == ["survey/logs.py"]  # the root, for its handlers


def keeps_a_logger(node: ast.AST) -> bool:
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return False
    return ast.unparse(node.value.func).endswith("getLogger")
