"""Uploading coupon codes from a file. See import_flow.py."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from admin.import_flow import ImportFlow, add_views
from admin.labels import title_of
from admin.permissions import Can
from survey.rewards import coupons
from survey.tabular import Checked, ImportOutcome

from .rewards import reward_or_404

blueprint = Blueprint("reward_codes", __name__, url_prefix="/admin/rewards/<int:reward_id>/codes")


class CodeImport(ImportFlow[str]):
    """The import of codes of a partner coupon."""

    name = "coupon codes"
    title = _l("Upload codes")
    templates = "admin/rewards/codes"
    problem_heading = _l("Coupon code")
    rows_shown = 5
    already_there = _l("All codes in this file have already been added.")

    def __init__(self, reward_id: int) -> None:
        super().__init__(reward_id=reward_id)
        self.reward_id = reward_id
        self.subject = title_of(reward_or_404(reward_id, "uploaded").reward)

    def trail(self) -> list[tuple[str, str]]:
        reward = url_for("rewards.show", reward_id=self.reward_id)
        return [(_("Rewards"), url_for("rewards.index")), (self.subject, reward)]

    def check(self, text: str) -> Checked[str]:
        return coupons.check_file(self.reward_id, text)

    def write(self, text: str, good_rows: bool) -> ImportOutcome[str]:
        return coupons.upload(self.reward_id, text, good_lines=good_rows)

    def success(self, written: int) -> str:
        return ngettext("%(num)s code added.", "%(num)s codes added.", written)


add_views(blueprint, CodeImport, Can.OFFER_REWARDS)
