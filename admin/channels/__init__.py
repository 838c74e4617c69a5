"""What channels have sent, or could not send."""

from flask_babel import LazyString

from admin.navigation import Below, Entry
from survey.outgoing import Sent

from . import sms_outbox

blueprints = (sms_outbox.blueprint,)
navigation: tuple[Entry | Below, ...] = ()
acts: dict[str, LazyString] = {}
downloads: dict[str, Sent] = {}
