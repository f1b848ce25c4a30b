"""Addresses of the spine."""

from django.urls import path

from sala.commons.matters import views

app_name = "matters"
urlpatterns = [
    path("m/<str:reference>", views.short, name="short"),
    path("matters/", views.public_list, name="list"),
]
