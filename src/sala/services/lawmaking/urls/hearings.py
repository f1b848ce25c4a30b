"""Addresses of hearings, all under /hearings/."""

from django.urls import path

from sala.services.lawmaking.views import hearing_reading, hearing_work

app_name = "hearings"
urlpatterns = [
    path("", hearing_reading.start, name="start"),
    path("work/", hearing_work.work, name="work"),
    path("work/open", hearing_work.open_one, name="open"),
    path("work/<str:reference>/comment/<int:number>", hearing_work.hide, name="hide"),
    path("work/<str:reference>", hearing_work.work_page, name="work_page"),
    path("<str:reference>", hearing_reading.hearing, name="hearing"),
    path("<str:reference>/comments", hearing_reading.comments, name="comments"),
    path("<str:reference>/speak", hearing_reading.speak, name="speak"),
    path("<str:reference>/<slug:name>", hearing_reading.part, name="part"),
]
