"""The builder of a draft: its questions, texts, languages, previews and publication."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import PagesOf
from survey.outgoing import XLSX, DeclaredReply, declared_reply

from . import drafts, languages, preview_phones, previews, publication, questions, texts, translations

blueprints = (
    drafts.blueprint,
    questions.blueprint,
    texts.blueprint,
    languages.blueprint,
    translations.blueprint,
    previews.blueprint,
    preview_phones.blueprint,
    publication.blueprint,
)
navigation = (PagesOf("questionnaires.index"),)
acts: dict[str, LazyString] = {
    "drafts.undo": _l("Undid a change of a draft"),
    "drafts.require": _l("Changed required questions of a draft"),
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
    "draft_languages.prefer": _l("Changed the default language of a draft"),
    "draft_languages.remove": _l("Removed a language from a draft"),
    "draft_translations.preview": _l("Checked a translation file"),
    "draft_translations.confirm": _l("Imported translations"),
    "draft_publication.weigh": _l("Changed weights"),
    "draft_publication.publish": _l("Published a questionnaire"),
    "previews.forget": _l("Deleted test responses"),
    "preview_phones.walk": _l("Tried out a draft"),
}
downloads: dict[str, DeclaredReply] = {
    "draft_translations.export": declared_reply(XLSX, "questionnaires"),
}
