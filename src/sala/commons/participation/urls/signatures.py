"""Addresses of signing: `/sign/REFERENCE/PURPOSE/` is where a collection is signed, by either door."""

from django.urls import path

from sala.commons.participation.views import office, signatures

app_name = "participation"
urlpatterns = [
    path("<str:reference>/<slug:purpose>/", signatures.sign, name="sign"),
    path("<str:reference>/<slug:purpose>/withdraw/", signatures.withdraw, name="withdraw"),
    path("<str:reference>/<slug:purpose>/office/", office.collection, name="office"),
    path("<str:reference>/<slug:purpose>/office/reverse/", office.reverse_invalidation, name="reverse"),
]
