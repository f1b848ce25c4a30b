"""Addresses of worklists."""

from django.urls import path

from sala.commons.worklist import views

app_name = "worklist"
urlpatterns = [
    path("work/", views.home, name="home"),
    path("work/inbox", views.inbox, name="inbox"),
    path("work/views", views.save_view, name="save_view"),
    path("work/views/<int:view_id>/drop", views.drop_view, name="drop_view"),
    path("work/keys", views.keys, name="keys"),
]
