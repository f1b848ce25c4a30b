"""Addresses of bodies and areas, and of those who administer them."""

from django.urls import path

from sala.commons.agencies.views import directory, people, public

app_name = "agencies"
urlpatterns = [
    path("agencies/", directory.list_offices, name="list"),
    path("agencies/suggest", directory.suggest, name="suggest"),
    path("agencies/<str:code>", public.agency, name="agency"),
    path("areas/<str:code>", public.area, name="area"),
    path("desk/people/", people.people, name="people"),
    path("desk/people/<int:appointment_id>/end", people.end, name="end"),
    path("desk/desks/", people.add_desk, name="add_desk"),
]
