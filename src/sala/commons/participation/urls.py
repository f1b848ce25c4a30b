"""Addresses of signing: `/sign/REFERENCE/PURPOSE/` is where a collection is signed, by either door."""

from django.urls import path

from sala.commons.participation.views import signatures

app_name = "participation"
urlpatterns = [path("<str:reference>/<slug:purpose>/", signatures.sign, name="sign")]
