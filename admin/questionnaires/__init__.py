"""Questionnaires, their versions, limits and files, and the template library."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import JSON, DeclaredReply, declared_reply

from . import files, library, library_previews, limits, questionnaires, version_comparison

blueprints = (
    questionnaires.blueprint,
    limits.blueprint,
    files.blueprint,
    library.blueprint,
    library_previews.blueprint,
    version_comparison.blueprint,
)
navigation = (
    NavigationEntry("questionnaires.index", _l("Questionnaires"), Can.READ_QUESTIONNAIRES, position=40),
)
acts: dict[str, LazyString] = {
    "questionnaires.new": _l("Created a questionnaire"),
    "questionnaires.begin": _l("Created a draft"),
    "questionnaires.copy": _l("Duplicated a questionnaire"),
    "questionnaires.require": _l("Changed required questions"),
    "questionnaires.retire": _l("Deactivated a version of a questionnaire"),
    "questionnaire_limits.edit": _l("Changed the limits of a questionnaire"),
    "questionnaire_files.create": _l("Imported a questionnaire"),
    "library.copy": _l("Copied a questionnaire from the template library"),
    "library_phones.walk": _l("Tried out a template"),
}
downloads: dict[str, DeclaredReply] = {
    "questionnaire_files.show": declared_reply(JSON, "questionnaires"),
}
