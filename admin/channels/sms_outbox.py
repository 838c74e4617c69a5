"""Text messages that were not sent because no gateway is set up: customers' codes, for development."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, render_template

from admin.access import allow
from admin.permissions import Can
from survey import settings
from survey.channels.sms import Sender

blueprint = Blueprint("outbox", __name__, url_prefix="/admin/outbox")


@blueprint.get("/")
@allow(Can.READ_OUTBOX)
def index() -> str:
    sender: Sender = current_app.extensions["sms"]
    return render_template(
        "admin/channels/sms_outbox.html",
        messages=sender.messages(),
        is_used=not sender.is_sending,
        moment=_moment,
    )


def _moment(seconds: float) -> datetime:
    """Return a Unix time as naive local time in the company's time zone."""
    zone = ZoneInfo(settings.current().timezone)
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).replace(tzinfo=None)
