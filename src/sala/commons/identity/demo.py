"""The people of the demonstration: invented, one click each, and only where SALA_DEMO=1."""

from dataclasses import dataclass

from sala.core.actors import Role


@dataclass(frozen=True, slots=True)
class DemoIdentity:
    """An invented person. `role` is what the demonstration's content grants them, at `agency` (its code)."""

    key: str
    name_th: str
    name_en: str
    role: Role = Role.CITIZEN
    agency: str = ""
    assurance_level: int = 2


# Agencies are those of the demonstration's content, which also grants the roles (agencies is above identity).
CAST = (
    DemoIdentity("somying", "สมหญิง ใจเย็น", "Somying Jaiyen"),
    DemoIdentity("prasit", "ประสิทธิ์ นาดี", "Prasit Nadee"),
    DemoIdentity("maria", "มาเรีย ซานโตส", "Maria Santos", assurance_level=0),
    DemoIdentity("officer-road", "ธนา ทางหลวง", "Thana Thangluang", Role.OFFICER, "doh"),
    DemoIdentity("officer-city", "วิภา เมืองงาม", "Wipha Mueangngam", Role.OFFICER, "bma"),
    DemoIdentity("supervisor-city", "อรุณ คุมงาน", "Arun Khumngan", Role.SUPERVISOR, "bma"),
    DemoIdentity("officer-town", "บุญมี ขยันงาน", "Bunmi Khayanngan", Role.OFFICER, "kk-muni"),
    DemoIdentity("officer-power", "เดชา ไฟสว่าง", "Decha Faisawang", Role.OFFICER, "pea"),
    DemoIdentity("officer-police", "วีระ ใจกล้า", "Wira Jaikla", Role.OFFICER, "rtp"),
    DemoIdentity("officer-inquiry", "มานะ สุจริต", "Mana Sutcharit", Role.OFFICER, "nacc"),
    DemoIdentity("operator-1111", "กมล รับสาย", "Kamon Rapsai", Role.OPERATOR, "opm-1111"),
    DemoIdentity("supervisor-1111", "รัตนา ตามเรื่อง", "Rattana Tamrueang", Role.SUPERVISOR, "opm-1111"),
    DemoIdentity("moderator", "จันทร์ ตรวจทาน", "Chan Truatthan", Role.MODERATOR, "opm-1111"),
    DemoIdentity("executive-city", "พิชัย มองไกล", "Phichai Mongklai", Role.EXECUTIVE, "bma"),
    DemoIdentity("auditor", "สุนีย์ ละเอียด", "Sunee La-iat", Role.AUDITOR, "oag"),
    DemoIdentity("administrator", "ชาติ ดูแล", "Chat Dulae", Role.ADMINISTRATOR, "opm-1111"),
)


_BEHIND = "at-"
_COLLEAGUES = (
    ("นภา ตั้งใจ", "Napa Tangjai"),
    ("สมบัติ รักงาน", "Sombat Rakngan"),
    ("กานดา เรียบร้อย", "Kanda Riaproi"),
    ("ไพโรจน์ ว่องไว", "Phairot Wongwai"),
    ("ศิริพร ใส่ใจ", "Siriphon Saichai"),
)


def colleague_at(agency: str) -> DemoIdentity:
    """An officer of an agency of which the sign-in page offers nobody: what is done there is done by someone."""
    name_th, name_en = _COLLEAGUES[sum(agency.encode()) % len(_COLLEAGUES)]
    return DemoIdentity(f"{_BEHIND}{agency}", name_th, name_en, Role.OFFICER, agency)


def find_demo_identity(key: str) -> DemoIdentity | None:
    """The invented person of that key, or None."""
    if key.startswith(_BEHIND):
        return colleague_at(key.removeprefix(_BEHIND))
    return next((identity for identity in CAST if identity.key == key), None)
