"""Where it is: words become an area, coordinates become a point; nothing typed is lost, and nothing here is needed."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sala.commons.places import queries as places
from sala.services.complaints import words
from sala.services.complaints.forms.staff import ActForm

SHOWN = {
    places.Shown.ABOUT.value: _("About: to some hundred metres"),
    places.Shown.EXACT.value: _("Exactly, as I pointed"),
    places.Shown.AREA.value: _("Only the name of the area"),
}
_HINTS = {
    places.Shown.ABOUT.value: _("The street is seen, not the door. Right if it may be somebody's home."),
    places.Shown.EXACT.value: _("For a road, a lamp or a bridge that neighbours should recognise"),
}
LONGEST_PLACE = 300


class WhereForm(forms.Form):
    """An area from the list, words, a point; all of it may stay empty."""

    area_words = forms.CharField(
        label=_("Subdistrict, district or province"),
        help_text=_("For example: Nai Mueang, Khon Kaen. A postcode or coordinates do as well."),
        required=False,
        max_length=400,  # as long as the address of a map that somebody pastes
    )
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Where exactly?"),
        help_text=_("A road, a lane, a house of worship, a kilometre stone: what helps to find it"),
        required=False,
        max_length=LONGEST_PLACE,
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    shown = forms.ChoiceField(
        label=_("How exactly may everyone see the point?"),
        help_text=_("The office sees it exactly in any case."),
        choices=list(SHOWN.items()),
        widget=forms.RadioSelect,
        initial=places.Shown.ABOUT.value,
        required=False,
    )
    shown.choice_hints = _HINTS  # type: ignore[attr-defined]  # read by the field part
    drop_point = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_words"].widget.attrs |= {
            "data-suggest-from": reverse_lazy("places:suggest"),
            "autocomplete": "off",
        }
        self.found: list[places.AreaPath] = []
        self.likely = ""  # the code among those found that fits better than the others

    @property
    def only_asks(self) -> bool:
        """Whether nothing is wrong and only one of the places found is to be chosen."""
        return bool(self.found) and set(self.errors) == {"area"}

    @property
    def has_point(self) -> bool:
        """Whether a point is set, so that it makes sense to ask how exactly everyone may see it."""
        return places.find_point(f"{self['latitude'].value()},{self['longitude'].value()}") is not None

    @property
    def point_words(self) -> str:
        """What the point that is set already is called, for a page without scripts; "" without a point."""
        point = places.find_point(f"{self['latitude'].value()},{self['longitude'].value()}")
        if point is None:
            return ""
        path = places.area_path(places.place_of_point(*point).code)
        label = path.label(get_language() or "th") if path else f"{point[0]:.5f}, {point[1]:.5f}"
        return str(_("The point is set: %(area)s")) % {"area": label}

    def clean(self) -> dict[str, Any]:
        """Find the area that was meant; if several could be, offer them once."""
        cleaned = super().clean() or {}
        cleaned["shown"] = cleaned.get("shown") or places.Shown.ABOUT.value
        self._take_coordinates(cleaned)
        self._check_point(cleaned)
        self._take_area(cleaned)
        return cleaned

    def _take_coordinates(self, cleaned: dict[str, Any]) -> None:
        """Coordinates in the line for names are the point, not a name."""
        point = places.find_point(cleaned.get("area_words") or "")
        if point is not None:
            cleaned["latitude"], cleaned["longitude"] = point
            cleaned["area_words"] = ""

    def _check_point(self, cleaned: dict[str, Any]) -> None:
        """A point that is none here is asked about, not sent somewhere in silence."""
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if cleaned.pop("drop_point", False) or latitude is None or longitude is None:
            cleaned["latitude"] = cleaned["longitude"] = None
            return
        if problem := places.place_of_point(latitude, longitude).problem:
            self.add_error("drop_point", words.refusal(problem))

    def _take_area(self, cleaned: dict[str, Any]) -> None:
        typed, code = (cleaned.get("area_words") or "").strip(), cleaned.get("area") or ""
        language = get_language() or "th"
        chosen = places.area_path(code) if code else None
        if chosen and (not typed or chosen.label(language) == typed or "chosen" in self.data):
            cleaned["area"], cleaned["area_words"] = chosen.code, chosen.label(language)
            return
        cleaned["area"] = ""
        if not typed:
            return
        reading = places.read_words(typed)
        if path := places.area_path(reading.sure):
            cleaned["area"], cleaned["area_words"] = path.code, path.label(language)
            _keep_words(cleaned, " ".join(reading.unknown))
        elif reading.matches and "chosen" not in self.data:
            self.found = [path for m in reading.matches if (path := places.area_path(m.code))]
            self.likely = reading.best[0].code if len(reading.best) == 1 else ""
            # "Several" over a single name (a slip of the finger mended) would send people looking for the others.
            likely = _("We think you mean the place that is chosen here. If that is right, just continue.")
            several = _("Several places have a name like that. Choose yours, or go on with what you wrote.")
            self.add_error("area", likely if self.likely else several)
        else:
            _keep_words(cleaned, typed)
            cleaned["area_words"] = ""


def _keep_words(cleaned: dict[str, Any], words_left: str) -> None:
    """What names no area that we know goes to the words about the place, so that the office reads it."""
    place = (cleaned.get("place") or "").strip()
    if words_left and words_left not in place:
        cleaned["place"] = f"{words_left} {place}".strip()[:LONGEST_PLACE]


class PlaceForm(ActForm):
    """Where it really is, for whoever works on it: an area's name, a postcode, or coordinates."""

    where = forms.CharField(
        label=_("Subdistrict, district, province, or coordinates"),
        help_text=_("For example: Nai Mueang, Khon Kaen, or 16.4321, 102.8236"),
        max_length=400,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].widget.attrs |= {
            "data-suggest-from": reverse_lazy("places:suggest"),
            "autocomplete": "off",
        }

    def clean_where(self) -> str:
        """The one area or point that the words mean."""
        typed: str = self.cleaned_data["where"].strip()
        self.point = places.find_point(typed)
        self.area = "" if self.point else places.read_words(typed).sure
        if not (self.point or self.area):
            raise forms.ValidationError(self._choices(typed))
        return typed

    def _choices(self, typed: str) -> str:
        """What could be meant, so that it can be typed more fully."""
        language = get_language() or "th"
        paths = [places.area_path(match.code) for match in places.read_words(typed, 5).matches]
        if named := " · ".join(path.label(language) for path in paths if path):
            return str(_("Several places could be meant. Name the district and province too: %s")) % named
        return str(_("We know no place of that name. Check the spelling."))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        latitude, longitude = self.point or (None, None)
        return {"area": self.area, "latitude": latitude, "longitude": longitude}
