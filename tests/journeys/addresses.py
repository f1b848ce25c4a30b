"""Every named address of the site: who looks at its page, or why there is nothing to look at.

A new route belongs into CITIZEN_PAGES, DESK_PAGES or NO_PAGE; tests/shape/test_looks.py says which is in none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override


@dataclass(frozen=True, eq=False)
class Visit:
    """One look at a page, by `visitor`: of `route`, with `values` of the world in its address and `query` after it.

    `fills` is what the visitor then types and sends, to see the answer; None sends nothing. The answer may be the
    page of another route, named in `shows`.
    """

    route: str
    visitor: str = "anybody"
    query: str = ""
    fills: Mapping[str, str] | None = None
    press: str = "main form[method=post] button.btn"
    shows: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def path(self, world: Mapping[str, object], language: str) -> str:
        """The address in a language; a value of the route is the world's under its own or another name, or literal."""
        wanted = patterns()[self.route].pattern.regex.groupindex
        names = {value: self.values.get(value, value) for value in wanted}
        with override(language):
            address = reverse(
                self.route, kwargs={value: world.get(name, name) for value, name in names.items()}
            )
        return address + self.query.format(**world)

    def __str__(self) -> str:
        return " ".join(filter(None, [self.route, *self.values.values(), self.query, str(self.fills or "")]))


# Who looks: `anybody` has no cookie; `filer` opened their own link; `person` is signed in, without any role.
FILER, PERSON = "filer", "person"
EMPTY: Mapping[str, str] = {}

CITIZEN_PAGES = (
    Visit("home"),
    Visit("help"),
    Visit("privacy"),
    Visit("accessibility"),
    Visit("coming", values={"key": "door"}),
    Visit("style"),
    Visit("style", query="?bad-what=x&bad-when=31/2/2569"),
    Visit("api_docs"),
    # complaints, as everyone reads them
    Visit("complaints:start"),
    Visit("complaints:rules"),
    Visit("complaints:figures"),
    Visit("complaints:figures", query="?agency=kk-muni"),
    Visit("complaints:paper_form"),
    Visit("complaints:track"),
    Visit("complaints:track", fills={"reference": "C69-9999999-9"}),
    *(
        Visit("complaints:complaint", values={"reference": name})
        for name in ("received", "worked", "done", "closed", "rejected", "secret", "set_aside")
    ),
    Visit("complaints:join", values={"reference": "received"}),
    Visit("matters:list"),
    Visit("matters:list", query="?q=ไฟทาง&stage=received"),
    Visit("matters:list", query="?q=zzzzzz"),
    Visit("matters:follow", values={"reference": "received"}),
    Visit("matters:follow", values={"reference": "received"}, fills=EMPTY),
    Visit("matters:follow", values={"reference": "received"}, fills={"email": "somebody@example.th"}),
    Visit("matters:confirm_follow", values={"token": "begins"}),
    Visit("matters:confirm_follow", values={"token": "begins"}, fills=EMPTY),
    Visit("matters:unfollow_link", values={"token": "begins"}),
    Visit("matters:unfollow_link", values={"token": "begins"}, fills=EMPTY),
    Visit("agencies:list"),
    Visit("agencies:agency", values={"code": "agency"}),
    Visit("agencies:area", values={"code": "area"}),
    Visit("ledger:home"),
    Visit("ledger:entry"),
    # filing, question by question
    Visit("complaints:new"),
    Visit("complaints:new", fills=EMPTY),
    *(
        Visit("complaints:step", FILER, values={"token": "draft", "name": name})
        for name in ("what", "where", "when", "privacy", "contact")
    ),
    Visit("complaints:step", FILER, values={"token": "draft", "name": "where"}, fills={"area_words": "zzz"}),
    Visit("complaints:step", FILER, values={"token": "draft", "name": "where"}, fills={"area_words": "เมือง"}),
    Visit("complaints:step", FILER, values={"token": "draft", "name": "when"}, fills={"when": "1/1/2599"}),
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
    # signing in, one's own pages
    Visit("identity:sign_in"),
    Visit("identity:sign_in", fills={"email": "no address"}, shows="identity:ask_code"),
    Visit("identity:sign_in", fills={"email": "nok@example.th"}, shows="identity:enter_code"),
    Visit("identity:enter_code", fills={"code": "000000"}),
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
    # what one is told when something does not work: 403, 404, 405
    Visit("complaints:work", PERSON),
    Visit("matters:short", values={"reference": "mistyped"}),
    Visit("identity:sign_out"),
    Visit("complaints:discard", values={"token": "draft"}),
    # the last look of the person: afterwards nobody is signed in
    Visit(
        "identity:me", PERSON, fills=EMPTY, press="form[action*=sign-out] button", shows="identity:sign_out"
    ),
)
# The same page at a second address: the first question, of a draft and before there is one; one mistake twice.
TWINS = frozenset(
    visit for visit in CITIZEN_PAGES if visit.values.get("name") == "what" or visit.fills is EMPTY
)

# Whose pages need a role; tests/journeys visits them in their own journeys.
# Pages of staff; the visitor is a role at an agency. What only a form opens is walked through in test_desk.
OFFICER, AUDITOR, BOSS = "officer@kk-muni", "auditor@kk-muni", "supervisor@kk-muni"
MODERATOR, CENTRAL = "moderator@opm-1111", "supervisor@opm-1111"
BY_FORM = "whoever sends a form"
DESK_PAGES: tuple[Visit, ...] = (
    *(Visit("complaints:work", OFFICER, query=f"?view={view}") for view in ("today", "open", "closed")),
    Visit("complaints:work", OFFICER, query="?view=open&topic=street_light&area=400101"),
    Visit("complaints:work", "executive@kk-muni"),
    *(Visit("complaints:work_page", who) for who in (OFFICER, BOSS, AUDITOR, MODERATOR)),
    Visit("complaints:keys", OFFICER),
    Visit("complaints:intake", "operator@opm-1111"),
    Visit("complaints:templates", BOSS),
    Visit("complaints:overview", CENTRAL),
    Visit("complaints:overview", "executive@moi"),
    Visit("complaints:overview", "auditor@nacc", query="?agency=kk-muni"),
    *(Visit("complaints:quarantined", MODERATOR, query=query) for query in ("", "?checked")),
    *(Visit("complaints:covered", MODERATOR, query=query) for query in ("", "?checked")),
    Visit("identity:questions", BOSS),
    Visit("identity:answer", BOSS),
    Visit("identity:me", OFFICER),
    Visit("agencies:people", "administrator@kk-muni"),
    *(
        Visit(route, BY_FORM)
        for route in ("complaints:slip", "complaints:show_contact", "complaints:original", "complaints:act")
    ),
)

FOR_MACHINES = "an answer for programs, not a page"
A_FILE = "a file to keep"
LEADS_ON = "takes what a form sends and leads on to a page that is looked at"
ELSEWHERE = "leads to another address at once"
NO_PAGE = {
    "healthz": FOR_MACHINES,
    "readyz": FOR_MACHINES,
    "metrics": FOR_MACHINES,
    "figures": FOR_MACHINES,
    "robots": FOR_MACHINES,
    "manifest": FOR_MACHINES,
    "favicon": ELSEWHERE,
    "happening_now": "a part of the first page",
    "ledger_checkpoint": FOR_MACHINES,
    "ledger_key": FOR_MACHINES,
    "ledger_bundle": FOR_MACHINES,
    "ledger_tile": FOR_MACHINES,
    "ledger_entry_file": A_FILE,
    "ledger_proof_file": A_FILE,
    "matters:steps": FOR_MACHINES,
    "matters:points": FOR_MACHINES,
    "matters:places": FOR_MACHINES,
    "matters:rows": FOR_MACHINES,
    "complaints:figures_data": FOR_MACHINES,
    "complaints:attachment": A_FILE,
    "complaints:draft_file": A_FILE,
    "identity:own_data_file": A_FILE,
    "openid_back": ELSEWHERE,
    "identity:start_openid": ELSEWHERE,
    "identity:sign_out_elsewhere": LEADS_ON,
    "identity:give_consent": LEADS_ON,
    "identity:withdraw_consent": LEADS_ON,
    "matters:unfollow": LEADS_ON,
    "complaints:save_view": LEADS_ON,
    "complaints:drop_view": LEADS_ON,
    "complaints:drop_template": LEADS_ON,
    "complaints:bulk": LEADS_ON,
    "agencies:end": LEADS_ON,
    "agencies:add_desk": LEADS_ON,
}
# Whole families of addresses without pages, by the beginning of their names.
NO_PAGES_AT_ALL = {"api:": FOR_MACHINES, "open311_": FOR_MACHINES}


def _named(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern


def patterns() -> dict[str, URLPattern]:
    """Every named route of the site, in the order of the table."""
    return dict(_named(get_resolver()))
