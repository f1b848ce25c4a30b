"""Who looks at which page of information requests, and which addresses have no page."""

from tests.journeys.visit import A_FILE, BOSS, EMPTY, FILER, LEADS_ON, MODERATOR, OFFICER, Visit, Visits

WALKED = "looked at on its way in test_information"
THIRD = {"reference": "info_consulting", "third_id": "third", "key": "third_key"}

VISITS = Visits(
    citizens=(
        *(
            Visit(f"information:{name}")
            for name in ("start", "documents", "figures", "rules", "paper_form", "track", "claim", "new")
        ),
        Visit("information:figures", query="?agency=kk-muni"),
        Visit("information:track", fills={"reference": "RA69-9999999-9"}),
        Visit("information:claim", fills={"reference": "C69-0000001-0", "code": "AAAA"}),
        Visit("information:new", fills=EMPTY),
        *(
            Visit("information:request", values={"reference": f"info_{name}"})
            for name in ("asked", "late", "given", "refused", "above", "consulting")
        ),
        Visit(
            "information:document",
            values={"reference": "info_given", "number": "given_number", "order": "given_order"},
        ),
        Visit("information:third", values=THIRD),
        Visit("information:third", values=THIRD, fills=EMPTY),
        *(
            Visit("information:own", FILER, values={"reference": f"info_{name}"})
            for name in ("asked", "questioned", "late", "given", "refused", "above")
        ),
        *(
            Visit("information:way", FILER, values={"reference": f"info_{name}", "code": code})
            for name, code in (
                ("questioned", "answer_question"),
                ("late", "complain_slow"),
                ("late", "remind"),
                ("given", "say_what_is_missing"),
                ("refused", "appeal_refusal"),
            )
        ),
        Visit(
            "information:way",
            FILER,
            values={"reference": "info_questioned", "code": "answer_question"},
            fills=EMPTY,
        ),
        *(
            Visit(
                "information:appeal_moderation",
                FILER,
                values={"reference": "info_given", "decision_id": "info_decision"},
                fills=fills,
            )
            for fills in (None, EMPTY)
        ),
    ),
    staff=(
        Visit("information:intake", OFFICER),
        Visit("information:board", "officer@oic"),
        *(Visit("information:outside", "officer@oic", fills=fills) for fills in (None, EMPTY)),
        *(
            Visit("information:work_page", who, values={"reference": "info_consulting"})
            for who in (OFFICER, BOSS, MODERATOR)
        ),
        Visit("information:work_page", MODERATOR, values={"reference": "info_aside"}),
        *(
            Visit(f"information:{page}", MODERATOR, query=query)
            for page in ("set_aside", "covered")
            for query in ("", "?checked")
        ),
        Visit("information:moderation_appeals", MODERATOR),
    ),
    no_page={
        **{
            f"information:{route}": WALKED
            for route in ("slip", "show_contact", "act", "step", "similar", "check", "filed")
        },
        **{
            f"information:{route}": LEADS_ON
            for route in ("work", "discard", "accept", "publish", "withdraw_above", "rule_moderation")
        },
        "information:document_file": A_FILE,
        "information:letter_file": A_FILE,
        "information:original": "a form opens it; its parts are those of complaints:original",
    },
    no_pages_at_all={},
)
