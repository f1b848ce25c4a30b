"""Addresses of budgets, all under /budget/; those of headings are permanent."""

from django.urls import path, register_converter

from sala.services.budgeting import views


class YearConverter:
    """A fiscal year of the Buddhist era."""

    regex = "2[4-7][0-9]{2}"

    def to_python(self, value: str) -> int:
        """Four digits always are a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it stands."""
        return str(value)


class HeadingConverter:
    """The permanent name of a heading."""

    regex = "[0-9a-f]{16}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(YearConverter, "fiscalyear")
register_converter(HeadingConverter, "budgetheading")

app_name = "budget"
urlpatterns = [
    path("", views.start, name="start"),
    path("search", views.search, name="search"),
    path("events/<int:number>/proof.json", views.proof, name="proof"),
    path("<fiscalyear:year>/", views.start, name="year"),
    path("<fiscalyear:year>/reading", views.reading, name="reading"),
    path("<fiscalyear:year>/map.svg", views.picture, name="map"),
    path("<fiscalyear:year>/<budgetheading:code>", views.heading, name="heading"),
]
