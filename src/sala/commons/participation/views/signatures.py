"""The ordinary door for signing. Where a lean one stands before it (docs/adr/0012), that one answers most posts."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sala.commons.identity import queries as identity
from sala.commons.participation import actions, permissions, queries, rules, words
from sala.commons.places import queries as places
from sala.core import clock
from sala.core.errors import Conflict, Invalid, NotFound
from sala.core.gates import open_to_all
from sala.platform import limits
from sala.platform.requests import Request


@open_to_all
@never_cache
def sign(request: Request, reference: str, purpose: str) -> HttpResponse:
    """The page where one signs a collection, and what stands after it; a post signs."""
    terms = queries.get_terms(reference, purpose)
    if request.method == "POST":
        return _sign(request, reference, purpose)
    proof = identity.proof_of_session(request.session, rules.PROOF, now=clock.now())
    signer = rules.Signer(request.actor.person_id, request.actor.assurance_level, proof)
    refusal = rules.refusal_of_signer(signer, tells_apart=terms.tells_apart, least_level=terms.least_level)
    if refusal == "not_found" or not terms.is_public:
        raise NotFound("not_found")
    said = request.GET.get("signed", "")
    context = {
        "terms": terms,
        "reference": reference,
        "count": queries.count(terms.collection),
        "has_signed": refusal is None and queries.signs_already(terms, reference, signer),
        "refusal": refusal,
        "refusal_words": words.refusal(refusal or ""),
        "proof": rules.PROOF,
        "said": words.refusal(said),
        "is_signed": said == "yes",
        "is_withdrawn": said == "withdrawn",
        "is_filed": queries.is_filed(terms.collection),
        "may_enter": permissions.may_enter_sheets(request.actor, terms.agency),
        "here": reverse("participation:sign", args=[reference, purpose]),
    }
    return render(request, "participation/sign.html", context)


def _sign(request: Request, reference: str, purpose: str) -> HttpResponse:
    now = clock.now()
    limits.require_room_for(request, rules.SIGN, now=now)
    area = request.POST.get("area", "")
    if area and places.find_area(area) is None:
        raise Invalid("invalid", {"area": "area_unknown"})
    said = "yes"
    try:
        actions.sign_collection(
            actor=request.actor,
            now=now,
            reference=reference,
            purpose=purpose,
            area=area,
            proof=identity.proof_of_session(request.session, rules.PROOF, now=now),
        )
    except Conflict as refusal:
        said = refusal.code
    here = reverse("participation:sign", args=[reference, purpose])
    return see_other(queries.address_after(request.POST.get("next", ""), here=here, said=said))


@open_to_all
@never_cache
@require_POST
def withdraw(request: Request, reference: str, purpose: str) -> HttpResponse:
    """Takes one's name back, and leads back to the page."""
    now = clock.now()
    limits.require_room_for(request, rules.SIGN, now=now)
    said = "withdrawn"
    try:
        actions.withdraw_from_collection(
            actor=request.actor,
            now=now,
            reference=reference,
            purpose=purpose,
            proof=identity.proof_of_session(request.session, rules.PROOF, now=now),
        )
    except Conflict as refusal:
        said = refusal.code
    here = reverse("participation:sign", args=[reference, purpose])
    return see_other(queries.address_after(request.POST.get("next", ""), here=here, said=said))


def see_other(address: str) -> HttpResponse:
    """To be looked at with GET, whatever was asked with (RFC 9110, 15.4.4)."""
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer
