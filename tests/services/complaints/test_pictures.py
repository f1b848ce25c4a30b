"""Pictures of a complaint: who sees them is the sender's choice, a moderator looks first where asked, and covers."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from tests.commons.agencies.factories import signed_in
from tests.small_state import NOW, staff

from sala.commons.drafts import actions as drafts
from sala.commons.files import actions as files
from sala.commons.files.actions import Wish
from sala.commons.files.models import File
from sala.commons.files.queries import read_file
from sala.commons.ledger.models import Entry
from sala.core.actors import ANONYMOUS, Actor, Role
from sala.core.errors import Conflict, Refused
from sala.services.complaints import actions, queries
from sala.services.complaints.queries import moderation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("state"),
    pytest.mark.req("MOD"),
]
PLATE = Image.new("RGB", (160, 120), "white")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture() -> io.BytesIO:
    out = io.BytesIO()
    PLATE.save(out, "PNG")
    return io.BytesIO(out.getvalue())


def filed(*wishes: Wish, topic: str = "street_light", **more: Any) -> tuple[str, list[str]]:
    """The number of a complaint, and the stored names of its pictures."""
    token = drafts.save_draft(kind="complaint", actor=ANONYMOUS, now=NOW, token="", answers={"text": "x"})
    for wish in wishes:
        kept = files.keep_file(picture().read(), wish=wish)
        drafts.attach_to_draft(actor=ANONYMOUS, now=NOW, token=token, kept=kept)
    filing = actions.Filing(text="ไฟทางดับ", topic=topic, area="400101", draft_token=token, **more)
    reference = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing).reference
    sent = File.objects.filter(matter__reference=reference).order_by("pk")
    return reference, [file.stored_as for file in sent]


def status(reference: str, name: str) -> int:
    return Client().get(f"/complaints/{reference}/files/{name}").status_code


def moderator() -> Actor:
    return staff("kk-muni", Role.MODERATOR)


def test_each_picture_is_seen_by_whom_its_sender_chose() -> None:
    reference, (everyone, later, office) = filed(Wish.PUBLIC, Wish.REVIEW, Wish.OFFICE)
    page = Client().get(f"/complaints/{reference}").content.decode()
    assert [name in page for name in (everyone, later, office)] == [True, False, False]
    assert [status(reference, name) for name in (everyone, later, office)] == [200, 404, 404]


def test_where_people_may_be_in_danger_a_moderator_looks_at_every_picture_first() -> None:
    reference, (name,) = filed(Wish.PUBLIC, topic="drugs")
    assert status(reference, name) == 404
    actor = staff("opm-1111", Role.MODERATOR)
    ((complaint, waiting),) = moderation.list_waiting_files(actor)
    assert (complaint.matter.reference, waiting[0].stored_as) == (reference, name)
    actions.show_picture(actor=actor, now=NOW, reference=reference, stored_as=name)
    assert status(reference, name) == 200
    assert moderation.list_waiting_files(actor) == []


def test_what_is_for_the_office_alone_no_moderator_shows() -> None:
    reference, (name,) = filed(Wish.OFFICE)
    with pytest.raises(Conflict):
        actions.show_picture(actor=moderator(), now=NOW, reference=reference, stored_as=name)


def cover(reference: str, name: str, actor: Actor, *areas: files.Area) -> None:
    file = File.objects.get(stored_as=name)
    with files.kept_covered(file, areas) as kept:
        actions.cover_picture(actor=actor, now=NOW, reference=reference, stored_as=name, kept=kept)


def test_a_covered_copy_takes_the_pictures_place_for_everyone_and_the_steps_say_so(folder: Path) -> None:
    reference, (name,) = filed(Wish.PUBLIC)
    cover(reference, name, moderator(), files.Area(0, 0, 0.5, 0.5))
    copy = File.objects.get(uncovered__stored_as=name)
    page = Client().get(f"/complaints/{reference}").content.decode()
    assert copy.stored_as in page
    assert name not in page
    assert status(reference, name) == 404
    entry = Entry.objects.get(kind="complaint.picture_decided")
    assert copy.sha256 in bytes(entry.body).decode()
    with Image.open(io.BytesIO(read_file(copy.stored_as))) as drawn:
        assert drawn.convert("RGB").getpixel((10, 10))[0] < 100
    # Covering more of the copy keeps what was covered before, and leaves one copy.
    cover(reference, copy.stored_as, moderator(), files.Area(0.5, 0.5, 1, 1))
    again = File.objects.get(uncovered__stored_as=name)
    with Image.open(io.BytesIO(read_file(again.stored_as))) as drawn:
        assert [drawn.convert("RGB").getpixel(at)[0] < 100 for at in ((10, 10), (150, 110), (150, 10))] == [
            True,
            True,
            False,
        ]
    assert len(list(folder.iterdir())) == 2


def test_the_person_sees_what_they_sent_and_taking_it_back_takes_the_copy_along(folder: Path) -> None:
    reference, (name,) = filed(Wish.PUBLIC)
    cover(reference, name, moderator(), files.Area(0, 0, 1, 1))
    actions.take_back_file(
        actor=moderator(),
        now=NOW,
        reference=reference,
        stored_as=name,
        reason=actions.TakeBackReason.SHOWS_A_PERSON,
    )
    assert not File.objects.exists()
    assert not list(folder.iterdir())


@pytest.mark.parametrize("actor", ["officer", "other moderator", "anybody"])
def test_only_its_moderator_decides_about_a_picture(actor: str, folder: Path) -> None:
    reference, (name,) = filed(Wish.PUBLIC)
    acting = {
        "officer": lambda: staff("kk-muni"),
        "other moderator": lambda: staff("pea", Role.MODERATOR),
        "anybody": lambda: ANONYMOUS,
    }[actor]()
    with pytest.raises(Refused):
        cover(reference, name, acting, files.Area(0, 0, 1, 1))
    with pytest.raises(Refused):
        actions.withhold_picture(actor=acting, now=NOW, reference=reference, stored_as=name)
    assert len(list(folder.iterdir())) == 1  # the copy of the one who was refused is gone again


def test_what_a_moderator_withholds_everyone_loses_and_the_office_keeps() -> None:
    reference, (name,) = filed(Wish.PUBLIC)
    actions.withhold_picture(actor=moderator(), now=NOW, reference=reference, stored_as=name)
    assert status(reference, name) == 404
    assert queries.get_complaint(reference).matter.files.get().stored_as == name


def test_a_moderator_covers_squares_on_a_page_without_any_script() -> None:
    reference, (name,) = filed(Wish.REVIEW)
    browser = signed_in("kk-muni", Role.MODERATOR)
    assert name in browser.get("/en/complaints/work/pictures").content.decode()
    address = f"/en/complaints/work/{reference}/pictures/{name}"
    page = browser.get(address).content.decode()
    assert page.count('type="checkbox"') == 12 * 9
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"left": "10", "top": "x"}).status_code == 422
    assert browser.post(address, {"squares": ["0", "13", "999"]}).status_code == 422
    assert browser.post(
        address, {"squares": ["0", "13"], "left": "50", "top": "50", "right": "60", "bottom": "60"}
    )
    copy = File.objects.get(uncovered__stored_as=name)
    assert status(reference, copy.stored_as) == 200
    with Image.open(io.BytesIO(read_file(copy.stored_as))) as drawn:
        dark = [drawn.convert("RGB").getpixel(at)[0] < 100 for at in ((5, 5), (20, 20), (85, 65), (150, 110))]
    assert dark == [True, True, True, False]
