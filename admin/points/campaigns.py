"""The pages of campaigns, which show what a response earns and how much of the budget is used."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from admin import idempotency
from admin.access import allow, may
from admin.labels import reason_text, title_of
from admin.labels.channels import CHANNELS
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.questionnaires import queries as questionnaires
from survey.refusal import Refused
from survey.rewards import campaigns
from survey.rewards.models.campaigns import Campaign
from survey.rewards.queries import campaigns as queries
from survey.rewards.queries import statement

from .campaign_forms import CampaignForm

blueprint = Blueprint("campaigns", __name__, url_prefix="/admin/campaigns")

STATES = {
    "paused": (_l("Paused"), "warn"),
    "coming": (_l("Upcoming"), "neutral"),
    "over": (_l("Ended"), "neutral"),
    "used up": (_l("Budget used up"), "bad"),
    "running": (_l("Running"), "good"),
}


def state_of(campaign: Campaign, today: date) -> str:
    """Return the state of a campaign, a key of STATES."""
    if campaign.ends_on < today:
        return "over"
    if campaign.paused:
        return "paused"
    if campaign.starts_on > today:
        return "coming"
    least = min((rate.points for rate in campaign.rates), default=1)
    return "used up" if campaign.left < least else "running"


@blueprint.context_processor
def words() -> dict[str, object]:
    return {"title_of": title_of, "states": STATES, "may_make": may(Can.RUN_CAMPAIGNS)}


def campaign_or_404(campaign_id: int) -> Campaign:
    return queries.campaign(campaign_id) or abort(404)


@blueprint.get("/")
@allow(Can.READ_POINTS)
def index() -> str:
    today = settings.current().today()
    rows = [(campaign, state_of(campaign, today)) for campaign in queries.campaigns()]
    return render_template(
        "admin/points/campaigns/index.html", rows=rows, promised=statement.promised_points()
    )


@blueprint.get("/<int:campaign_id>")
@allow(Can.READ_POINTS)
def show(campaign_id: int) -> str:
    campaign = campaign_or_404(campaign_id)
    return render_template(
        "admin/points/campaigns/show.html",
        campaign=campaign,
        state=state_of(campaign, settings.current().today()),
        promised=statement.promised_points().get(campaign.id, 0),
        sums=statement.balances(campaign.id).get(campaign.id, {}),
        questionnaire_titles={
            questionnaire.id: title_of(questionnaire) for questionnaire in questionnaires.questionnaires()
        },
        channels=CHANNELS,
    )


@blueprint.route("/-/new", methods=["GET", "POST"])
@allow(Can.RUN_CAMPAIGNS)
def new() -> str | Response | Page422:
    form = CampaignForm.of(_questionnaire_choices(), None, _wants_row())
    if (terms := _sent_terms(form)) is not None:
        try:
            campaign = campaigns.begin(terms, made_with=idempotency.hash_form())
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Campaign created."), "success")
            return redirect(url_for("campaigns.show", campaign_id=campaign.id), 303)
    return _form_page(form)


@blueprint.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@allow(Can.RUN_CAMPAIGNS)
def edit(campaign_id: int) -> str | Response | Page422:
    campaign = campaign_or_404(campaign_id)
    form = CampaignForm.of(_questionnaire_choices(), campaign, _wants_row())
    if (terms := _sent_terms(form)) is not None:
        try:
            campaigns.change(campaign.id, terms)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Saved. Pages already open still earn the points they show."), "success")
            return redirect(url_for("campaigns.show", campaign_id=campaign.id), 303)
    return _form_page(form, campaign)


@blueprint.post("/<int:campaign_id>/pause")
@allow(Can.RUN_CAMPAIGNS)
def pause(campaign_id: int) -> Response:
    campaigns.pause(campaign_or_404(campaign_id).id)
    flash(_("The campaign is paused. No points are earned until it resumes."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


@blueprint.post("/<int:campaign_id>/resumption")
@allow(Can.RUN_CAMPAIGNS)
def resume(campaign_id: int) -> Response:
    campaigns.resume(campaign_or_404(campaign_id).id)
    flash(_("Campaign resumed."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _questionnaire_choices() -> list[tuple[str, str]]:
    return [
        (str(questionnaire.id), title_of(questionnaire)) for questionnaire in questionnaires.questionnaires()
    ]


def _sent_terms(form: CampaignForm) -> campaigns.CampaignTerms | None:
    """Return the sent terms if they are valid and to be saved, else None."""
    if request.method != "POST" or _wants_row() or not form.validate():
        return None
    return form.terms()


def _form_page(form: CampaignForm, campaign: Campaign | None = None) -> str | Page422:
    """Return the page of the form; asking for one more row is not an error, so that its status is 200."""
    values = {"campaign": campaign, "made_with": idempotency.new_number()}
    page = render_template("admin/points/campaigns/edit.html", form=form, **values)
    return (page, 422) if request.method == "POST" and not _wants_row() else page


def _wants_row() -> bool:
    """Return whether the form asks for one more row instead of being saved."""
    return "more" in request.form
