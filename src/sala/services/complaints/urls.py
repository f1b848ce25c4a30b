"""Addresses of complaints, all under /complaints/."""

from django.urls import path, re_path

from sala.services.complaints.views import (
    appeals,
    desk,
    figures,
    files,
    filing,
    intake,
    moderation,
    open311,
    pictures,
    reading,
    rulebook,
    work,
)

app_name = "complaints"
urlpatterns = [
    path("", reading.start, name="start"),
    path("new", filing.start, name="new"),
    path("draft/<str:token>/similar", filing.similar, name="similar"),
    path("draft/<str:token>/check", filing.check, name="check"),
    path("draft/<str:token>/discard", filing.discard, name="discard"),
    path("draft/<str:token>/files/<str:stored_as>", files.draft_file, name="draft_file"),
    path("draft/<str:token>/<slug:name>", filing.step, name="step"),
    path("form", reading.paper_form, name="paper_form"),
    path("work/intake", intake.intake, name="intake"),
    path("work/slip", intake.slip, name="slip"),
    path("work/", work.work, name="work"),
    path("work/templates", desk.templates, name="templates"),
    path("work/templates/<int:template_id>/drop", desk.drop_template, name="drop_template"),
    path("work/bulk", work.bulk, name="bulk"),
    path("work/overview", figures.overview, name="overview"),
    path("work/quarantine", moderation.quarantined, name="quarantined"),
    path("work/covered", moderation.covered, name="covered"),
    path("work/appeals", appeals.moderation_appeals, name="moderation_appeals"),
    path("work/pictures", pictures.waiting, name="pictures"),
    path("work/<str:reference>", work.work_page, name="work_page"),
    path("work/<str:reference>/contact", work.show_contact, name="show_contact"),
    path("work/<str:reference>/original", moderation.original, name="original"),
    path("work/<str:reference>/pictures/<str:stored_as>", pictures.cover, name="cover"),
    path("work/<str:reference>/pictures/<str:stored_as>/decide", pictures.decide, name="decide_picture"),
    path(
        "work/<str:reference>/moderation/<int:decision_id>",
        appeals.rule_moderation,
        name="rule_moderation",
    ),
    path("work/<str:reference>/<slug:name>", work.act, name="act"),
    path("figures", figures.figures, name="figures"),
    re_path(r"^figures\.(?P<form>json|csv)$", figures.figures_data, name="figures_data"),
    path("rules", rulebook.rulebook, name="rules"),
    path("track", reading.track, name="track"),
    path("claim", reading.claim, name="claim"),
    path("<str:reference>", reading.complaint, name="complaint"),
    path("<str:reference>/filed", filing.filed, name="filed"),
    path("<str:reference>/own", reading.own, name="own"),
    path("<str:reference>/confirm", reading.confirm, name="confirm"),
    path("<str:reference>/reopen", reading.reopen, name="reopen"),
    path("<str:reference>/appeal", reading.appeal, name="appeal"),
    path(
        "<str:reference>/moderation/<int:decision_id>/appeal",
        appeals.appeal_moderation,
        name="appeal_moderation",
    ),
    path("<str:reference>/answer", reading.answer, name="answer"),
    path("<str:reference>/join", reading.join, name="join"),
    path("<str:reference>/files/<str:stored_as>", files.attachment, name="attachment"),
    path("<str:reference>/files/<str:stored_as>/take-back", files.take_back, name="take_back"),
]

# Machines' addresses, without a language: Open311 GeoReport v2. The ending says the format.
machine_urlpatterns = [
    re_path(rf"^open311/{pattern}\.(?P<form>xml|json)$", view, name=f"open311_{name}")
    for pattern, view, name in (
        ("discovery", open311.discovery, "discovery"),
        ("v2/discovery", open311.discovery, "discovery_v2"),
        ("v2/services", open311.services, "services"),
        (r"v2/services/(?P<code>[\w-]+)", open311.service, "service"),
        ("v2/requests", open311.requests, "requests"),
        (r"v2/requests/(?P<reference>[\w,-]+)", open311.request_by_id, "request"),
        (r"v2/tokens/(?P<value>[\w-]+)", open311.token, "token"),
    )
]
