"""Rewards: what points buy, their pictures, codes and stock."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import CSV, DeclaredReply, declared_reply

from . import codes, pictures, rewards, stock

blueprints = (
    rewards.blueprint,
    pictures.blueprint,
    codes.blueprint,
    stock.blueprint,
)
navigation = (NavigationEntry("rewards.index", _l("Rewards"), Can.READ_REWARDS, position=70),)
acts: dict[str, LazyString] = {
    "rewards.new": _l("Created a reward"),
    "rewards.edit": _l("Changed a reward"),
    "rewards.withdraw": _l("Withdrew a reward"),
    "rewards.restore": _l("Offered a reward again"),
    "reward_pictures.upload": _l("Added a picture to a reward"),
    "reward_pictures.remove": _l("Removed the picture of a reward"),
    "reward_codes.preview": _l("Checked a code file"),
    "reward_codes.problems": _l("Downloaded the problems in a code file"),
    "reward_codes.confirm": _l("Uploaded codes"),
    "reward_stock.put": _l("Set the stock of a gift"),
    "reward_stock.preview": _l("Checked a stock file"),
    "reward_stock.problems": _l("Downloaded the problems in a stock file"),
    "reward_stock.confirm": _l("Imported stock"),
}
downloads: dict[str, DeclaredReply] = {
    "reward_codes.problems": declared_reply(CSV, "rewards"),
    "reward_stock.problems": declared_reply(CSV, "organisation rewards"),
    "reward_stock.template": declared_reply(CSV, "organisation rewards"),
}
