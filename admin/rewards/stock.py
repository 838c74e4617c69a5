"""The stock of a gift: the quantity at each service point, set singly or from a file."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow, place_or_404
from admin.flashing import flash_outcome
from admin.forms.fields import stripped
from admin.import_flow import ImportFlow, add_views
from admin.labels import title_of
from admin.pagination import page_of
from admin.permissions import Can
from survey.i18n import locale_code
from survey.rewards import stocking
from survey.rewards.queries import catalogue as queries
from survey.rewards.rules.rewarding import MOST
from survey.rewards.rules.stock_files import StockRow
from survey.tabular import Checked, ImportOutcome

from .rewards import reward_or_404, words

blueprint = Blueprint("reward_stock", __name__, url_prefix="/admin/rewards/<int:reward_id>/stock")
blueprint.context_processor(words)

PAGE = 50


@blueprint.get("/")
@allow(Can.READ_REWARDS)
def index(reward_id: int) -> str:
    reward = reward_or_404(reward_id, "gift").reward
    wanted = stripped(request.args.get("q", ""))[:64]
    number = min(max(request.args.get("page", 1, type=int), 1), MOST)
    rows, total = queries.stock_by_point(reward_id, wanted, (number - 1) * PAGE, PAGE)
    page = page_of(
        total, PAGE, lambda n: url_for("reward_stock.index", reward_id=reward_id, q=wanted or None, page=n)
    )
    if page.number != number:
        rows, _total = queries.stock_by_point(reward_id, wanted, page.offset, PAGE)
    counts = queries.count_redemptions_by_place(reward_id)
    return render_template(
        "admin/rewards/stock/index.html", reward=reward, rows=rows, page=page, counts=counts, search=wanted
    )


@blueprint.post("/<code>")
@allow(Can.OFFER_REWARDS)
def put(reward_id: int, code: str) -> BaseResponse:
    reward_or_404(reward_id, "gift")
    place = place_or_404(code)
    number, seen = (request.form.get(name, "", str) for name in ("remaining", "seen"))
    shown: dict[str, Any] = {name: request.args.get(name) for name in ("q", "page")}
    back = url_for("reward_stock.index", reward_id=reward_id, **shown)
    if not (_is_whole(number) and _is_whole(seen)):
        flash(_("Enter a whole number from 0 to 1,000,000."), "error")
    else:
        success = _(
            "%(place)s now has %(number)s in stock.", place=place.named(locale_code()), number=int(number)
        )
        flash_outcome(lambda: stocking.put(reward_id, place, int(number), int(seen)), success)
    return redirect(back, 303)


class StockImport(ImportFlow[StockRow]):
    """The import of quantities of a gift by service point."""

    name = "stock"
    title = _l("Import stock")
    templates = "admin/rewards/stock"
    template = stocking.TEMPLATE
    template_name = "stock.csv"

    def __init__(self, reward_id: int) -> None:
        super().__init__(reward_id=reward_id)
        self.reward_id = reward_id
        self.subject = title_of(reward_or_404(reward_id, "gift").reward)

    def trail(self) -> list[tuple[str, str]]:
        return [
            (_("Rewards"), url_for("rewards.index")),
            (self.subject, url_for("rewards.show", reward_id=self.reward_id)),
            (_("Stock"), url_for("reward_stock.index", reward_id=self.reward_id)),
        ]

    def check(self, text: str) -> Checked[StockRow]:
        return stocking.check_file(self.reward_id, text)

    def write(self, text: str, good_rows: bool) -> ImportOutcome[StockRow]:
        return stocking.import_stock(self.reward_id, text, good_rows=good_rows)

    def success(self, written: int) -> str:
        return ngettext(
            "Stock set for %(num)s service point.",
            "Stock set for %(num)s service points.",
            written,
        )


add_views(blueprint, StockImport, Can.OFFER_REWARDS, at="/-/import", beside="/-/")


def _is_whole(text: str) -> bool:
    """Return whether the text is a whole number of at most nine digits."""
    return text.isascii() and text.isdecimal() and len(text) <= 9
