"""What a limit is called on a page: a sentence for each thing that it bounds."""

from datetime import datetime

from flask_babel import gettext as _

from survey.i18n import moment_text
from survey.questionnaires.rules.limits import ResponseLimits


def limit_sentences(limit: ResponseLimits, taken: int, timezone: str) -> list[str]:
    """What ``limit`` says, moments in the company's ``timezone``; empty when it bounds nothing."""

    def moment(at: datetime) -> str:
        return moment_text(at, timezone)

    said = []
    if limit.opens_at is not None:
        said.append(_("Opens on %(moment)s.", moment=moment(limit.opens_at)))
    if limit.closes_at is not None:
        said.append(_("Closes on %(moment)s.", moment=moment(limit.closes_at)))
    if limit.maximum is not None:
        said.append(_("%(taken)s of %(maximum)s responses received.", taken=taken, maximum=limit.maximum))
    if limit.once_per_device:
        said.append(_("Each device can respond only once."))
    return said
