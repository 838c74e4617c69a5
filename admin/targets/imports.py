"""The import of targets from a file; see import_flow.py."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.access import scope
from admin.import_flow import ImportFlow, add_views
from admin.labels.figures import figure_name
from admin.permissions import Can
from survey.tabular import Checked, ImportOutcome
from survey.targets import importing
from survey.targets.rules.files import TargetRow

blueprint = Blueprint("target_imports", __name__, url_prefix="/admin/targets/-/import")


class TargetImport(ImportFlow[TargetRow]):
    """The import of targets of the places in the user's scope."""

    name = "targets import"
    title = _l("Import targets")
    templates = "admin/targets/imports"
    template = importing.TEMPLATE
    template_name = "targets.csv"
    figure_name = staticmethod(figure_name)

    def trail(self) -> list[tuple[str, str]]:
        return [(_("Targets"), url_for("targets.index"))]

    def check(self, text: str) -> Checked[TargetRow]:
        return importing.check_file(text, scope())

    def write(self, text: str, good_rows: bool) -> ImportOutcome[TargetRow]:
        return importing.import_targets(text, scope(), good_rows=good_rows)

    def success(self, written: int) -> str:
        return ngettext("%(num)s row of targets imported.", "%(num)s rows of targets imported.", written)


add_views(blueprint, TargetImport, Can.SET_TARGETS)
