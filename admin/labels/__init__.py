"""Names and sentences of the product, in the language of the screen."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from survey.i18n import locale_code, spell_dates, text_of
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.returning import TranslationProblem as RowProblem
from survey.refusal import Refused
from survey.rewards.models.campaigns import Campaign
from survey.rewards.models.catalogue import Reward
from survey.tabular import Problem, Unreadable

KINDS = {"group": _l("Company"), "region": _l("Region"), "point": _l("Service point")}
ROLES = {
    "administrator": _l("Administrator"),
    "manager": _l("Manager"),
    "marketing": _l("Marketing"),
    "counter": _l("Counter staff"),
    "auditor": _l("Auditor"),
}


def title_of(titled: Questionnaire | Campaign | Reward) -> str:
    """Return the title in the language of the screen, or in one that exists."""
    return text_of(titled.title, locale_code())


def reason_text(reason: Refused | Problem | RowProblem | Unreadable) -> str:
    """Return the sentence of a refusal or problem, in the language of the screen."""
    return str(gettext(reason.text, **spell_dates(reason.detail)))
