"""Pages of fixed words: how it works, privacy, accessibility, what is coming, the parts of the pages."""

from datetime import UTC, datetime

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from sala.core.dates import parse_date
from sala.core.errors import NotFound
from sala.core.gates import open_to_all
from sala.site import navigation

fixed = cache_control(public=True, max_age=300)


@open_to_all
@fixed
def help_page(request: HttpRequest) -> HttpResponse:
    """How it works, in the order a person meets it."""
    return render(request, "site/help.html")


@open_to_all
@fixed
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who sees it, how to have it erased; in plain words."""
    return render(request, "site/privacy.html")


@open_to_all
@fixed
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise to people with disabilities, what we know does not work yet, how to tell us."""
    return render(request, "site/accessibility.html")


@open_to_all
@fixed
def coming(request: HttpRequest, key: str) -> HttpResponse:
    """A service that is not built yet says so, and what it will hold; a built one opens."""
    door = navigation.find_door(key)
    if door is None:
        raise NotFound("not_found")
    if door.is_open:
        return redirect(door.address)
    ways = [way for way in navigation.doors() if way.is_open]
    return render(request, "site/coming.html", {"door": door.door, "open": ways})


@open_to_all
@fixed
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything public; the demo asks them not to."""
    lines = ["User-agent: *", "Disallow: /" if settings.DEMO else "Disallow: /api/"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@open_to_all
@fixed
def manifest(request: HttpRequest) -> HttpResponse:
    """The web manifest: what a phone needs to put Sala on its first screen."""
    icon = {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    content = {
        "name": _("Sala"),
        "short_name": _("Sala"),
        "start_url": "/",
        "display": "browser",
        "background_color": "#faf8f3",
        "theme_color": "#17203f",
        "lang": "th",
        "icons": [icon],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@open_to_all
@fixed
def favicon(request: HttpRequest) -> HttpResponse:
    """Older browsers ask for this address by themselves."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))


# ── the style page ───────────────────────────────────────────────────────────


class Example(forms.Form):
    """Every kind of field once; the style page shows it empty and with mistakes."""

    what = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("In your own words. Leave out citizen numbers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=200,
    )
    seen = forms.ChoiceField(
        label=gettext_lazy("May others see this?"),
        widget=forms.RadioSelect,
        choices=(
            ("public", gettext_lazy("Yes, without my name")),
            ("office", gettext_lazy("Only the office that fixes it")),
        ),
    )
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("How may we tell you?"),
        widget=forms.CheckboxSelectMultiple,
        choices=(("mail", gettext_lazy("E-mail")), ("phone", gettext_lazy("Telephone"))),
        required=False,
    )
    where = forms.CharField(label=gettext_lazy("Where was it?"), required=False)
    area = forms.ChoiceField(
        label=gettext_lazy("Province"),
        choices=(("40", gettext_lazy("Khon Kaen")), ("55", gettext_lazy("Nan"))),
    )
    when = forms.CharField(
        label=gettext_lazy("When was it?"),
        help_text=gettext_lazy("For example 19 Nov 2026"),
        required=False,
    )
    photo = forms.FileField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("A picture or a PDF, up to 10 MB each"),
        required=False,
    )
    agree = forms.BooleanField(label=gettext_lazy("I have read how my data is used"))

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # passed on as they came
        self.fields["seen"].choice_hints = {  # type: ignore[attr-defined]  # read by the tag `field`
            "public": gettext_lazy("Telephone numbers, names and number plates are hidden automatically")
        }
        self.fields["ways"].side_by_side = True  # type: ignore[attr-defined]  # read by the tag `field`

    def clean_when(self) -> str:
        """The date as ISO text; people write it in any of the ways that core.dates reads."""
        typed = str(self.cleaned_data["when"])
        try:
            return parse_date(typed).isoformat() if typed else ""
        except ValueError as error:
            raise forms.ValidationError(_("Write the day, the month and the year.")) from error


def _steps() -> list[dict[str, object]]:
    at = datetime(2026, 11, 19, 11, 22, tzinfo=UTC)
    return [
        {"what": _("Received"), "state": "done", "at": at, "text": _("By telephone, after office hours")},
        {"what": _("Being fixed"), "state": "now", "at": at.replace(day=21)},
        {"what": _("Confirmed by the person"), "state": "next", "due": at.replace(day=29).date()},
    ]


@open_to_all
def style(request: HttpRequest) -> HttpResponse:
    """Every part that pages are built of, in use; only in the demo and in tests of it."""
    if not settings.DEMO:
        raise NotFound("not_found")
    asked = _("What may others see?")
    picture = segno.make(settings.SITE_URL, error="m").svg_inline(scale=4, border=0, omitsize=True)
    rows = [(_("What"), _("A street light is out")), (asked, _("Yes, without my name"), "#change")]
    context = {
        "form": Example(request.GET if request.GET else None, prefix="bad" if request.GET else None),
        "steps": _steps(),
        "rows": rows,
        "now": datetime(2026, 11, 22, 2, 41, tzinfo=UTC),
        "qr_svg": picture,
    }
    return render(request, "site/style.html", context)
