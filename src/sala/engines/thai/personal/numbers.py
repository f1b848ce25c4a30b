"""Numbers given to one person: citizen, passport, patient, bank account and card, and the numbers of their vehicle."""

import re
from collections.abc import Iterator

from sala.core.national_ids import national_id_check_digit

Place = tuple[int, int]

_GAP = "[ ._-]{0,3}"
_NOT_GOING_ON = r"(?![0-9])(?!-[0-9])(?!/[0-9])(?!\.[0-9])"
_BEFORE = r"(?<![0-9])(?<![0-9][-/.,])"
_THIRTEEN = re.compile(rf"{_BEFORE}[0-9](?:{_GAP}[0-9]){{12}}{_NOT_GOING_ON}")
_ABOUT_THIRTEEN = re.compile(rf"{_BEFORE}[0-9](?:{_GAP}[0-9]){{10,13}}{_NOT_GOING_ON}")
_CARD_SHAPE = re.compile(r"[1-8]([-. _]{1,3})[0-9]{4}\1[0-9]{5}\1[0-9]{2}\1[0-9]")
_CITIZEN_CUE = re.compile(
    r"(?:เลข\s{0,2}บัตร|บัตร\s{0,2}(?:ประจำตัว)?\s{0,2}(?:ประชาชน|ปชช\.?)|ประจำตัวประชาชน|เลข\s{0,2}ปชช|"
    r"เลขประจำตัว\s{0,2}(?:13|สิบสาม)\s{0,2}หลัก|13\s{0,2}หลัก|บัตรสีชมพู|บัตรต่างด้าว|บัตรหัวศูนย์|"
    r"citizen\s?(?:id|no)|national\s?id|thai\s?id|id\s?card)"
    r"[^0-9\n]{0,20}$",
    re.IGNORECASE,
)
# Words before which thirteen digits are a parcel's, a firm's or a file's, though their check digit fits by chance.
_OTHER_CUE = re.compile(
    r"(?:ใบเสร็จ|พัสดุ|นิติบุคคล|ผู้เสียภาษี|tracking|บาร์โค้ด|barcode|สัญญา|โครงการ|ครุภัณฑ์|มิเตอร์|อ้างอิง|หนังสือ|คำสั่ง|"
    r"isbn|imei|ean)[^0-9\n]{0,14}$",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(r"(?P<word>[A-Za-z]{1,10})[-/#:. ]?$")
_ID_WORDS = frozenset(["id", "no", "citizen", "card", "number", "nid", "tel"])

_PASSPORT = re.compile(
    r"(?:พาสปอร์ต|พาสปอร์ท|พาสปอต|หนังสือเดินทาง|(?<![A-Za-z])passport)[^0-9A-Z\n]{0,15}(?:(?:no|number|"
    r"id)\b[^0-9A-Z\n]{0,5})?"
    r"(?P<it>[A-Za-z]{0,2}[ -]?[0-9]{6,9}[A-Za-z]?)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"(?:(?<![A-Za-z])(?:HN|AN|VN)(?![A-Za-z])|(?:เลข(?:ที่|ประจำตัว)?|หมายเลข|รหัส)\s?(?:ผู้ป่วย|คนไข้|เวชระเบียน))"
    r"[^0-9A-Za-z\n]{0,8}(?:(?:HN|AN|VN|no)[^0-9A-Za-z\n]{0,4})?(?P<it>[0-9]{2,12}(?:[-/][0-9]{2,8}){0,2})(?![0-9])",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"(?:ตัวถัง|คัสซี|แชสซี|เลขเครื่องยนต์|เลขเครื่อง(?=[ :]{0,3}[A-Za-z0-9]{0,6}[A-Za-z])|(?<![A-Za-z])(?:vin|"
    r"chassis|engine no)(?![A-Za-z]))[^0-9A-Za-z\n]{0,12}(?:no\.?[ :]{0,2})?"
    r"(?P<it>(?=[A-Z0-9 -]{0,17}[0-9]{3})[A-Z0-9][A-Z0-9-]{4,19})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# ISO 3779: seventeen signs without I, O and Q; at least the last four are digits.
_VIN = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]{0,16}[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{13}[0-9]{4}(?![A-Za-z0-9])")
_RUN = re.compile(rf"(?<![0-9A-Za-z=_])(?<![0-9][-/.,])[0-9](?:[ -]{{0,3}}[0-9]){{9,15}}{_NOT_GOING_ON}")
_BANK = (
    "กสิกร(?:ไทย)?|ไทยพาณิชย์|กรุงไทย|กรุงศรี(?:อยุธยา)?|ออมสิน|ทหารไทย(?:ธนชาต)?|ธนชาต|ยูโอบี|เกียรตินาคิน|"
    "ธ\\.?ก\\.?ส\\.?|ธอส\\.?|"
    "ธ(?:นาคาร|\\.)\\s?(?:กรุงเทพ|อิสลาม|ทิสโก้)|(?<![A-Za-z])(?:kbank|k-bank|scb|ktb|bbl|bay|ttb|tmb|"
    "gsb|uob|baac|ghb)(?![A-Za-z])"
)
_ACCOUNT_CUE = re.compile(
    rf"(?:(?:เลขที่บัญชี|เลขบัญชี|บัญชีเลขที่|หมายเลขบัญชี|บัญชี|บ/ช|พร้อมเพย์|โอน(?:เงิน)?(?:เข้า|ไป|มา|ให้)?|account|"
    rf"acc)[^0-9\n]{{0,30}}|(?:{_BANK})[^0-9\n]{{0,12}})$",
    re.IGNORECASE,
)
_BANK_AFTER = re.compile(rf"[^0-9\n]{{0,12}}(?:{_BANK}|ชื่อบัญชี)", re.IGNORECASE)
_CARD_CUE = re.compile(r"(?:บัตรเครดิต|บัตรเดบิต|เลขบัตร|visa|mastercard|credit)[^0-9\n]{0,20}$", re.IGNORECASE)
_ACCOUNT_SHAPE = re.compile(r"[0-9]{3}-[0-9]-[0-9]{5}-[0-9]")
_BAHT = re.compile(r"\s{0,2}(?:บาท|ล้าน|ลบ\.|฿|baht|THB)", re.IGNORECASE)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def is_citizen_number(digits: str) -> bool:
    """Whether 13 ASCII digits are a Thai citizen number: first digit 1–8 and a right check digit.

    Numbers that begin with 0 or 9 belong to companies and other bodies (Department of Provincial
    Administration; Revenue Department) and are public.
    """
    if not re.fullmatch("[1-8][0-9]{12}", digits):
        return False
    return national_id_check_digit(digits[:12]) == digits[12]


def find_citizen_numbers(text: str) -> Iterator[Place]:
    """Citizen numbers by their check digit or their groups of 1-4-5-2-1, and any beside the words for one."""
    for match in _ABOUT_THIRTEEN.finditer(text):
        # A mistyped number beside the words "citizen number" still points at one person.
        if len(_digits(match.group())) >= 12 and _CITIZEN_CUE.search(
            text[max(0, match.start() - 60) : match.start()]
        ):
            yield match.span()
    for match in _THIRTEEN.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        code = _CODE_BEFORE.search(before)
        if (code and code["word"].lower() not in _ID_WORDS) or _OTHER_CUE.search(before):
            continue
        if is_citizen_number(_digits(match.group())) or _CARD_SHAPE.fullmatch(match.group()):
            yield match.span()


def find_accounts(text: str) -> Iterator[Place]:
    """Numbers of bank accounts, of PromptPay behind its name, and of payment cards."""
    for match in _RUN.finditer(text):
        digits = _digits(match.group())
        before = text[max(0, match.start() - 48) : match.start()]
        if _BAHT.match(text, match.end()):
            continue
        is_card = len(digits) == 16 and (
            (digits[0] in "3456" and _passes_luhn(digits)) or _CARD_CUE.search(before)
        )
        is_told = _ACCOUNT_CUE.search(before) or _BANK_AFTER.match(text, match.end())
        if is_card or (len(digits) <= 15 and (is_told or _ACCOUNT_SHAPE.fullmatch(match.group()))):
            yield match.span()


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit doubled, from the right."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def find_passports(text: str) -> Iterator[Place]:
    """Passport numbers behind the word for one."""
    return (match.span("it") for match in _PASSPORT.finditer(text))


def find_patient_numbers(text: str) -> Iterator[Place]:
    """Hospital, admission and visit numbers (HN, AN, VN)."""
    return (match.span("it") for match in _PATIENT.finditer(text) if len(_digits(match["it"])) >= 4)


def find_vehicle_numbers(text: str) -> Iterator[Place]:
    """Chassis and engine numbers, which lead to the owner as a plate does."""
    for match in _VEHICLE.finditer(text):
        yield match.span("it")
    for match in _VIN.finditer(text):
        yield match.span()
