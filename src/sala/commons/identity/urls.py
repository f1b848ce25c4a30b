"""Addresses of signing in and of one's own pages."""

from django.urls import path

from sala.commons.identity import views

app_name = "identity"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/demo/", views.sign_in_demo, name="sign_in_demo"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
