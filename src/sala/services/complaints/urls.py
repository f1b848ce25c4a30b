"""Addresses of complaints, all under /complaints/."""

from django.urls import path

from sala.services.complaints.views import filing, reading

app_name = "complaints"
urlpatterns = [
    path("", reading.start, name="start"),
    path("new", filing.start, name="new"),
    path("draft/<str:token>/similar", filing.similar, name="similar"),
    path("draft/<str:token>/check", filing.check, name="check"),
    path("draft/<str:token>/discard", filing.discard, name="discard"),
    path("draft/<str:token>/<slug:name>", filing.step, name="step"),
    path("track", reading.track, name="track"),
    path("<str:reference>", reading.complaint, name="complaint"),
    path("<str:reference>/filed", filing.filed, name="filed"),
    path("<str:reference>/own", reading.own, name="own"),
    path("<str:reference>/confirm", reading.confirm, name="confirm"),
    path("<str:reference>/reopen", reading.reopen, name="reopen"),
    path("<str:reference>/answer", reading.answer, name="answer"),
    path("<str:reference>/join", reading.join, name="join"),
    path("<str:reference>/files/<str:stored_as>", reading.attachment, name="attachment"),
]
