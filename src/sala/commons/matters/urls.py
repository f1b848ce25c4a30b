"""Addresses of the spine."""

from django.urls import path, re_path

from sala.commons.matters import views

app_name = "matters"
urlpatterns = [
    path("m/<str:reference>", views.short, name="short"),
    path("m/<str:reference>/follow", views.follow, name="follow"),
    path("m/<str:reference>/unfollow", views.unfollow, name="unfollow"),
    re_path(r"^m/(?P<reference>[^/]+)/steps\.(?P<form>atom|json)$", views.steps, name="steps"),
    path("follow/<str:token>", views.confirm_follow, name="confirm_follow"),
    path("unfollow/<str:token>", views.unfollow_link, name="unfollow_link"),
    path("matters/", views.public_list, name="list"),
    path("matters/points.json", views.points, name="points"),
    re_path(r"^matters/rows\.(?P<form>json|csv|atom)$", views.rows, name="rows"),
]
