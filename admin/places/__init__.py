"""The organisation: its units and employees."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import CSV, DeclaredReply, declared_reply

from . import employees, imports, places

blueprints = (
    places.blueprint,
    imports.blueprint,
    employees.blueprint,
)
navigation = (NavigationEntry("places.index", _l("Organisation"), Can.READ_PLACES, position=90),)
acts: dict[str, LazyString] = {
    "places.new_root": _l("Added a company"),
    "places.new": _l("Added a unit"),
    "places.edit": _l("Changed a unit"),
    "places.move": _l("Moved a unit"),
    "places.retire": _l("Deactivated a unit"),
    "places.restore": _l("Reactivated a unit"),
    "places.delete": _l("Deleted a unit"),
    "place_imports.preview": _l("Checked a unit file"),
    "place_imports.problems": _l("Downloaded the problems in a unit file"),
    "place_imports.confirm": _l("Imported units"),
    "employees.new": _l("Added an employee"),
    "employees.edit": _l("Changed an employee"),
    "employees.move": _l("Moved an employee"),
    "employees.retire": _l("Deactivated an employee"),
    "employees.restore": _l("Reactivated an employee"),
    "employees.delete": _l("Deleted an employee"),
}
downloads: dict[str, DeclaredReply] = {
    "place_imports.problems": declared_reply(CSV, "organisation"),
    "place_imports.template": declared_reply(CSV),
}
