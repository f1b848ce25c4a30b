"""What is set aside is nobody's to know: whatever happens to it is recorded under a name that leads nowhere."""

import hashlib
import hmac
import inspect
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from tests.commons.agencies.factories import signed_in
from tests.services.complaints import factories
from tests.services.complaints.factories import picture
from tests.small_state import NOW, staff

from sala.commons.drafts.actions import Proof
from sala.commons.files import actions as files
from sala.commons.ledger import queries as ledger
from sala.commons.ledger import sequencer, subscriptions
from sala.commons.ledger.models import Entry
from sala.commons.matters import actions as matter_actions
from sala.commons.matters import tasks
from sala.commons.matters.rules import Frequency
from sala.commons.moderation.actions import Breach
from sala.core import clock
from sala.core.actors import ANONYMOUS, SYSTEM, Role
from sala.core.errors import Conflict, NotFound
from sala.core.references import parse_reference
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import EscalationLevel, PauseReason, Privacy, RejectionReason
from sala.services.complaints.queries import Contact, figures, page

pytestmark = pytest.mark.usefixtures("state")

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า โทรหาผมที่ 081-234-5678"
filed = partial(
    factories.filed, TEXT, is_suspect=True, latitude=16.43, longitude=102.82,
    contact=Contact(phone="0812345678", email="filer@example.org"),
)  # fmt: skip
ANSWER = "เปลี่ยนหลอดไฟทั้ง 9 ดวงแล้ว ไฟติดครบทุกดวง"
PUBLIC_PAGES = (
    "/", "/now/", "/figures.json", "/complaints/", "/matters/", "/matters/rows.json", "/matters/rows.csv",
    "/matters/rows.atom", "/matters/points.json?box=95,5,106,21", "/api/matters", "/api/entries?limit=1000",
    "/api/entries.atom", "/ledger/", "/open311/v2/requests.json", "/open311/v2/requests.xml",
    f"/matters/?q={quote('ไฟทางดับ')}", f"/api/matters?q={quote('ไฟทางดับ')}",
)  # fmt: skip
Here = dict[str, Any]


def ended(one: actions.Filed) -> None:
    """A public one that the office has solved, and that a moderator then sets aside."""
    officer = staff("kk-muni")
    here: Here = {"now": NOW, "reference": one.reference}
    actions.start_work(actor=officer, **here)
    actions.attach_evidence(actor=officer, kept=files.keep_file(picture().read()), **here)
    actions.resolve_complaint(actor=officer, text=ANSWER, **here)
    actions.quarantine_complaint(breach=Breach.ADVERTISING, actor=staff("opm-1111", Role.MODERATOR), **here)


OFFICER: dict[str, Here] = {
    "route_complaint": {"topic": "garbage", "agency": "kk-muni"},
    "assign_complaint": {},
    "forward_complaint": {"agency": "pea", "reason": "เป็นของการไฟฟ้า"},
    "hand_back_complaint": {"reason": "ไม่ใช่ของเรา"},
    "share_complaint": {"agency": "pea", "reason": "ช่วยดู"},
    "correct_place": {"area": "40"},
    "split_complaint": {"agency": "pea", "topic": "electricity", "text": "สายไฟ", "reason": "คนละเรื่อง"},
    "start_work": {},
    "reply_to_person": {"text": "กำลังดู"},
    "pause_clock": {"reason": PauseReason.WEATHER, "words": "ฝนตก"},
    "resume_clock": {},
    "resolve_complaint": {"text": ANSWER},
    "reject_complaint": {"reason": RejectionReason.ABUSIVE, "text": ANSWER},
    "attach_evidence": {"kept": None},
}
SYSTEMS: dict[str, Here] = {
    "escalate_complaint": {"level": EscalationLevel.SUPERVISOR, "cause": "bounced"},
}
# Those that a moderator or the person may do meanwhile: kind of what is recorded, who, and with which values.
MODERATOR: dict[str, tuple[str, Here]] = {
    "add_note": ("complaint.note_added", {"text": "น่าจะเป็นเรื่องจริง"}),
    "mask_text": ("complaint.text_masked", {"public_text": "ไฟทางดับ"}),
    "keep_as_it_is": ("complaint.words_checked", {"breach": Breach.ADVERTISING}),
}
PERSON: dict[str, tuple[str, Here]] = {
    "answer_question": ("complaint.person_answered", {"text": "ยังดับอยู่"}),
    "confirm_resolution": ("complaint.confirmed", {"rating": 4}),
    "rate_handling": ("complaint.rated", {"rating": 2}),
    "reopen_complaint": ("complaint.reopened", {"text": "ดับอีกแล้ว"}),
}
ELSEWHERE = {
    "quarantine_complaint",
    "release_complaint",
    "join_complaint",
    "lapse_confirmation",
    "appeal_moderation",
    "claim_complaint",
    "decide_moderation_appeal",
    "move_date",
    "take_back_file",
    "cover_picture",
    "show_picture",
    "withhold_picture",
    "appeal",
    "decide_appeal",
}


def test_every_action_on_one_complaint_is_tried_below() -> None:
    doing: list[Callable[..., Any]] = [getattr(actions, name) for name in actions.__all__]
    named = {
        f.__name__ for f in doing if inspect.isfunction(f) and "reference" in inspect.signature(f).parameters
    }
    assert named == {*OFFICER, *SYSTEMS, *MODERATOR, *PERSON, *ELSEWHERE}


def settle() -> None:
    sequencer.sequence_now()
    subscriptions.catch_up()


def newest() -> dict[str, Any]:
    settle()
    return ledger.get_entry(ledger.count_entries() - 1).content


@pytest.mark.req("TRU-2", "TRU-3")
@pytest.mark.parametrize("privacy", list(Privacy))
def test_nobody_works_on_it_and_nothing_is_recorded(privacy: Privacy) -> None:
    one = filed(privacy=privacy)
    before = Entry.objects.count()
    here: Here = {"now": NOW + timedelta(days=90), "reference": one.reference}
    for actor, acts in ((staff(one.agency), OFFICER), (SYSTEM, SYSTEMS)):
        for name, values in acts.items():
            with pytest.raises(Conflict, match="set_aside"):
                getattr(actions, name)(actor=actor, **values, **here)
    with pytest.raises(NotFound):
        actions.join_complaint(actor=ANONYMOUS, mark="a neighbour", **here)
    with pytest.raises(Conflict, match="set_aside"):
        actions.quarantine_complaint(actor=SYSTEM, **here)
    assert Entry.objects.count() == before


# Only what is to be public has words that everyone will read.
POSSIBLE = [
    (name, privacy)
    for name in (*MODERATOR, *PERSON)
    for privacy in Privacy
    if name != "mask_text" or privacy is Privacy.PUBLIC
]


@pytest.mark.req("TRU-2", "TRU-3")
@pytest.mark.parametrize(("name", "privacy"), POSSIBLE)
def test_what_a_moderator_or_the_person_does_has_the_hidden_name(name: str, privacy: Privacy) -> None:
    one = filed(is_suspect=name not in PERSON, privacy=privacy)
    central = "nacc" if privacy is Privacy.CONFIDENTIAL else "opm-1111"
    moderator, here = staff(central, Role.MODERATOR), {"now": NOW, "reference": one.reference}
    if name in PERSON:
        actor = staff(one.agency)
        actions.start_work(actor=actor, **here)
        if name != "answer_question":
            kept = files.keep_file(picture().read())
            actions.attach_evidence(actor=actor, kept=kept, **here)
            actions.resolve_complaint(actor=actor, text=ANSWER, **here)
        if name == "rate_handling":
            actions.confirm_resolution(actor=ANONYMOUS, proof=Proof(key=one.key), **here)
        actions.quarantine_complaint(actor=moderator, breach=Breach.ADVERTISING, **here)
        kind, values = PERSON[name]
        getattr(actions, name)(actor=ANONYMOUS, proof=Proof(key=one.key), **values, **here)
    else:
        kind, values = MODERATOR[name]
        getattr(actions, name)(actor=moderator, **values, **here)
    told = newest()
    assert told["kind"] == kind
    assert told["matter"] == queries.get_complaint(one.reference).hidden_name
    assert told["matter"].startswith("~")
    assert (told["agency"], told["area"]) == (None, None)
    assert one.reference not in str(told)


@pytest.mark.req("TRU-2", "TRU-3")
def test_silence_that_runs_out_meanwhile_has_the_hidden_name_too() -> None:
    one = filed(is_suspect=False)
    ended(one)
    later = NOW + timedelta(days=60)
    actions.lapse_confirmation(now=later, reference=one.reference)
    assert newest()["matter"] == queries.get_complaint(one.reference).hidden_name


@pytest.mark.req("TRU-2", "TRU-3")
def test_an_appeal_has_the_hidden_name_and_waits_for_the_moderator() -> None:
    one = filed(is_suspect=False)
    here: Here = {"now": NOW, "reference": one.reference}
    actions.reject_complaint(actor=staff("kk-muni"), **OFFICER["reject_complaint"], **here)
    actions.quarantine_complaint(actor=SYSTEM, **here)
    actions.appeal(actor=ANONYMOUS, text="ผิดแล้ว", proof=Proof(key=one.key), **here)
    told = newest()
    assert told["kind"] == "complaint.appealed"
    assert told["matter"] == queries.get_complaint(one.reference).hidden_name
    assert told["content"]["to_agency"] == ""
    [waiting] = queries.get_complaint(one.reference).appeals.all()
    head = staff(waiting.agency, Role.EXECUTIVE)
    with pytest.raises(Conflict, match="set_aside"):
        actions.decide_appeal(actor=head, is_upheld=True, text=ANSWER, **here)


def public_words() -> str:
    return "".join(map(shown_at, PUBLIC_PAGES))


def shown_at(address: str) -> str:
    return b"".join(Client().get(address)).decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("TRU-2", "CMP-3.3")
def test_nothing_public_tells_of_it_until_the_release_joins_all_of_it() -> None:
    one = filed()
    here: Here = {"now": NOW, "reference": one.reference}
    moderator = staff("opm-1111", Role.MODERATOR)
    for name, (_, values) in MODERATOR.items():
        if name != "keep_as_it_is":
            getattr(actions, name)(actor=moderator, **values, **here)
    actions.answer_question(actor=ANONYMOUS, proof=Proof(key=one.key), text="ยังดับอยู่", **here)
    settle()
    assert one.reference not in public_words()
    assert "ไฟทางดับ" not in "".join(map(shown_at, PUBLIC_PAGES[:9]))
    for hidden in (
        f"/complaints/{one.reference}", f"/api/matters/{one.reference}", f"/api/matters/{one.reference}/steps",
        f"/matters/{one.reference}/steps.atom", f"/open311/v2/requests/{one.reference}.json",
        f"/complaints/{one.reference}/join",
    ):  # fmt: skip
        assert Client().get(hidden).status_code == 404, hidden
    held = ledger.list_entries(after=-1, limit=1000, filters=ledger.Filters(matter=one.reference))
    assert held.entries == ()

    actions.release_complaint(actor=moderator, **here)
    settle()
    kinds = [step["kind"] for step in Client().get(f"/api/matters/{one.reference}/steps").json()]
    assert kinds == [
        "complaint.filed", "complaint.note_added", "complaint.text_masked", "complaint.person_answered",
        "complaint.released",
    ]  # fmt: skip
    assert one.reference in public_words()


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("TRU-2", "TRU-3")
def test_one_that_was_public_hides_anew_each_time_and_each_release_can_be_proven() -> None:
    one = filed(is_suspect=False)
    moderator = staff("opm-1111", Role.MODERATOR)
    here: Here = {"now": NOW, "reference": one.reference}
    names = []
    for _ in range(2):
        actions.quarantine_complaint(actor=moderator, breach=Breach.ADVERTISING, **here)
        last = newest()
        assert (last["kind"], last["matter"]) == ("complaint.quarantined", one.reference)
        actions.add_note(actor=moderator, text="ดูอยู่", **here)
        names.append(newest()["matter"])
        assert Client().get(f"/complaints/{one.reference}").status_code == 404
        actions.release_complaint(actor=moderator, **here)
        released = newest()["content"]
        assert released["continues"] == names[-1]
        opened = hmac.new(
            bytes.fromhex(released["opening"]), one.reference.encode(), hashlib.sha256
        ).hexdigest()
        assert names[-1] == f"~{opened[:32]}"
    assert len(set(names)) == 2
    found = queries.get_complaint(one.reference)
    shown = [
        entry.content["kind"].partition(".")[2] for entry in page.get_page(found, now=NOW, is_own=True).steps
    ]
    assert shown == ["filed", *["quarantined", "note_added", "released"] * 2]
    assert len(Client().get(f"/api/matters/{one.reference}/steps").json()) == 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("TRU-2", "RES")
def test_neighbours_who_follow_it_hear_nothing_meanwhile_and_who_filed_it_does() -> None:
    one = filed(is_suspect=False)
    neighbour, moderator = staff("pea"), staff("opm-1111", Role.MODERATOR)
    later = NOW + timedelta(hours=1)
    matter_actions.follow_matter(
        actor=neighbour, now=later, reference=one.reference, frequency=Frequency.EACH
    )
    here: Here = {"now": later + timedelta(hours=1), "reference": one.reference}
    settle()
    actions.quarantine_complaint(actor=moderator, breach=Breach.ADVERTISING, **here)
    actions.mask_text(actor=moderator, public_text="ไฟทางดับ", **here)
    settle()
    with clock.frozen(NOW + timedelta(days=2)):
        tasks.post_due_letters(timestamp=0)
    assert [letter.to for letter in mail.outbox] == [["filer@example.org"]]
    followed = signed_in("pea").get("/me/").content.decode()
    assert one.reference not in followed


@pytest.mark.req("TRU-2", "CMP-3.3")
def test_no_figure_counts_it() -> None:
    one = filed(is_suspect=False)
    ended(one)
    assert figures.count_figures(NOW).resolved == 0
    assert sum(figures.count_by_status().values()) == 0
    actions.release_complaint(actor=staff("opm-1111", Role.MODERATOR), now=NOW, reference=one.reference)
    assert figures.count_figures(NOW).resolved == 1
    assert figures.count_by_status()["resolved"] == 1


@pytest.mark.req("TRU-2")
def test_a_part_that_is_set_aside_is_not_shown_beside_the_whole() -> None:
    one, officer = filed(is_suspect=False), staff("kk-muni")
    here: Here = {"now": NOW, "reference": one.reference}
    part = actions.split_complaint(actor=officer, **OFFICER["split_complaint"], **here)
    assert part in Client().get(f"/complaints/{one.reference}").content.decode().partition("<footer")[0]
    actions.quarantine_complaint(actor=SYSTEM, now=NOW, reference=part)
    found = queries.get_complaint(one.reference)
    assert page.get_page(found, now=NOW, is_own=False).parts == ()
    assert page.get_page(found, now=NOW, is_own=True).parts == (part,)


def test_numbers_keep_what_is_promised_of_them_and_no_more() -> None:
    """`docs/rules/ledger.md`: whatever is not public when it is opened leaves no gap, parts and suspects included."""
    public = partial(factories.filed, topic="street_light", area="400101")
    first = public()
    filed()
    secret = public(privacy=Privacy.AGENCY_ONLY)
    split: Here = {"agency": "pea", "topic": "electricity", "text": "สายไฟ", "reason": "คนละเรื่อง", "now": NOW}
    hidden_part = actions.split_complaint(actor=staff("kk-muni"), reference=secret.reference, **split)
    part = actions.split_complaint(actor=staff("kk-muni"), reference=first.reference, **split)
    later = public()
    moderator = staff("opm-1111", Role.MODERATOR)
    aside: Here = {"breach": Breach.ADVERTISING, "actor": moderator, "now": NOW}
    actions.quarantine_complaint(reference=later.reference, **aside)
    last = public()
    numbers = [
        parse_reference(one).number for one in (first.reference, part, later.reference, last.reference)
    ]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert parse_reference(hidden_part).number >= 6_000_000
    # What was public until a moderator came is known until then, and nothing of what follows names it.
    told = queries.get_complaint(later.reference)
    sequencer.sequence_now()
    before, after = (list(Entry.objects.filter(matter=name)) for name in (later.reference, told.hidden_name))
    assert [entry.kind for entry in before] == ["complaint.filed", "complaint.quarantined"]
    assert after == []
