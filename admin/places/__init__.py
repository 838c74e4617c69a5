"""The organisation: its units and employees."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import Entry
from admin.permissions import Can
from survey.outgoing import CSV, Sent, sent

from . import employees, imports, places

blueprints = (
    places.blueprint,
    imports.blueprint,
    employees.blueprint,
)
navigation = (Entry("places.index", _l("Organisation"), Can.READ_PLACES, position=90),)
acts: dict[str, LazyString] = {
    "places.new_root": _l("Added a group"),
    "places.new": _l("Added a place"),
    "places.edit": _l("Changed a place"),
    "places.move": _l("Moved a place"),
    "places.retire": _l("Retired a place"),
    "places.restore": _l("Restored a place"),
    "places.delete": _l("Deleted a place"),
    "place_imports.preview": _l("Looked at a file of places"),
    "place_imports.problems": _l("Downloaded the problems of a file of places"),
    "place_imports.confirm": _l("Imported places"),
    "employees.new": _l("Added an employee"),
    "employees.edit": _l("Changed an employee"),
    "employees.move": _l("Moved an employee"),
    "employees.retire": _l("Retired an employee"),
    "employees.restore": _l("Restored an employee"),
    "employees.delete": _l("Deleted an employee"),
}
downloads: dict[str, Sent] = {
    "place_imports.problems": sent(CSV, "organisation"),
    "place_imports.template": sent(CSV),
}
