"""Addresses of opinion maps, all under /opinions/."""

from django.urls import path

from sala.commons.participation.views import conversations, maps, voting

app_name = "opinions"
urlpatterns = [
    path("", maps.start, name="start"),
    path("work/", conversations.work, name="work"),
    path("work/new", conversations.open_new, name="open"),
    path("work/<str:reference>", conversations.work_page, name="work_page"),
    path("work/<str:reference>/seed", conversations.seed, name="seed"),
    path("work/<str:reference>/close", conversations.close, name="close"),
    path("work/<str:reference>/decide/<int:number>", conversations.decide, name="decide"),
    path("<str:reference>", voting.vote, name="vote"),
    path("<str:reference>/add", voting.add, name="add"),
    path("<str:reference>/map", maps.shown, name="map"),
    path("<str:reference>/<slug:name>.csv", maps.file, name="file"),
]
