"""What a look at a page is: who looks, at which address, what they type; and why some addresses have no page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override


@dataclass(frozen=True, eq=False)
class Visit:
    """One look at a page, by `visitor`: of `route`, with `values` of the world in its address and `query` after it.

    `fills` is what the visitor then types and sends, to see the answer; None sends nothing. The answer may be the
    page of another route, named in `shows`. `after` is sent before it, for a page that only a sent form opens: looks
    are shared out among workers, so none may lean on the one before.
    """

    route: str
    visitor: str = "anybody"
    query: str = ""
    fills: Mapping[str, str] | None = None
    press: str = "main form[method=post] button.btn"
    shows: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    after: "Visit | None" = None

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


# Who looks: `anybody` has no cookie; `filer` opened their own links; `person` is signed in, without any role; `leaver`
# is too, and signs out. Staff are a role at an agency.
FILER, PERSON, LEAVER = "filer", "person", "leaver"
OFFICER, AUDITOR, BOSS = "officer@kk-muni", "auditor@kk-muni", "supervisor@kk-muni"
MODERATOR, CENTRAL = "moderator@opm-1111", "supervisor@opm-1111"
# What only a form opens is walked through in test_desk.
BY_FORM = "whoever sends a form"
EMPTY: Mapping[str, str] = {}

# Why there is nothing to look at.
FOR_MACHINES = "an answer for programs, not a page"
A_FILE = "a file to keep"
LEADS_ON = "takes what a form sends and leads on to a page that is looked at"
ELSEWHERE = "leads to another address at once"


@dataclass(frozen=True, kw_only=True)
class Visits:
    """A box's addresses: looks of citizens and of staff; those without a page, with the reason.

    `no_pages_at_all` are beginnings of names whose whole family has no pages.
    """

    citizens: tuple[Visit, ...] = ()
    staff: tuple[Visit, ...] = ()
    no_page: Mapping[str, str] = field(default_factory=dict)
    no_pages_at_all: Mapping[str, str] = field(default_factory=dict)


def _named(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), pattern


def patterns() -> dict[str, URLPattern]:
    """Every named route of the site, in the order of the table."""
    return dict(_named(get_resolver()))
