"""Forms of an administrator: giving a role, adding a desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.commons.agencies import rules
from sala.commons.identity import words


class GrantForm(forms.Form):
    """Who gets which role."""

    email = forms.CharField(
        label=_("Their e-mail address"),
        help_text=_("The one they sign in with. They must have signed in here once."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *((r.value, words.ROLES[r]) for r in rules.GRANTABLE)],
    )


class DeskForm(forms.Form):
    """A desk's names."""

    name_th = forms.CharField(label=_("Name in Thai"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
