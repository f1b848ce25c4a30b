"""Addresses of the law library, all under /laws/; those of a law and of its provisions are permanent."""

from datetime import date

from django.urls import path, register_converter

from sala.services.lawmaking.rules.laws import CODE
from sala.services.lawmaking.views import law_reading


class CodeConverter:
    """The permanent name of a law."""

    regex = CODE

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class DayConverter:
    """A day in ISO 8601; what is no day has no page."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for what is no day of the calendar."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """In ISO 8601. Raises ValueError for what is no day, which has no address."""
        if not isinstance(value, date):
            raise ValueError("a law is read on a day")
        return value.isoformat()


register_converter(CodeConverter, "lawcode")
register_converter(DayConverter, "lawday")

app_name = "laws"
urlpatterns = [
    path("", law_reading.start, name="start"),
    path("<lawcode:code>", law_reading.law, name="law"),
    path("<lawcode:code>@<lawday:day>", law_reading.law, name="law_on"),
    path("<lawcode:code>/compare", law_reading.compare, name="compare"),
    path("<lawcode:code>/akn.xml", law_reading.akn, name="akn"),
    path("<lawcode:code>@<lawday:day>/akn.xml", law_reading.akn, name="akn_on"),
    path("<lawcode:code>/law.json", law_reading.document, name="document"),
    path("<lawcode:code>@<lawday:day>/law.json", law_reading.document, name="document_on"),
    path("<lawcode:code>/<slug:name>@<lawday:day>", law_reading.provision, name="provision_on"),
    path("<lawcode:code>/<slug:name>", law_reading.provision, name="provision"),
]
