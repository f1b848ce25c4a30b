"""Who looks at which page of identity, and which addresses have no page."""

from tests.journeys.visit import (
    A_FILE,
    BOSS,
    ELSEWHERE,
    EMPTY,
    LEADS_ON,
    LEAVER,
    OFFICER,
    PERSON,
    Visit,
    Visits,
)

CODE_SENT = Visit("identity:sign_in", fills={"email": "nok@example.th"}, shows="identity:enter_code")

VISITS = Visits(
    citizens=(
        # signing in, one's own pages
        Visit("identity:sign_in"),
        Visit("identity:sign_in", fills={"email": "no address"}, shows="identity:ask_code"),
        CODE_SENT,
        Visit("identity:enter_code", fills={"code": "000000"}, after=CODE_SENT),
        Visit("identity:sign_in_demo"),
        Visit("identity:me", PERSON),
        Visit("identity:settings", PERSON),
        Visit("identity:settings", PERSON, fills={"phone": "12"}),
        Visit("identity:change_email", PERSON),
        Visit("identity:access_record", PERSON),
        Visit("identity:question_access", PERSON, values={"record_id": "look"}),
        Visit("identity:question_access", PERSON, values={"record_id": "look"}, fills=EMPTY),
        Visit("identity:consents", PERSON),
        Visit("identity:own_data", PERSON),
        Visit("identity:erase", PERSON),
        Visit("identity:erase", PERSON, fills=EMPTY),
        Visit("identity:sign_out"),
        Visit(
            "identity:me",
            LEAVER,
            fills=EMPTY,
            press="form[action*=sign-out] button",
            shows="identity:sign_out",
        ),
    ),
    staff=(
        Visit("identity:questions", BOSS),
        Visit("identity:answer", BOSS),
        Visit("identity:me", OFFICER),
    ),
    no_page={
        "identity:own_data_file": A_FILE,
        "openid_back": ELSEWHERE,
        "identity:start_openid": ELSEWHERE,
        "identity:sign_out_elsewhere": LEADS_ON,
        "identity:give_consent": LEADS_ON,
        "identity:withdraw_consent": LEADS_ON,
    },
)
