"""Customer totals that figures are weighted by."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import Below
from survey.outgoing import CSV, Sent, sent

from . import imports, totals

blueprints = (
    totals.blueprint,
    imports.blueprint,
)
navigation = (Below("indexes.index"),)
acts: dict[str, LazyString] = {
    "totals.remove": _l("Removed known totals of customers"),
    "total_imports.preview": _l("Looked at a file of totals"),
    "total_imports.problems": _l("Downloaded the problems of a file of totals"),
    "total_imports.confirm": _l("Imported known totals of customers"),
}
downloads: dict[str, Sent] = {
    "total_imports.problems": sent(CSV, "organisation"),
    "total_imports.template": sent(CSV, "organisation"),
}
