"""Forms of identity: what people type when they sign in and about themselves."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from sala.commons.identity.words import TOLD


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, also if that is nothing at all; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


class EmailForm(forms.Form):
    """An e-mail address to send a code to."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_(
            "We send a code of six digits there. We keep the address encrypted and show it to nobody."
        ),
        max_length=254,
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The code from the letter: one entry that takes a paste, with spaces and Thai digits too."""

    code = forms.CharField(
        label=_("The code from the letter"),
        help_text=_("Six digits. You may paste it."),
        max_length=60,
        error_messages={"required": _("Enter the code from the letter.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class SettingsForm(forms.Form):
    """How a person wants to be called, in which language, and how often to be told."""

    display_name = forms.CharField(
        label=_("Name shown in public"),
        help_text=_("Any name you like. Leave it empty to stay without a name."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Only so that an officer who handles your matter can call back. Kept encrypted."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters to you"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    told = forms.ChoiceField(
        label=_("How often may we write to you?"), choices=TOLD, widget=forms.RadioSelect
    )


class TextForm(forms.Form):
    """A text of a few sentences: a question about a look, or its answer."""

    text = forms.CharField(
        label=_("What do you want to know?"),
        max_length=2000,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class EraseForm(forms.Form):
    """A conscious yes before everything is erased."""

    agreed = forms.BooleanField(
        label=_("Yes, erase my account and my contact data. I know that this cannot be undone."),
        error_messages={"required": _("Tick the box if you really want to erase your account.")},
    )
