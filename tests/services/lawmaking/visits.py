"""Who looks at which page of legal questions, and which addresses have no page."""

from tests.journeys.visit import BOSS, EMPTY, FILER, LEADS_ON, MODERATOR, OFFICER, Visit, Visits

WALKED = "looked at on its way in test_legal_question"

VISITS = Visits(
    citizens=(
        *(
            Visit(f"questions:{name}")
            for name in ("start", "answers", "figures", "rules", "paper_form", "track", "claim", "new")
        ),
        Visit("questions:answers", query="?q=ไม่มีคำนี้แน่"),
        Visit("hearings:start"),
        *(
            Visit("hearings:hearing", values={"reference": f"hearing_{name}"})
            for name in ("open", "over", "soon")
        ),
        Visit("hearings:comments", values={"reference": "hearing_open"}),
        Visit("hearings:speak", values={"reference": "hearing_open"}),
        Visit("hearings:speak", values={"reference": "hearing_open"}, fills=EMPTY),
        Visit("hearings:part", values={"reference": "hearing_open", "name": "hearing_part"}),
        Visit("laws:start"),
        Visit("laws:start", query="?q=เงินประกัน"),
        Visit("laws:start", query="?q=ไม่มีคำนี้แน่"),
        Visit("laws:law", values={"code": "library_law"}),
        Visit("laws:provision", values={"code": "library_law", "name": "library_section"}),
        Visit("laws:compare", values={"code": "library_law"}),
        Visit("questions:figures", query="?agency=kk-muni"),
        Visit("questions:track", fills={"reference": "LA69-9999999-9"}),
        Visit("questions:new", fills=EMPTY),
        *(
            Visit("questions:question", values={"reference": f"law_{name}"})
            for name in ("new", "questioned", "late", "answered", "revised", "declined")
        ),
        *(
            Visit("questions:own", FILER, values={"reference": f"law_{name}"})
            for name in ("new", "questioned", "late", "answered", "declined", "hidden")
        ),
        *(
            Visit("questions:own_act", FILER, values={"reference": f"law_{name}", "code": code})
            for name, code in (
                ("questioned", "explain"),
                ("late", "remind"),
                ("answered", "follow_up"),
                ("hidden", "publish"),
                ("new", "withdraw"),
            )
        ),
        Visit(
            "questions:own_act",
            FILER,
            values={"reference": "law_questioned", "code": "explain"},
            fills=EMPTY,
        ),
    ),
    staff=(
        Visit("hearings:work", OFFICER),
        Visit("hearings:hide", MODERATOR, values={"reference": "hearing_open", "number": "hearing_comment"}),
        Visit("hearings:open", OFFICER),
        Visit("hearings:open", OFFICER, fills=EMPTY),
        Visit("hearings:work_page", OFFICER, values={"reference": "hearing_open"}),
        Visit("questions:intake", OFFICER),
        *(
            Visit("questions:work_page", who, values={"reference": f"law_{name}"})
            for who, name in ((OFFICER, "new"), (BOSS, "answered"))
        ),
    ),
    no_page={
        **{
            f"questions:{route}": WALKED
            for route in ("slip", "show_contact", "act", "step", "similar", "check", "filed")
        },
        "questions:discard": LEADS_ON,
        "questions:work": LEADS_ON,
        **{f"laws:{route}": "the page of laws:law, on another day" for route in ("law_on", "provision_on")},
        **{f"laws:{route}": "for programs" for route in ("akn", "akn_on", "document", "document_on")},
    },
    no_pages_at_all={},
)
