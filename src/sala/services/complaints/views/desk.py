"""A supervisor's door to the words kept ready for answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.correspondence import actions as correspondence
from sala.commons.correspondence.queries import ReplyTemplate, list_templates
from sala.core.actors import Actor
from sala.core.errors import Conflict, NotFound
from sala.core.gates import admits
from sala.platform.requests import Request
from sala.services.complaints import permissions, words
from sala.services.complaints.forms.desk import TemplateForm


def is_supervisor(actor: Actor) -> bool:
    """A supervisor or the head of an agency."""
    return actor.holds_any(permissions.OVERSEERS)


def _agency(request: Request) -> str:
    mine = [grant.agency for grant in request.actor.grants if grant.role in permissions.OVERSEERS]
    asked = (request.POST if request.method == "POST" else request.GET).get("agency", "") or mine[0]
    if asked not in mine:
        raise NotFound("agency_not_found", agency=asked)
    return asked


@admits(is_supervisor)
@never_cache
def templates(request: Request) -> HttpResponse:
    """The words kept ready: all of them, and one to add or to change."""
    agency = _agency(request)
    kept = list_templates(agency)
    asked = request.GET.get("change", "")
    changed = next((template for template in kept if str(template.pk) == asked), None)
    initial = {"name": changed.name, "text": changed.text} if changed else None
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _is_kept(request, agency, form, changed):
        messages.success(request, _("The words are kept."))
        return redirect(f"{reverse('complaints:templates')}?agency={agency}")
    context = {"form": form, "kept": kept, "agency": agency, "changed": changed}
    status = 422 if form.errors else 200
    return render(request, "complaints/work/templates.html", context, status=status)


def _is_kept(request: Request, agency: str, form: TemplateForm, changed: ReplyTemplate | None) -> bool:
    template_id = changed.pk if changed else None
    try:
        correspondence.save_template(
            actor=request.actor, agency=agency, template_id=template_id, **form.cleaned_data
        )
    except Conflict as refusal:
        form.add_error("name", words.refusal(refusal.code))
        return False
    return True


@admits(is_supervisor)
@never_cache
@require_POST
def drop_template(request: Request, template_id: int) -> HttpResponse:
    """The words are gone from the list."""
    agency = _agency(request)
    correspondence.drop_template(actor=request.actor, agency=agency, template_id=template_id)
    messages.success(request, _("The words are gone from the list."))
    return redirect(f"{reverse('complaints:templates')}?agency={agency}")
