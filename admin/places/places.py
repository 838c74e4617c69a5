"""The organisation: its tree, and the pages and actions of its places."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404, scope
from admin.flashing import flash_outcome
from admin.labels import KINDS, reason_text
from admin.pagination import Page, page_of
from admin.permissions import Can
from admin.replies import Page422
from survey import settings
from survey.htmx import wants_partial
from survey.places import layout, queries, retirement
from survey.places.models import Place
from survey.refusal import Refused
from survey.tallies.moving import move_place

from .place_forms import DestinationForm, NewPlaceForm, PlaceDetailsForm

blueprint = Blueprint("places", __name__, url_prefix="/admin/places")
PER_PAGE = 50


@blueprint.context_processor
def template_values() -> dict[str, object]:
    return {"kinds": KINDS}


def place_to_change(code: str) -> Place:
    """Return a place that the user may change: one within their scope, but not its top."""
    place = place_or_404(code)
    if place == scope():
        abort(403)
    return place


def way_to(place: Place) -> list[Place]:
    """Return the places above ``place`` that the user may see, from the top."""
    return ways_to([place])[place.id]


def ways_to(places: Sequence[Place]) -> dict[int, list[Place]]:
    """Return way_to() each of ``places``, by its id."""
    user_scope = scope()
    return {
        place_id: [above for above in way if user_scope is None or user_scope.contains(above)]
        for place_id, way in queries.ways(places).items()
    }


@blueprint.get("/")
@allow(Can.READ_PLACES)
def index() -> str:
    search = request.args.get("q", "").replace("\0", "").strip()[:100]
    if search:
        return _search_page(search)
    user_scope = scope()
    nodes = [queries.node(user_scope)] if user_scope else queries.nodes(None, limit=PER_PAGE * 10)
    opened = queries.nodes(nodes[0].place, limit=PER_PAGE) if len(nodes) == 1 else []
    return _page_or_part("_tree.html", "index.html", nodes=nodes, opened=opened, wanted="")


def _search_page(search: str) -> str:
    user_scope = scope()
    _places, total = queries.search(search, user_scope, limit=0)
    page = page_of(total, PER_PAGE, lambda number: url_for("places.index", q=search, page=number))
    places, _total = queries.search(search, user_scope, page.offset, PER_PAGE)
    return _page_or_part(
        "_found.html",
        "index.html",
        places=places,
        ways=ways_to(places),
        total=total,
        page=page,
        wanted=search,
    )


def _page_or_part(part: str, whole: str, **values: object) -> str:
    name = part if wants_partial() else whole
    return render_template(f"admin/places/{name}", **values)


@blueprint.get("/<code>")
@allow(Can.READ_PLACES)
def show(code: str) -> str:
    place = place_or_404(code)
    node = queries.node(place)
    page = _children_page(node)
    return render_template(
        "admin/places/show.html",
        place=place,
        node=node,
        way=way_to(place),
        nodes=queries.nodes(place, page.offset, PER_PAGE),
        page=page,
        employees=queries.employees(place),
        is_mine=place == scope(),
    )


@blueprint.get("/<code>/below")
@allow(Can.READ_PLACES)
def below(code: str) -> str | Response:
    """Return the places right below as a part of the tree; without htmx, redirect to the place's page."""
    place = place_or_404(code)
    page = _children_page(queries.node(place))
    if not wants_partial():
        return redirect(page.url_for(page.number))
    nodes = queries.nodes(place, page.offset, PER_PAGE)
    return render_template("admin/places/_nodes.html", nodes=nodes, above=place, page=page)


def _children_page(node: queries.Node) -> Page:
    return page_of(
        node.children, PER_PAGE, lambda number: url_for("places.show", code=node.place.code, page=number)
    )


@blueprint.route("/-/new", methods=["GET", "POST"])
@allow(Can.ADD_COMPANIES)
def new_root() -> str | Response | Page422:
    return _add(None)


@blueprint.route("/<code>/new", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def new(code: str) -> str | Response | Page422:
    return _add(place_or_404(code))


def _add(parent: Place | None) -> str | Response | Page422:
    form = NewPlaceForm()
    values = {"form": form, "parent": parent, "way": way_to(parent) if parent else []}
    if request.method == "GET":
        form.kind.data = "point" if parent else "group"
        return render_template("admin/places/new.html", **values)
    if form.validate():
        names = (form.code.data, form.name.data, form.name_en.data)
        try:
            place = layout.add_place(parent, form.kind.data, *names)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("%(name)s was added.", name=place.name), "success")
            return redirect(url_for("places.show", code=parent.code if parent else place.code), 303)
    return render_template("admin/places/new.html", **values), 422


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def edit(code: str) -> str | Response | Page422:
    place = place_to_change(code)
    form = PlaceDetailsForm(obj=place)
    values = {"form": form, "place": place, "way": way_to(place)}
    if request.method == "GET":
        return render_template("admin/places/edit.html", **values)
    if form.validate():
        try:
            layout.change(place, form.code.data, form.name.data, form.name_en.data)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("places.show", code=place.code), 303)
    return render_template("admin/places/edit.html", **values), 422


@blueprint.route("/<code>/move", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def move(code: str) -> str | Response | Page422:
    place = place_to_change(code)
    form = DestinationForm()
    offered = queries.destinations(scope(), points=False)
    values = {
        "form": form,
        "place": place,
        "way": way_to(place),
        "destinations": [destination for destination in offered if not place.contains(destination)],
    }
    if request.method == "GET":
        return render_template("admin/places/move.html", **values)
    parent = destination(form)
    if parent is not None:
        try:
            move_place(place, parent)
        except Refused as refused:
            form.destination.errors = [reason_text(refused)]
        else:
            flash(_("%(name)s was moved to %(parent)s.", name=place.name, parent=parent.name), "success")
            return redirect(url_for("places.show", code=place.code), 303)
    return render_template("admin/places/move.html", **values), 422


def destination(form: DestinationForm) -> Place | None:
    """Return the place with the code entered; add an error to the form when it is out of scope."""
    if not form.validate():
        return None
    place, user_scope = queries.place(form.destination.data), scope()
    if place is None or (user_scope is not None and not user_scope.contains(place)):
        form.destination.errors = [_("There is no unit with this code.")]
        return None
    return place


@blueprint.post("/<code>/retirement")
@allow(Can.CHANGE_PLACES)
def retire(code: str) -> Response:
    place = place_to_change(code)
    retirement.retire_place(place, settings.current().today())
    flash(
        _(
            "%(name)s and all units below it were deactivated. Their links now show a notice.",
            name=place.name,
        ),
        "success",
    )
    return redirect(url_for("places.show", code=code), 303)


@blueprint.post("/<code>/restoration")
@allow(Can.CHANGE_PLACES)
def restore(code: str) -> Response:
    place = place_to_change(code)
    message = _(
        "%(name)s is active again, along with the units that were deactivated with it.", name=place.name
    )
    flash_outcome(lambda: retirement.restore_place(place), message)
    return redirect(url_for("places.show", code=code), 303)


@blueprint.post("/<code>/deletion")
@allow(Can.CHANGE_PLACES)
def delete(code: str) -> Response:
    place = place_to_change(code)
    above = url_for("places.show", code=place.parent.code) if place.parent else url_for("places.index")
    is_deleted = flash_outcome(lambda: layout.delete(place), _("%(name)s was deleted.", name=place.name))
    return redirect(above if is_deleted else url_for("places.show", code=code), 303)
