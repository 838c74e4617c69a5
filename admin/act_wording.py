"""Acts in plain words, as the audit log tells them. Every act that staff can do has its line here."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from survey.audit.recording import COMMAND, NOBODY

ACTS: dict[str, LazyString] = {
    "sign-in": _l("Signed in"),
    "sign-out": _l("Signed out"),
    "sign-in failed": _l("Failed to sign in"),
    "admin.language": _l("Chose a language"),
    "account.change_password": _l("Changed the own password"),
    "audit_log.export": _l("Exported the audit log"),
    "contacts.index": _l("Read callbacks"),
    "contacts.done": _l("Marked a callback as called"),
    "contacts.reopen": _l("Marked a callback as to be called"),
    "exports.responses": _l("Exported responses"),
    "reports.show": _l("Downloaded a report"),
    "targets.create": _l("Set a target"),
    "target_imports.preview": _l("Looked at a file of targets"),
    "target_imports.problems": _l("Downloaded the problems of a file of targets"),
    "target_imports.confirm": _l("Imported targets"),
    "totals.remove": _l("Removed known totals of customers"),
    "total_imports.preview": _l("Looked at a file of totals"),
    "total_imports.problems": _l("Downloaded the problems of a file of totals"),
    "total_imports.confirm": _l("Imported known totals of customers"),
    "reviews.decide": _l("Decided about doubtful points"),
    "links.new": _l("Made links"),
    "links.retire": _l("Retired a link"),
    "links.restore": _l("Restored a link"),
    "link_limits.edit": _l("Changed the limits of a link"),
    "questionnaires.new": _l("Made a questionnaire"),
    "questionnaires.begin": _l("Began a draft"),
    "questionnaires.copy": _l("Duplicated a questionnaire"),
    "questionnaires.require": _l("Changed what must be answered"),
    "questionnaires.retire": _l("Retired a version of a questionnaire"),
    "questionnaire_limits.edit": _l("Changed the limits of a questionnaire"),
    "questionnaire_files.create": _l("Imported a questionnaire"),
    "library.copy": _l("Copied a questionnaire from the library"),
    "drafts.undo": _l("Undid a change of a draft"),
    "drafts.require": _l("Changed what must be answered in a draft"),
    "drafts.retitle": _l("Changed the title of a draft"),
    "drafts.discard": _l("Discarded a draft"),
    "draft_questions.add": _l("Added a question to a draft"),
    "draft_questions.change": _l("Changed a question of a draft"),
    "draft_questions.move": _l("Moved a question of a draft"),
    "draft_questions.duplicate": _l("Duplicated a question of a draft"),
    "draft_questions.delete": _l("Removed a question from a draft"),
    "draft_texts.write": _l("Changed texts of a draft"),
    "draft_texts.undo": _l("Undid a change of texts"),
    "draft_languages.add": _l("Added a language to a draft"),
    "draft_languages.prefer": _l("Made a language the first of a draft"),
    "draft_languages.remove": _l("Removed a language from a draft"),
    "draft_translations.preview": _l("Looked at a file of translations"),
    "draft_translations.confirm": _l("Imported translations"),
    "draft_publication.weigh": _l("Changed weights"),
    "draft_publication.publish": _l("Published a questionnaire"),
    "previews.forget": _l("Removed test answers"),
    "preview_phones.walk": _l("Tried out a draft"),
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
    "staff.new": _l("Appointed somebody"),
    "staff.edit": _l("Changed an appointment"),
    "staff.password": _l("Gave a new password"),
    "staff.retire": _l("Ended an appointment"),
    "staff.restore": _l("Restored an appointment"),
}

NOT_STAFF: dict[str, LazyString] = {COMMAND: _l("Command line"), NOBODY: _l("Not signed in")}
"""Roles of acts that are nobody's among the staff."""
DONE: dict[str, LazyString] = {"added": _l("added"), "changed": _l("changed"), "removed": _l("removed")}


def act_name(act: str) -> str:
    """The act in words; a command as it is typed."""
    return str(ACTS.get(act, act))
