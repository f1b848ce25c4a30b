"""What tells who a person is goes; everything an officer needs to act stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.engines import thai
from sala.engines.thai.personal import names, recogniser

pytestmark = pytest.mark.req("TRU-2")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in thai.mask(text).spans]


def citizen_number(first_twelve: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True))
    return first_twelve + str((11 - total % 11) % 10)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("เลข 1101700207030 ค่ะ", "citizen_number", "1101700207030"),
        ("1-1017-00207-03-0", "citizen_number", "1-1017-00207-03-0"),
        ("1 1017 00207 03 0", "citizen_number", "1 1017 00207 03 0"),
        ("บัตรประชาชน ๑๑๐๑๗๐๐๒๐๗๐๓๐", "citizen_number", "๑๑๐๑๗๐๐๒๐๗๐๓๐"),
        ("โทร 081-234-5678", "phone", "081-234-5678"),
        ("โทร.0812345678ค่ะ", "phone", "0812345678"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", "phone", "๐๘๑ ๒๓๔ ๕๖๗๘"),
        ("+66 81 234 5678", "phone", "+66 81 234 5678"),
        ("บ้าน 02-123-4567", "phone", "02-123-4567"),
        ("(053) 123 456", "phone", "(053) 123 456"),
        ("ส่งที่ somchai.j@example.co.th นะ", "email", "somchai.j@example.co.th"),
        ("รถทะเบียน กข 1234 ชน", "plate", "กข 1234"),
        ("ป้ายทะเบียน 1กก-9999 กรุงเทพมหานคร", "plate", "1กก-9999 กรุงเทพมหานคร"),
        ("เจอ 2ขค 567 จอดขวาง", "plate", "2ขค 567"),
        ("มอเตอร์ไซค์สีแดง ๑กข ๑๒๓๔ ชลบุรี", "plate", "๑กข ๑๒๓๔ ชลบุรี"),
        ("รถบรรทุก 70-1234 สระบุรี", "plate", "70-1234 สระบุรี"),
        ("รถเก๋งสีดำ ฮก 4455 ขับเร็ว", "plate", "ฮก 4455"),
        ("โอนเข้าบัญชีกสิกร 123-4-56789-0", "bank_account", "123-4-56789-0"),
        ("ไลน์ไอดี somchai99", "chat_id", "somchai99"),
        ("นายสมชาย ใจดี แจ้งว่า", "name", "นายสมชาย ใจดี"),
        ("แจ้งโดยน.ส.วรรณา พงษ์ไพบูลย์ ตำบลบางรัก", "name", "น.ส.วรรณา พงษ์ไพบูลย์"),
        ("ด.ช.ณัฐพงษ์ เรืองศรี ถูกตี", "name", "ด.ช.ณัฐพงษ์ เรืองศรี"),
        ("หน้าบ้านคุณป้ามาลี แสงทอง ตำบลบางรัก", "name", "คุณป้ามาลี แสงทอง"),
        ("ผมชื่อสมศักดิ์ รักไทย อยู่ซอย 5", "name", "สมศักดิ์ รักไทย"),
        ("พ.ต.อ.ธวัชชัย มั่นคง เรียกรับเงิน", "name", "พ.ต.อ.ธวัชชัย มั่นคง"),
        ("เรียนนายกมล สุขสวัสดิ์", "name", "นายกมล สุขสวัสดิ์"),
        ("ผศ.ดร.วรรณา พงษ์ไพบูลย์ แจ้งว่า", "name", "ผศ.ดร.วรรณา พงษ์ไพบูลย์"),
        ("นายสม\u200bชาย ใจดี แจ้งว่า", "name", "นายสม\u200bชาย ใจดี"),
        ("081\u200b2345678", "phone", "081\u200b2345678"),
        ("Line: @my.shop", "chat_id", "@my.shop"),
        ("เจอคุณสมศักดิ์ ฌรุจวัฒน์ ที่ตลาด", "name", "คุณสมศักดิ์ ฌรุจวัฒน์"),
        ("contact Mr. John Smith today", "name", "Mr. John Smith"),
    ],
)
def test_personal_data_is_found_whole(text: str, kind: str, found: str) -> None:
    assert kinds(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "เรื่อง C69-0001234-7 ยังไม่คืบหน้า",
        "ตาม พ.ร.บ. ข้อมูลข่าวสารของราชการ พ.ศ. 2540 มาตรา 7",
        "งบประมาณ 1,234,567.89 บาท และ 12500000 บาท",
        "หนังสือที่ นร 0505/ว 123 ลงวันที่ 12 มีนาคม 2565",
        "โครงการเลขที่ 65017123456 สัญญาเลขที่ 12/2565",
        "โทร 1567 หรือ 1111 แล้ว 191 ก็ไม่ว่าง",
        "เลขนิติบุคคล 0105536000315",
        "เลข 1101700207031 ผิดหลักตรวจสอบ",
        "รถ 2 คัน คน 5 คน กม 12 บท 3 งบ 5000",
        "ไฟดับที่หมู่บ้านสมชาย ถนนพระราม 2 วัดสุทัศน์",
        "นายกรัฐมนตรี นายอำเภอ นายกเทศมนตรี นายกฯ นายช่าง และนายจ้าง ไม่มา",
        "คุณภาพน้ำไม่ดี คุณสมบัติไม่ครบ คุณครูไม่สอน พี่ชายกับน้องสาว",
        "ซอยสุขุมวิท 77 ถนนประชาอุทิศ พิกัด 13.7563, 100.5018",
        "คุณสามารถติดต่อได้ คุณเหลือเงินเท่าไร นางไปไหนมา น้องทำไมไม่มา",
        "เว็บ https://www.mgronline.com/news หรือแอดไลน์ : https://line.me/ti/p ครีม Maybelline Kiss",
        "ขึ้นรถที่หมอชิต สาย 29 เวลา 08:30 น. วันที่ 01/02/2569",
    ],
)
def test_what_an_officer_needs_stays(text: str) -> None:
    assert thai.mask(text).text == text


def test_labels_are_thai_and_spans_point_into_the_original() -> None:
    text = "นายสมชาย ใจดี โทร 081-234-5678 ถนนพัง"
    masked = thai.mask(text)
    assert masked.text == "[ชื่อบุคคล] โทร [หมายเลขโทรศัพท์] ถนนพัง"
    assert [text[start:end] for start, end, _ in masked.spans] == ["นายสมชาย ใจดี", "081-234-5678"]


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.sampled_from("12345678"))
def test_every_right_citizen_number_is_hidden_and_no_neighbour_is(rest: str, first: str) -> None:
    number = citizen_number(first + rest)
    assert thai.is_citizen_number(number)
    assert number not in thai.mask(f"เลขของฉัน {number} นะ").text
    wrong = number[:12] + str((int(number[12]) + 1) % 10)
    assert not thai.is_citizen_number(wrong)


@given(st.text(max_size=80))
def test_any_text_can_be_masked_and_spans_never_overlap(text: str) -> None:
    masked = thai.mask(text)
    ends = 0
    for start, end, kind in masked.spans:
        assert ends <= start < end <= len(text)
        assert kind in thai.LABELS
        ends = end


@given(st.sampled_from(["081", "02", "089", "+6681"]), st.text(alphabet="0123456789", min_size=7, max_size=7))
def test_every_phone_number_is_hidden(prefix: str, rest: str) -> None:
    assert rest not in thai.mask(f"ติดต่อ {prefix}{rest} ได้เลย").text


WORDS = [
    "สมศักดิ์",
    "วรรณา",
    "พบว่า",
    "กล่าวว่า",
    "บ้าน",
    "ไฟถนนดับ",
    "รักไทย",
    "ซอย",
    "วัด",
    " ",
    " ",
    "เมื่อวาน",
    "แจ้ง",
    "ให้",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_the_recogniser_is_spared_only_where_nothing_it_says_could_count(text: str) -> None:
    said = [start for start, _ in recogniser.tagged_people(text)]
    confirmed = [start for start in said if names.listed_name(text, start)]
    assert [found.start for found in names.recognised_people(text, names.piece_starts(text))] == confirmed


def test_the_recogniser_is_not_asked_about_a_text_without_any_listed_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(names, "tagged_people", None)  # asking would fail
    assert kinds("ไฟถนนหน้าโรงเรียนดับมาสองสัปดาห์แล้ว ตอนค่ำมืดมาก") == []


@pytest.mark.req("MOD")
@pytest.mark.parametrize(
    "text",
    [
        "ยายบอกว่านอนไม่หลับเพราะเสียงดัง",
        "ตาเล่าให้ฟังว่าเมื่อก่อนไม่เป็น",
        "ลุงพูดว่าไม่ดี",
        "คุณยายเตือนว่าอย่าเดินทางนี้",
        "ป้าขอให้ซ่อมทางเท้า",
    ],
)
def test_what_a_grandmother_says_is_no_name_of_hers(text):
    assert thai.mask(text).text == text


@pytest.mark.req("MOD")
@pytest.mark.parametrize("text", ["ลุงสมชายบอกว่าไม่ดี", "ตาคำพูดว่าไม่ดี", "ป้าแดงขอให้ซ่อม"])
def test_who_is_named_before_they_speak_is_covered_still(text):
    assert "[ชื่อบุคคล]" in thai.mask(text).text
