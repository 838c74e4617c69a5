"""The pages of the customer totals by which figures are weighted."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import PagesOf
from survey.outgoing import CSV, DeclaredReply, declared_reply

from . import imports, totals

blueprints = (
    totals.blueprint,
    imports.blueprint,
)
navigation = (PagesOf("indexes.index"),)
acts: dict[str, LazyString] = {
    "totals.remove": _l("Removed customer totals"),
    "total_imports.preview": _l("Checked a totals file"),
    "total_imports.problems": _l("Downloaded the problems in a totals file"),
    "total_imports.confirm": _l("Imported customer totals"),
}
downloads: dict[str, DeclaredReply] = {
    "total_imports.problems": declared_reply(CSV, "organisation"),
    "total_imports.template": declared_reply(CSV, "organisation"),
}
