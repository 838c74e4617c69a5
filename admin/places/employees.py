"""Employees who serve at a service point."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin.access import allow, place_or_404, scope
from admin.flashing import flash_outcome
from admin.labels import reason_text
from admin.permissions import Can
from admin.places.places import destination, way_to
from admin.replies import Page422
from survey import settings
from survey.places import employment, layout, queries, retirement
from survey.places.models import Employee
from survey.refusal import Refused

from .employee_forms import EmployeeForm
from .place_forms import DestinationForm

blueprint = Blueprint("employees", __name__, url_prefix="/admin/employees")


def employee_or_404(code: str) -> Employee:
    """Return the employee with this code, or answer 404 when they are outside the user's scope."""
    employee, user_scope = queries.employee(code), scope()
    if employee is None or (user_scope is not None and not user_scope.contains(employee.place)):
        abort(404)
    return employee


@blueprint.route("/new/at/<code>", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def new(code: str) -> str | Response | Page422:
    place = place_or_404(code)
    form = EmployeeForm()
    if request.method == "POST" and form.validate():
        try:
            employee = layout.add_employee(place, form.code.data, form.name.data)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("%(name)s was added.", name=employee.name), "success")
            return redirect(url_for("places.show", code=code), 303)
    page = render_template("admin/places/employees/new.html", form=form, place=place, way=way_to(place))
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/<code>")
@allow(Can.READ_PLACES)
def show(code: str) -> str:
    employee = employee_or_404(code)
    return render_template("admin/places/employees/show.html", employee=employee, way=way_to(employee.place))


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def edit(code: str) -> str | Response | Page422:
    employee = employee_or_404(code)
    form = EmployeeForm(obj=employee)
    if request.method == "POST" and form.validate():
        try:
            employment.change(employee, form.code.data, form.name.data)
        except Refused as refused:
            form.form_errors.append(reason_text(refused))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("employees.show", code=employee.code), 303)
    values = {"form": form, "employee": employee, "way": way_to(employee.place)}
    page = render_template("admin/places/employees/edit.html", **values)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/<code>/move", methods=["GET", "POST"])
@allow(Can.CHANGE_PLACES)
def move(code: str) -> str | Response | Page422:
    employee = employee_or_404(code)
    form = DestinationForm()
    form.destination.label.text = _("Service point code")
    point = destination(form) if request.method == "POST" else None
    if point is not None:
        try:
            employment.transfer(employee, point)
        except Refused as refused:
            form.destination.errors = [reason_text(refused)]
        else:
            flash(_("%(name)s now works at %(place)s.", name=employee.name, place=point.name), "success")
            return redirect(url_for("employees.show", code=code), 303)
    values = {"form": form, "employee": employee, "way": way_to(employee.place)}
    values["destinations"] = queries.destinations(scope(), points=True)
    page = render_template("admin/places/employees/move.html", **values)
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/<code>/retirement")
@allow(Can.CHANGE_PLACES)
def retire(code: str) -> Response:
    employee = employee_or_404(code)
    retirement.retire_employee(employee, settings.current().today())
    flash(_("%(name)s was deactivated. Responses about them are kept.", name=employee.name), "success")
    return redirect(url_for("employees.show", code=code), 303)


@blueprint.post("/<code>/restoration")
@allow(Can.CHANGE_PLACES)
def restore(code: str) -> Response:
    employee = employee_or_404(code)
    flash_outcome(
        lambda: retirement.restore_employee(employee), _("%(name)s is active again.", name=employee.name)
    )
    return redirect(url_for("employees.show", code=code), 303)


@blueprint.post("/<code>/deletion")
@allow(Can.CHANGE_PLACES)
def delete(code: str) -> Response:
    employee = employee_or_404(code)
    above = url_for("places.show", code=employee.place.code)
    is_deleted = flash_outcome(
        lambda: employment.delete(employee), _("%(name)s was deleted.", name=employee.name)
    )
    return redirect(above if is_deleted else url_for("employees.show", code=code), 303)
