"""Filing by web: one question a page, nothing lost, ends with a number."""

import io
import re

import pytest
from django.core import mail
from django.test import Client
from tests.services.complaints.filing_pages import TEXT, file_by_pages, picture
from tests.small_state import NOW

from sala.core.actors import ANONYMOUS
from sala.services.complaints import actions, queries
from sala.services.complaints.actions import Filing
from sala.services.complaints.queries import Contact

pytestmark = pytest.mark.usefixtures("state")


@pytest.mark.req("CMP-1.1", "MCH")
def test_a_person_files_page_by_page_without_an_account(client: Client) -> None:
    reference = file_by_pages(client)
    complaint = queries.get_complaint(reference)
    assert complaint.matter.area == "400101"
    assert complaint.matter.files.count() == 1
    public = Client().get(f"/complaints/{reference}").content.decode()
    assert "081-234" not in public
    assert "ไฟทางดับ" in public


def test_every_page_answers_a_bad_form_beside_the_field_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/complaints/new", {"text": "", "topic": "nonsense"})
    assert answer.status_code == 422
    draft = client.post("/complaints/new", {"text": TEXT})["Location"]
    answer = client.post(draft, {"place": "ริมคลอง", "latitude": "51.5", "longitude": "-0.12"})
    assert answer.status_code == 422
    assert "ริมคลอง" in answer.content.decode()
    assert client.post(draft.replace("where", "contact"), {"phone": "12"}).status_code == 422
    assert client.post(draft.replace("where", "privacy"), {"privacy": "?"}).status_code == 422


def test_one_of_several_places_of_a_name_can_be_chosen(client: Client) -> None:
    where = client.post("/complaints/new", {"text": TEXT})["Location"]
    asked = client.post(where, {"area_words": "ไนเมือง"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert 'value="400101"' in page
    assert 'href="#id_area"' in page
    chosen = client.post(where, {"area_words": "ไนเมือง", "area": "400101", "chosen": "1"})
    assert chosen.status_code == 302
    assert "ในเมือง" in client.get(where).content.decode()


def test_the_likely_place_is_chosen_already_and_what_was_typed_can_still_be_kept(client: Client) -> None:
    where = client.post("/complaints/new", {"text": TEXT})["Location"]
    page = client.post(f"/en{where}", {"area_words": "ในเมือง ขอนแกน"}).content.decode()
    assert re.search(r'value="400101"[^>]* checked>', page), "one press on goes there"
    assert re.search(r'value="" id="id_area_none">', page), "keeping it as typed is one choice away"
    assert "One thing to make sure of" in page
    assert "Something needs to be put right" not in page, "a question is no mistake of theirs"
    assert (
        client.post(where, {"area_words": "ในเมือง ขอนแกน", "area": "400101", "chosen": "1"}).status_code
        == 302
    )


def test_how_exactly_a_point_is_shown_is_asked_of_those_alone_who_gave_one(client: Client) -> None:
    where = client.post("/complaints/new", {"text": TEXT})["Location"]
    assert "data-point-shown hidden" in client.get(where).content.decode()
    client.post(where, {"area_words": "16.4321, 102.8236"})
    assert "data-point-shown hidden" not in client.get(where).content.decode()


def test_the_last_page_says_who_decides_and_promises_no_office(client: Client) -> None:
    def last_page(topic: str) -> str:
        where = client.post("/complaints/new", {"text": "xyz abc", "topic": topic})["Location"]
        client.post(where, {"area": "400101", "area_words": ""})
        return client.get("/en" + where.replace("where", "check")).content.decode()

    assert "The program cannot tell whose task it is" in last_page("")
    assert "By the kind of matter you chose" in last_page("street_light")


def test_a_number_of_another_kind_leads_to_its_own_page(client: Client) -> None:
    answer = client.post("/complaints/track", {"reference": "RA69-0000012-8", "phone_tail": ""})
    reference = answer["Location"] if answer.status_code == 302 else ""
    assert reference == "/m/RA69-0000012-8", "not to a page of complaints that has nothing to show"


def test_a_place_that_nobody_knows_stops_nobody_and_is_kept_in_words(client: Client) -> None:
    where = client.post("/complaints/new", {"text": TEXT})["Location"]
    answer = client.post(where, {"area_words": "ดาวอังคาร", "place": "ริมคลอง"})
    assert answer.status_code == 302
    assert "ดาวอังคาร ริมคลอง" in client.get(where.replace("where", "check")).content.decode()
    none = client.post(where, {"area_words": "ไนเมือง", "area": "", "chosen": "1", "place": ""})
    assert none.status_code == 302
    assert "ไนเมือง" in client.get(where.replace("where", "check")).content.decode()


def test_what_cannot_be_done_yet_leads_back_with_the_reason(client: Client) -> None:
    reference = file_by_pages(client)
    for name in ("confirm", "reopen"):
        answer = client.get(f"/complaints/{reference}/{name}")
        assert answer["Location"] == f"/complaints/{reference}/own"


def test_an_address_that_only_takes_forms_says_so(client: Client) -> None:
    draft = client.post("/complaints/new", {"text": TEXT})["Location"]
    answer = client.get(draft.replace("where", "discard"))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "<h1>" in answer.content.decode()


def test_a_lost_draft_is_a_page_that_helps_not_a_fault(client: Client) -> None:
    assert client.get("/complaints/draft/nothing/where").status_code == 404
    assert client.get("/complaints/draft/nothing/check").status_code == 404


@pytest.mark.req("CMP-P2")
def test_one_can_find_ones_own_again_by_number_and_telephone(client: Client) -> None:
    reference = file_by_pages(client)
    stranger = Client()
    assert stranger.get(f"/complaints/{reference}/own").status_code == 404
    wrong = stranger.post("/complaints/track", {"reference": reference, "phone_tail": "0000"})
    assert wrong.status_code == 422
    found = stranger.post("/complaints/track", {"reference": reference.lower(), "phone_tail": "5678"})
    assert found["Location"].endswith("/own")
    page = stranger.get(found["Location"]).content.decode()
    assert "ไฟทางดับทั้งซอยหลังวัดป่า" in page
    assert "081-234-5678" not in page


def test_a_file_that_is_not_what_it_says_is_refused_with_words(client: Client) -> None:
    draft = client.post("/complaints/new", {"text": TEXT})["Location"].replace("where", "when")
    fake = io.BytesIO(b"MZ not a picture")
    fake.name = "photo.jpg"
    answer = client.post(draft, {"when": "", "files": fake}, follow=True)
    assert "photo.jpg" in answer.content.decode()


@pytest.mark.req("RES")
def test_who_joins_can_ask_to_be_told_of_the_result(client: Client) -> None:
    reference = actions.file_complaint(
        actor=ANONYMOUS, now=NOW, filing=Filing(text=TEXT, area="400101")
    ).reference
    page = client.post(f"/complaints/{reference}/join", {"email": "no address"})
    assert page.status_code == 422
    assert queries.get_complaint(reference).matter.supporters == 0
    client.post(f"/complaints/{reference}/join", {"email": "nok@example.th"})
    assert queries.get_complaint(reference).matter.supporters == 1
    assert mail.outbox[-1].to == ["nok@example.th"]
    assert "/follow/" in str(mail.outbox[-1].body)


@pytest.mark.req("CMP-1.2")
def test_nobody_is_promised_a_message_that_has_no_way_to_come(client: Client) -> None:
    for contact, words in (
        (Contact(phone="081-234-5678"), "เจ้าหน้าที่อาจโทรหาคุณ"),
        (Contact(email="nok@example.th"), "เราส่งจดหมายไปที่ nok@example.th แล้ว"),
        (Contact(), "คุณไม่ได้ให้ทางติดต่อไว้"),
    ):
        filing = Filing(text=TEXT, area="400101", contact=contact)
        filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=filing)
        page = client.get(f"/complaints/{filed.reference}/own?key={filed.key}", follow=True).content.decode()
        assert words in page
        assert ("ให้แจ้งทางอีเมล" in page) == (not contact.email)


def test_who_was_just_counted_is_not_asked_again(client: Client) -> None:
    reference = file_by_pages(client)
    answer = Client().post(f"/en/complaints/{reference}/join", {"email": ""}, follow=True)
    assert "Is this your problem too?" not in answer.content.decode()
    assert "Is this your problem too?" in Client().get(f"/en/complaints/{reference}").content.decode()


def test_joining_from_the_public_page_counts_once(client: Client) -> None:
    reference = file_by_pages(client)
    neighbour = Client()
    neighbour.post(f"/complaints/{reference}/join")
    neighbour.post(f"/complaints/{reference}/join")
    assert queries.get_complaint(reference).matter.supporters == 1


def begun(client: Client) -> str:
    """A draft with its first answer; returns the address of the question about when and pictures."""
    return client.post("/complaints/new", {"text": TEXT, "topic": "street_light"})["Location"].replace(
        "/where", "/when"
    )


@pytest.mark.req("CMP-1.1")
def test_a_file_added_by_mistake_is_taken_out_again(client: Client) -> None:
    when = begun(client)
    client.post(when, {"when": "", "files": picture(), "stay": "1"})
    page = client.get(when).content.decode()
    assert "before.jpg" not in page
    number = re.search(r'name="file_remove" value="(\d+)"', page)
    assert number
    assert client.post(when, {"file_remove": number[1]})["Location"] == when
    assert "before.jpg" not in client.get(when).content.decode()
    assert client.post(when, {"file_remove": number[1]}).status_code == 302


def test_nobody_takes_a_file_out_of_anothers_draft(client: Client) -> None:
    mine, other = begun(client), begun(Client())
    client.post(mine, {"when": "", "files": picture(), "stay": "1"})
    number = re.search(r'name="file_remove" value="(\d+)"', client.get(mine).content.decode())
    assert number
    Client().post(other, {"file_remove": number[1]})
    assert "file_remove" in client.get(mine).content.decode()


def test_too_many_files_are_said_beside_the_field_and_the_first_five_and_the_words_stay(
    client: Client,
) -> None:
    when = begun(client)
    answer = client.post(when, {"when": "ทุกคืน", "files": [picture() for _ in range(6)]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="files-error"' in page
    assert "ทุกคืน" in page
    assert page.count('name="file_remove"') == 5


def test_a_body_that_no_form_can_send_is_answered_in_words(client: Client) -> None:
    answer = client.post("/complaints/new", {"text": TEXT}, CONTENT_LENGTH="900000000")
    assert answer.status_code == 413
    assert "ย่อ" in answer.content.decode() or "เล็ก" in answer.content.decode()
    assert client.post("/complaints/new", {"text": "ก" * 3_000_000}).status_code == 413


def test_the_pages_between_and_after_the_questions_say_how_far_one_is(client: Client) -> None:
    check = begun(client).replace("/when", "/check")
    assert "ตอบแล้ว 5 จาก 5 ข้อ" in client.get(check).content.decode()


def test_public_pages_are_the_same_for_everybody_and_set_no_cookie(client: Client) -> None:
    reference = file_by_pages(Client())
    for address in ("/", "/complaints/", f"/complaints/{reference}", "/matters/", "/help/"):
        answer = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
        assert "public" in answer["Cache-Control"], address
        assert not answer.cookies, address
        # Anonymous and signed in are told apart by the cookie alone (docs/adr/0007-kept-pages.md).
        assert answer["Vary"] == "Cookie", address
        assert answer["Content-Language"] == "th"


def test_pictures_and_what_others_will_read_are_shown_before_sending(client: Client) -> None:
    when = begun(client)
    client.post(when, {"when": "", "files": picture(), "to_check": "1"})
    check = when.replace("/when", "/check")
    page = client.get(check).content.decode()
    address = re.search(r'src="([^"]+/files/[^"]+[.]jpg)"', page)
    assert address is not None
    shown = client.get(address[1])
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert "[หมายเลขโทรศัพท์]" in page
    client.post(when.replace("/when", "/privacy"), {"privacy": "agency_only"})
    assert "[หมายเลขโทรศัพท์]" not in client.get(check).content.decode()
    other = begun(client)
    stolen = address[1].replace(when.split("/")[-2], other.split("/")[-2])
    assert client.get(stolen).status_code == 404


@pytest.mark.req("CMP-1.2")
def test_a_picture_can_come_with_words_that_are_added_later(client: Client) -> None:
    filed = actions.file_complaint(actor=ANONYMOUS, now=NOW, filing=Filing(text=TEXT, area="400101"))
    client.get(f"/complaints/{filed.reference}/own?key={filed.key}")
    fake = io.BytesIO(b"MZ not a picture")
    fake.name = "photo.jpg"
    address = f"/complaints/{filed.reference}/answer"
    refused = client.post(address, {"text": "ยังมืดอยู่", "files": fake})
    assert refused.status_code == 422
    assert "รับเฉพาะภาพ" in refused.content.decode()
    assert "ยังมืดอยู่" in refused.content.decode()
    assert client.post(address, {"text": "ยังมืดอยู่", "files": picture()}).status_code == 302
    for reader in (client, Client()):
        page = reader.get(f"/complaints/{filed.reference}").content.decode()
        assert re.search(r'<img src="/complaints/[^"]+/files/[^"]+[.]jpg"', page)


def test_who_takes_the_confidential_way_need_not_find_that_choice_again(client: Client) -> None:
    way = next(w for w in client.get("/").context["ways"] if "privacy" in w["address"])
    first = client.get(way["address"])
    assert first.context["form"].is_confidential
    token = client.post("/complaints/new", {"text": TEXT, "privacy": "confidential"})["Location"].split("/")[
        -2
    ]
    privacy = client.get(f"/complaints/draft/{token}/privacy")
    assert privacy.context["form"]["privacy"].value() == "confidential"


def test_a_first_page_left_open_never_makes_a_confidential_complaint_public(client: Client) -> None:
    token = client.post("/complaints/new", {"text": TEXT, "privacy": "confidential"})["Location"].split("/")[
        -2
    ]
    client.post(f"/complaints/draft/{token}/what", {"text": TEXT, "privacy": "public"})
    client.post(f"/complaints/draft/{token}/what", {"text": TEXT})
    privacy = client.get(f"/complaints/draft/{token}/privacy")
    assert privacy.context["form"]["privacy"].value() == "confidential"
