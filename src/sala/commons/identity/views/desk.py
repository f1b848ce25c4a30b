"""Doors for those who answer for an agency's looks at personal data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from sala.commons.identity import actions, permissions, queries
from sala.commons.identity.forms import TextForm, posted
from sala.core import clock
from sala.core.gates import actor_of, admits

answering = admits(permissions.answers_for_some_agency)


@answering
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """Questions people asked about looks by my agency; the most urgent first."""
    asked = queries.list_open_questions(actor_of(request))
    return render(request, "identity/questions.html", {"asked": asked})


@answering
@never_cache
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Answer one question about a look."""
    actor = actor_of(request)
    asked = queries.get_open_question(actor, question_id)
    form = TextForm(posted(request))
    form.fields["text"].label = gettext_lazy("Your answer to this person")
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.explain_access(actor=actor, question_id=question_id, text=text, now=clock.now())
        messages.success(request, _("Your answer was sent."))
        return redirect("identity:questions")
    context = {"form": form, "asked": asked}
    return render(request, "identity/answer.html", context, status=422 if form.errors else 200)
