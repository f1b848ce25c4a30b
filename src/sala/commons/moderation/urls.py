"""Addresses of moderation: its published rules."""

from django.urls import path

from sala.commons.moderation import views

app_name = "moderation"
urlpatterns = [path("", views.rulebook, name="rules")]
