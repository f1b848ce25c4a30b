"""An administrator's pages: who works for the agency as what; roles given and ended; desks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.agencies import actions, forms, permissions, queries
from sala.commons.identity import queries as identity
from sala.core import clock
from sala.core.actors import Role
from sala.core.errors import Conflict, Refused
from sala.core.gates import admits
from sala.platform.requests import Request

administrators = admits(permissions.administers_some_agency)


def _agency(request: Request) -> str:
    """The agency asked for, else the first one that the actor administers. Raises Refused for another's."""
    mine = [g.agency for g in request.actor.grants if g.role is Role.ADMINISTRATOR]
    wanted = request.POST.get("agency") or request.GET.get("agency") or mine[0]
    if wanted not in mine:
        raise Refused("not_allowed")
    return wanted


def _here(agency: str) -> str:
    return f"{reverse('agencies:people')}?{urlencode({'agency': agency})}"


@administrators
@never_cache
def people(request: Request) -> HttpResponse:
    """Everybody who works for the agency, and a form that gives a role."""
    agency = _agency(request)
    form = forms.GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _grant(request, agency, form):
        messages.success(request, _("The role is given. It is recorded, and the person sees it."))
        return redirect(_here(agency))
    return _page(request, agency, form=form)


def _grant(request: Request, agency: str, form: forms.GrantForm) -> bool:
    found = identity.list_person_ids_of_contact(form.cleaned_data["email"])
    if not found:
        form.add_error("email", _("Nobody has signed in with this address yet. Ask them to sign in once."))
        return False
    role = Role(form.cleaned_data["role"])
    try:
        actions.grant_role(actor=request.actor, now=clock.now(), person_id=found[0], agency=agency, role=role)
    except Conflict:
        form.add_error("role", _("This person holds that role already."))
        return False
    return True


@administrators
@never_cache
@require_POST
def end(request: Request, appointment_id: int) -> HttpResponse:
    """End a role: at their next click the person cannot do what it allowed."""
    try:
        actions.end_role(actor=request.actor, now=clock.now(), appointment_id=appointment_id)
    except Conflict:
        messages.error(request, _("An agency needs an administrator. Give the role to somebody else first."))
    else:
        messages.success(request, _("The role has ended. It is recorded, and the person sees it."))
    return redirect(_here(_agency(request)))


@administrators
@never_cache
@require_POST
def add_desk(request: Request) -> HttpResponse:
    """One more desk to give work to."""
    agency = _agency(request)
    form = forms.DeskForm(request.POST)
    if form.is_valid():
        try:
            actions.add_desk(actor=request.actor, agency=agency, **form.cleaned_data)
        except Conflict:
            form.add_error("name_th", _("There is a desk of this name already."))
        else:
            messages.success(request, _("The desk is there."))
            return redirect(_here(agency))
    return _page(request, agency, desk_form=form)


def _page(
    request: Request,
    agency: str,
    *,
    form: forms.GrantForm | None = None,
    desk_form: forms.DeskForm | None = None,
) -> HttpResponse:
    context = {
        "agency": queries.get_agency(agency),
        "others": [
            body
            for grant in request.actor.grants
            if grant.role is Role.ADMINISTRATOR and (body := queries.find_agency(grant.agency))
        ],
        "staff": queries.staff_of(agency),
        "desks": queries.desks_of(agency),
        "form": form or forms.GrantForm(),
        "desk_form": desk_form or forms.DeskForm(),
    }
    wrong = any(one is not None and one.errors for one in (form, desk_form))
    return render(request, "agencies/people.html", context, status=422 if wrong else 200)
