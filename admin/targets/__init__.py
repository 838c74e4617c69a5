"""The pages of target values."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import PagesOf
from survey.outgoing import CSV, DeclaredReply, declared_reply

from . import imports, targets

blueprints = (
    targets.blueprint,
    imports.blueprint,
)
navigation = (PagesOf("indexes.index"),)
acts: dict[str, LazyString] = {
    "targets.create": _l("Set a target"),
    "target_imports.preview": _l("Checked a target file"),
    "target_imports.problems": _l("Downloaded the problems in a target file"),
    "target_imports.confirm": _l("Imported targets"),
}
downloads: dict[str, DeclaredReply] = {
    "target_imports.problems": declared_reply(CSV, "organisation questionnaires"),
    "target_imports.template": declared_reply(CSV, "organisation questionnaires"),
}
