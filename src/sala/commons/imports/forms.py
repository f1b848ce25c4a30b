"""A table to bring in: the file, how its columns are named, how it is written."""

from importlib import resources
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sala.platform.registration import Importer

# Larger ones land by the command: a person does not wait for them before a page.
MOST_BYTES = 5_000_000
MOST_MAPPING_BYTES = 100_000
ENCODINGS = (
    ("", _("Find out by looking")),
    ("utf-8", "UTF-8"),
    ("tis-620", "TIS-620 (Windows-874)"),
    ("utf-16", "UTF-16"),
)


def shipped_mappings(importer: Importer) -> dict[str, str]:
    """The texts of the mapping files that we ship for a table, by their names."""
    package, _colon, folder = importer.mapping_folder.partition(":")
    if not package:
        return {}
    files = resources.files(package).joinpath(folder).iterdir()
    texts = {file.name: file for file in files if file.name.endswith(".toml")}
    return {name.removesuffix(".toml"): texts[name].read_text("utf-8") for name in sorted(texts)}


class TableForm(forms.Form):
    """One table; `mapping` is a text once the form is clean, or None for our own names."""

    table = forms.FileField(
        label=_("Table"), help_text=_("CSV (also .gz) or .xlsx, up to 5 MB. Larger ones land by the command.")
    )
    ours = forms.ChoiceField(label=_("How its columns are named"), required=False)
    theirs = forms.FileField(
        label=_("A mapping file of your own"),
        required=False,
        help_text=_("A .toml file that says which column is what; it counts before the choice above."),
    )
    encoding = forms.ChoiceField(label=_("How it is written"), choices=ENCODINGS, required=False)

    def __init__(self, *args: Any, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shipped = shipped_mappings(importer)
        own = [] if importer.needs_mapping else [("", _("By our own names"))]
        choices = [*own, *((name, name) for name in self.shipped)]
        self.fields["ours"].choices = choices or [("", "–")]  # type: ignore[attr-defined]  # a choice field

    def clean_table(self) -> Any:
        """Raises ValidationError for a file that is too large to wait for."""
        table = self.cleaned_data["table"]
        if table.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Bring it in by the command."))
        return table

    def clean_theirs(self) -> Any:
        """The text of the mapping file that was sent, "" for none. Raises ValidationError for one that is no text."""
        file = self.cleaned_data.get("theirs")
        if not file:
            return ""
        if file.size > MOST_MAPPING_BYTES:
            raise forms.ValidationError(_("This is too large for a mapping file."))
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no text in UTF-8.")) from None

    @property
    def mapping(self) -> str | None:
        """The mapping's text, None for our own names."""
        told: str = self.cleaned_data["theirs"]
        return told or self.shipped.get(self.cleaned_data["ours"])
