"""The names of Akoma Ntoso 3.0 that we write and understand."""

from typing import Final

from sala.engines.legislation.kinds import Kind

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: Namespaces of the drafts of 3.0 are taken as 3.0: samples of the committee still carry them.
DRAFTS: Final = f"{NAMESPACE}/"
ELEMENTS: Final[dict[Kind, str]] = {
    Kind.BOOK: "book",
    Kind.PART: "part",
    Kind.TITLE: "title",
    Kind.CHAPTER: "chapter",
    Kind.DIVISION: "division",
    Kind.SUBDIVISION: "subdivision",
    Kind.TRANSITIONAL: "transitional",
    Kind.SECTION: "section",
    Kind.CLAUSE: "rule",
}
#: Elements that may hold others of them, a number, a heading (group ANhier of the schema, and their containers).
HIERARCHY: Final = frozenset(
    (
        *(
            "alinea",
            "article",
            "book",
            "chapter",
            "clause",
            "division",
            "hcontainer",
            "indent",
            "level",
            "list",
        ),
        *(
            "paragraph",
            "part",
            "point",
            "proviso",
            "rule",
            "section",
            "subchapter",
            "subclause",
            "subdivision",
        ),
        *(
            "sublist",
            "subparagraph",
            "subpart",
            "subrule",
            "subsection",
            "subtitle",
            "title",
            "tome",
            "transitional",
        ),
        *("debateSection", "blockList", "item", "container", "crossHeading"),
    )
)
#: What a document element is.
DOCUMENTS: Final = frozenset(
    (
        *("act", "amendment", "amendmentList", "bill", "debate", "debateReport", "doc", "documentCollection"),
        *("judgment", "officialGazette", "portion", "statement"),
    )
)
