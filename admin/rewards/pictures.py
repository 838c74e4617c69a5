"""The picture of a reward, and a preview of the reward as customers see it."""

from contextlib import closing

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow
from admin.labels import reason_text
from admin.permissions import Can
from admin.replies import Page422
from survey import headers, i18n
from survey.refusal import Refused
from survey.rewards import catalogue, picturing
from survey.rewards.views import percent_off_text

from .forms import PictureForm
from .rewards import reward_or_404, words

blueprint = Blueprint("reward_pictures", __name__, url_prefix="/admin/rewards/<int:reward_id>")
blueprint.context_processor(words)

ROOM = picturing.LARGEST + 1024 * 1024


@blueprint.url_value_preprocessor
def make_room(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Raise the limit of the request, for photographs, before the CSRF check reads the form."""
    request.max_content_length = ROOM


@blueprint.get("/picture/")
@allow(Can.OFFER_REWARDS)
def edit(reward_id: int) -> str:
    return _page(reward_id, PictureForm())


@blueprint.post("/picture/")
@allow(Can.OFFER_REWARDS)
def upload(reward_id: int) -> BaseResponse | Page422:
    reward_or_404(reward_id)
    form = PictureForm()
    if not form.validate():
        return _page(reward_id, form), 422
    with closing(form.file.data) as file:
        data: bytes = file.read(picturing.LARGEST + 1)
    try:
        picturing.illustrate(reward_id, data)
    except Refused as refused:
        form.file.errors = [reason_text(refused)]
        return _page(reward_id, form), 422
    flash(_("Picture saved."), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


@blueprint.post("/picture/removal")
@allow(Can.OFFER_REWARDS)
def remove(reward_id: int) -> BaseResponse:
    reward_or_404(reward_id)
    picturing.remove(reward_id)
    flash(_("Picture removed."), "success")
    return redirect(url_for("rewards.show", reward_id=reward_id), 303)


@blueprint.get("/phone")
@allow(Can.READ_REWARDS)
def phone(reward_id: int) -> Response:
    """Show the page that customers see, as a preview on which nothing can be redeemed."""
    offered = reward_or_404(reward_id)
    locale = i18n.locale_code()
    page = render_template(
        "admin/rewards/pictures/phone.html",
        offer=offered,
        reward=offered.reward,
        points=offered.reward.price,
        places=catalogue.points_with_stock(offered.reward),
        text_of=lambda texts: i18n.text_of(texts, locale),
        percent_off_text=percent_off_text,
        direction=i18n.direction_of(i18n.language_of(locale)),
        others=(),
    )
    return Response(page, headers={headers.CSP: headers.FRAMED})


def _page(reward_id: int, form: PictureForm) -> str:
    reward = reward_or_404(reward_id).reward
    return render_template("admin/rewards/pictures/edit.html", form=form, reward=reward)
