"""Who looks at which page of complaints, and which addresses have no page."""

from tests.journeys.visit import (
    A_FILE,
    AUDITOR,
    BOSS,
    BY_FORM,
    CENTRAL,
    EMPTY,
    FILER,
    FOR_MACHINES,
    LEADS_ON,
    MODERATOR,
    OFFICER,
    PERSON,
    Visit,
    Visits,
)

VISITS = Visits(
    citizens=(
        # complaints, as everyone reads them
        Visit("complaints:start"),
        Visit("complaints:rules"),
        Visit(
            "complaints:appeal_moderation", FILER, values={"reference": "closed", "decision_id": "decision"}
        ),
        Visit("complaints:figures"),
        Visit("complaints:figures", query="?agency=kk-muni"),
        Visit("complaints:paper_form"),
        Visit("complaints:track"),
        Visit("complaints:claim"),
        Visit("complaints:claim", fills={"reference": "C69-0000001-0", "code": "AAAA"}),
        Visit("complaints:track", fills={"reference": "C69-9999999-9"}),
        *(
            Visit("complaints:complaint", values={"reference": name})
            for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside")
        ),
        Visit("complaints:join", values={"reference": "received"}),
        # filing, question by question
        Visit("complaints:new"),
        Visit("complaints:new", fills=EMPTY),
        *(
            Visit("complaints:step", FILER, values={"token": "draft", "name": name})
            for name in ("what", "where", "when", "privacy", "contact")
        ),
        Visit(
            "complaints:step", FILER, values={"token": "draft", "name": "where"}, fills={"area_words": "zzz"}
        ),
        Visit(
            "complaints:step", FILER, values={"token": "draft", "name": "where"}, fills={"area_words": "เมือง"}
        ),
        Visit(
            "complaints:step", FILER, values={"token": "draft", "name": "when"}, fills={"when": "1/1/2599"}
        ),
        Visit("complaints:step", FILER, values={"token": "draft", "name": "contact"}, fills={"phone": "12"}),
        Visit("complaints:similar", FILER, values={"token": "draft"}),
        Visit("complaints:check", FILER, values={"token": "draft"}),
        Visit("complaints:filed", FILER, values={"reference": "received"}),
        # one's own complaint
        *(
            Visit("complaints:own", FILER, values={"reference": name})
            for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside")
        ),
        Visit("complaints:answer", FILER, values={"reference": "worked"}),
        Visit("complaints:answer", FILER, values={"reference": "worked"}, fills=EMPTY),
        Visit("complaints:confirm", FILER, values={"reference": "done"}),
        Visit("complaints:reopen", FILER, values={"reference": "done"}),
        Visit("complaints:appeal", FILER, values={"reference": "rejected"}),
        Visit("complaints:take_back", FILER, values={"reference": "received"}),
        Visit("complaints:take_back", FILER, values={"reference": "received"}, fills=EMPTY),
        # what one is told when something does not work: 403, 404, 405
        Visit("complaints:overview", PERSON),
        Visit("complaints:discard", values={"token": "draft"}),
    ),
    staff=(
        *(Visit("complaints:work_page", who) for who in (OFFICER, BOSS, AUDITOR, MODERATOR)),
        Visit("complaints:intake", "operator@opm-1111"),
        Visit("complaints:templates", BOSS),
        Visit("complaints:overview", CENTRAL),
        Visit("complaints:overview", "executive@moi"),
        Visit("complaints:overview", "auditor@nacc", query="?agency=kk-muni"),
        *(Visit("complaints:quarantined", MODERATOR, query=query) for query in ("", "?checked")),
        Visit("complaints:pictures", MODERATOR),
        Visit("complaints:moderation_appeals", MODERATOR),
        Visit("complaints:cover", MODERATOR, values={"reference": "received"}),
        Visit("complaints:cover", MODERATOR, values={"reference": "received"}, fills=EMPTY),
        *(Visit("complaints:covered", MODERATOR, query=query) for query in ("", "?checked")),
        *(
            Visit(route, BY_FORM)
            for route in (
                "complaints:slip",
                "complaints:show_contact",
                "complaints:original",
                "complaints:act",
            )
        ),
    ),
    no_page={
        "complaints:figures_data": FOR_MACHINES,
        "complaints:attachment": A_FILE,
        "complaints:draft_file": A_FILE,
        "complaints:work": LEADS_ON,
        "complaints:drop_template": LEADS_ON,
        "complaints:bulk": LEADS_ON,
        "complaints:decide_picture": LEADS_ON,
        "complaints:rule_moderation": LEADS_ON,
    },
    no_pages_at_all={"open311_": FOR_MACHINES},
)
