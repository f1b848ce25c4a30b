"""Addresses of information requests, all under /information/."""

from django.urls import path

from sala.services.information.views import (
    above,
    asking,
    documents,
    figures,
    intake,
    letters,
    moderation,
    reading,
    third,
    ways,
    work,
)

app_name = "information"
urlpatterns = [
    path("", reading.start, name="start"),
    path("new", asking.start, name="new"),
    path("draft/<str:token>/similar", asking.similar, name="similar"),
    path("draft/<str:token>/check", asking.check, name="check"),
    path("draft/<str:token>/discard", asking.discard, name="discard"),
    path("draft/<str:token>/<slug:name>", asking.step, name="step"),
    path("documents", documents.every, name="documents"),
    path("figures", figures.figures, name="figures"),
    path("rules", figures.rules, name="rules"),
    path("form", intake.paper_form, name="paper_form"),
    path("track", reading.track, name="track"),
    path("claim", reading.claim, name="claim"),
    path("third/<str:reference>/<int:third_id>/<str:key>", third.third_party, name="third"),
    path("work/", work.worklist, name="work"),
    path("work/intake", intake.intake, name="intake"),
    path("work/slip", intake.slip, name="slip"),
    path("work/board", above.board, name="board"),
    path("work/board/outside", above.outside, name="outside"),
    path("work/set-aside", moderation.set_aside, name="set_aside"),
    path("work/covered", moderation.covered, name="covered"),
    path("work/appeals", moderation.moderation_appeals, name="moderation_appeals"),
    path("work/<str:reference>", work.work_page, name="work_page"),
    path("work/<str:reference>/contact", work.show_contact, name="show_contact"),
    path("work/<str:reference>/original", moderation.original, name="original"),
    path(
        "work/<str:reference>/moderation/<int:decision_id>",
        moderation.rule_moderation,
        name="rule_moderation",
    ),
    path("work/<str:reference>/<slug:name>", work.act, name="act"),
    path("<str:reference>", reading.public, name="request"),
    path("<str:reference>/filed", asking.filed, name="filed"),
    path("<str:reference>/own", reading.own, name="own"),
    path("<str:reference>/accept", ways.accept, name="accept"),
    path("<str:reference>/publish", ways.publish, name="publish"),
    path(
        "<str:reference>/above/<int:proceeding_id>/withdraw", ways.withdraw_proceeding, name="withdraw_above"
    ),
    path("<str:reference>/ways/<slug:code>", ways.way, name="way"),
    path(
        "<str:reference>/moderation/<int:decision_id>/appeal",
        moderation.appeal_moderation,
        name="appeal_moderation",
    ),
    path("<str:reference>/letters/<str:stored_as>", letters.letter_file, name="letter_file"),
    path("<str:reference>/documents/<int:number>/<int:order>", documents.document, name="document"),
    path("<str:reference>/documents/<int:number>/<int:order>/file", documents.file, name="document_file"),
]
