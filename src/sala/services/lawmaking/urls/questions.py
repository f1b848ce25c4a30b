"""Addresses of legal questions, all under /laws/questions/."""

from django.urls import path

from sala.services.lawmaking.views import (
    question_asking,
    question_figures,
    question_intake,
    question_own,
    question_reading,
    question_work,
)

app_name = "questions"
urlpatterns = [
    path("", question_reading.start, name="start"),
    path("new", question_asking.start, name="new"),
    path("draft/<str:token>/similar", question_asking.similar, name="similar"),
    path("draft/<str:token>/check", question_asking.check, name="check"),
    path("draft/<str:token>/discard", question_asking.discard, name="discard"),
    path("draft/<str:token>/<slug:name>", question_asking.step, name="step"),
    path("answers", question_reading.answers, name="answers"),
    path("figures", question_figures.figures, name="figures"),
    path("rules", question_figures.rules, name="rules"),
    path("form", question_intake.paper_form, name="paper_form"),
    path("track", question_reading.track, name="track"),
    path("claim", question_reading.claim, name="claim"),
    path("work/", question_work.worklist, name="work"),
    path("work/intake", question_intake.intake, name="intake"),
    path("work/slip", question_intake.slip, name="slip"),
    path("work/<str:reference>", question_work.work_page, name="work_page"),
    path("work/<str:reference>/contact", question_work.show_contact, name="show_contact"),
    path("work/<str:reference>/<slug:name>", question_work.act, name="act"),
    path("<str:reference>", question_reading.public, name="question"),
    path("<str:reference>/filed", question_asking.filed, name="filed"),
    path("<str:reference>/own", question_reading.own, name="own"),
    path("<str:reference>/own/<slug:code>", question_own.own_act, name="own_act"),
]
