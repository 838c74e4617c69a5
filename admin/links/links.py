"""Lasting links: search, create, retire and restore them, and show their QR codes."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from admin.access import allow, may, place_or_404, scope
from admin.labels import title_of
from admin.labels.limits import limit_sentences
from admin.pagination import page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.channels import qr
from survey.htmx import wants_partial
from survey.links import issue, queries, upkeep
from survey.links.models import Link
from survey.links.rules import address, is_loopback
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.rewards.campaigns import offer

from .forms import LinkForm

blueprint = Blueprint("links", __name__, url_prefix="/admin/links")

PAGE = 50


def public_base() -> str:
    """Return the start of public addresses: as configured, or else that of this request."""
    return settings.current().public_url or request.url_root.rstrip("/")


def link_or_404(code: str) -> Link:
    """Return the link with this code; answer 404 when it is outside the user's scope."""
    link, user_scope = queries.link(code), scope()
    if link is None or (user_scope is not None and not user_scope.contains(link.place)):
        abort(404)
    return link


@blueprint.get("/")
@allow(Can.READ_LINKS)
def index() -> Response:
    chosen, search = request.args.get("place", ""), request.args.get("q", "").strip()[:64]
    within = [part for part in (scope(), place_or_404(chosen) if chosen else None) if part is not None]
    wish: dict[str, Any] = {"place": chosen or None, "q": search or None}
    total = queries.count_links(within, search)
    page = page_of(total, PAGE, lambda number: url_for("links.index", page=number, **wish))
    listed = queries.links(within, search, page.offset, PAGE)
    template = "admin/links/_list.html" if wants_partial() else "admin/links/index.html"
    values: dict[str, Any] = {
        "links": listed,
        "total": total,
        "page": page,
        "search": search,
        "chosen": chosen,
    }
    values |= {"may_make": may(Can.CREATE_LINKS), "address": public_base()}
    html = render_template(template, parts=parts(), loopback=is_loopback(values["address"]), **values)
    return Response(html, headers={"Vary": "HX-Request"})


def parts() -> list[Place]:
    """Return the companies and regions within the user's scope, to filter by."""
    tops = [top_of_scope] if (top_of_scope := scope()) else places.roots()
    return [place for top in tops for kind in ("group", "region") for place in places.subtree(top, kind)]


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Can.CREATE_LINKS)
def new() -> str | BaseResponse | Page422:
    form = LinkForm(place=request.args.get("place", ""), employee=request.args.get("employee", ""))
    offered = questionnaires.published_questionnaires()
    form.questionnaire.choices = [(questionnaire.slug, title_of(questionnaire)) for questionnaire in offered]
    if request.method == "POST" and form.validate():
        response = _create_links(form)
        if response is not None:
            return response
    page = render_template("admin/links/new.html", form=form)
    return (page, 422) if request.method == "POST" else page


def _create_links(form: LinkForm) -> BaseResponse | None:
    """Create what the form asks for; return None, with an error in the form, when it is impossible."""
    place, user_scope = places.place(form.place.data), scope()
    questionnaire = questionnaires.questionnaire(form.questionnaire.data)
    if place is None or questionnaire is None or (user_scope is not None and not user_scope.contains(place)):
        form.place.errors = [_("There is no unit with this code in your scope.")]
        return None
    if place.kind != "point" and not form.employee.data:
        number = issue.issue_missing(place, questionnaire)
        flash(_("%(number)s links created.", number=number), "success" if number else "info")
        return redirect(url_for("links.index", place=place.code), 303)
    employee = places.employee(form.employee.data) if form.employee.data else None
    if form.employee.data and employee is None:
        form.employee.errors = [_("There is no employee with this number at this service point.")]
        return None
    try:
        link = issue.issue_link(place, questionnaire, employee)
        flash(_("Link created."), "success")
    except issue.AlreadyIssued as issued:
        link = issued.link
        flash(_("This link already exists."), "info")
    except issue.LinkRefused as refused:
        if refused.reason == "retired":
            form.place.errors = [_("The service point or employee is inactive.")]
        else:
            form.employee.errors = [_("There is no employee with this number at this service point.")]
        return None
    return redirect(url_for("links.show", code=link.code), 303)


@blueprint.get("/<code>")
@allow(Can.READ_LINKS)
def show(code: str) -> str:
    link = link_or_404(code)
    base = public_base()
    url = address(base, link.code)
    current = settings.current()
    return render_template(
        "admin/links/show.html",
        link=link,
        address=url,
        picture=qr.svg(url, _("QR code of %(address)s", address=url)),
        loopback=is_loopback(base),
        title=title_of(link.questionnaire),
        earns=offer(link.questionnaire_id, link.channel, current.today()),
        limits=limit_sentences(link.limit, current.timezone),
    )


@blueprint.post("/<code>/retire")
@allow(Can.CREATE_LINKS)
def retire(code: str) -> BaseResponse:
    upkeep.retire(link_or_404(code), settings.current().today())
    flash(_("The link is inactive. Anyone who opens it sees a notice."), "success")
    return redirect(url_for("links.show", code=code), 303)


@blueprint.post("/<code>/restore")
@allow(Can.CREATE_LINKS)
def restore(code: str) -> BaseResponse:
    upkeep.restore(link_or_404(code))
    flash(_("The link is active again."), "success")
    return redirect(url_for("links.show", code=code), 303)


@blueprint.get("/<code>/qr.<any(svg, png):kind>")
@allow(Can.READ_LINKS)
def code_image(code: str, kind: str) -> Response:
    url = address(public_base(), link_or_404(code).code)
    content = qr.svg(url) if kind == "svg" else qr.png(url)
    name = f'attachment; filename="{code}.{kind}"'
    mime = "image/svg+xml" if kind == "svg" else "image/png"
    return Response(content, mimetype=mime, headers={"Content-Disposition": name})
