"""Response limits in words: a sentence for each of their bounds."""

from datetime import datetime

from flask_babel import gettext as _

from survey.i18n import moment_text
from survey.questionnaires.rules.limits import ResponseLimits


def limit_sentences(limit: ResponseLimits, timezone: str) -> list[str]:
    """Return a sentence for each bound of ``limit``, with moments in the company's ``timezone``.

    How many responses came is not said: between two batches it would tell when somebody answered.
    """

    def moment(at: datetime) -> str:
        return moment_text(at, timezone)

    sentences = []
    if limit.opens_at is not None:
        sentences.append(_("Opens on %(moment)s.", moment=moment(limit.opens_at)))
    if limit.closes_at is not None:
        sentences.append(_("Closes on %(moment)s.", moment=moment(limit.closes_at)))
    if limit.maximum is not None:
        sentences.append(_("Closes after %(maximum)s responses.", maximum=limit.maximum))
    if limit.once_per_device:
        sentences.append(_("Each device can respond only once."))
    return sentences
