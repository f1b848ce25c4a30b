"""Doors for those who take complaints for others: the fast page, and the slip that the person takes away."""

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sala.commons.agencies import queries as agencies
from sala.commons.identity.requests import Request
from sala.core import clock
from sala.core.actors import Channel
from sala.core.errors import NotFound
from sala.core.gates import admits
from sala.services.complaints import actions, forms, permissions, queries
from sala.services.complaints.views import proofs

_SLIP = "complaint_slip"


@admits(permissions.may_take_in)
@never_cache
def intake(request: Request) -> HttpResponse:
    """A complaint by telephone, at the counter or from paper: one page, keyboard only, ends with the slip."""
    form = forms.IntakeForm(request.POST or None, initial={"channel": request.session.get("intake", "phone")})
    if request.method == "POST" and form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        actor = request.actor.by(channel)
        filing = proofs.filing_from(form.cleaned_data, token="", language=get_language() or "th")
        filed = actions.file_complaint(actor=actor, now=clock.now(), filing=filing)
        request.session["intake"] = channel.value
        request.session[_SLIP] = [filed.reference, filed.key]
        return redirect("complaints:slip")
    status = 422 if form.errors else 200
    return render(request, "complaints/work/intake.html", {"form": form}, status=status)


@admits(permissions.may_take_in)
@never_cache
@require_GET
def slip(request: Request) -> HttpResponse:
    """The slip of the complaint just taken: number, date, link and QR picture, made for a narrow printer too."""
    if _SLIP not in request.session:
        raise NotFound("not_found")
    reference, key = request.session[_SLIP]
    complaint = queries.get_complaint(reference)
    link = request.build_absolute_uri(proofs.own_link(reference, key))
    context = {
        "matter": complaint.matter,
        "complaint": complaint,
        "agency": agencies.find_agency(complaint.matter.agency),
        "link": link,
        "qr": segno.make(link, error="m").svg_inline(scale=4, dark="#17203f", omitsize=True),
    }
    return render(request, "complaints/work/slip.html", context)
