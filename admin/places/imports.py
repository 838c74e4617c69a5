"""The import of places from a file; admin/import_flow.py has its steps."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.access import scope
from admin.import_flow import ImportFlow, add_views
from admin.labels import KINDS
from admin.permissions import Can
from survey.places import importing
from survey.places.rules.reading import Candidate
from survey.tabular import Checked, ImportOutcome

blueprint = Blueprint("place_imports", __name__, url_prefix="/admin/places/-/import")


class PlaceImport(ImportFlow[Candidate]):
    """The import of places within the user's scope."""

    name = "places import"
    title = _l("Import units")
    templates = "admin/places/imports"
    template = importing.TEMPLATE
    template_name = "places.csv"
    kinds = KINDS

    def trail(self) -> list[tuple[str, str]]:
        return [(_("Organisation"), url_for("places.index"))]

    def check(self, text: str) -> Checked[Candidate]:
        return importing.check_file(text, scope())

    def write(self, text: str, good_rows: bool) -> ImportOutcome[Candidate]:
        return importing.import_places(text, scope(), good_rows=good_rows)

    def success(self, written: int) -> str:
        return ngettext("%(num)s unit imported.", "%(num)s units imported.", written)


add_views(blueprint, PlaceImport, Can.CHANGE_PLACES)
