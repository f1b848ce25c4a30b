"""Words of which bulk complaints are made: every text differs, in words as rare and as common as real ones."""

OPENINGS = (
    "",
    "แจ้งครับ ",
    "แจ้งค่ะ ",
    "เรียนเจ้าหน้าที่ที่เกี่ยวข้อง ",
    "รบกวนช่วยดูให้ด้วยค่ะ ",
    "ขอร้องเรียน ",
    "ชาวบ้านฝากมาแจ้ง ",
    "แจ้งแทนคุณยายข้างบ้าน ",
    "ขออนุญาตแจ้งปัญหา ",
    "แจ้งซ้ำอีกรอบ ",
)
CLOSINGS = (
    "",
    " ขอบคุณครับ",
    " ขอบคุณค่ะ",
    " เดือดร้อนกันทั้งหมู่บ้าน",
    " เป็นแบบนี้มาเกือบเดือนแล้ว",
    " เกรงว่าจะเกิดอุบัติเหตุ",
    " ฝากหน่วยงานเร่งแก้ไขด้วย",
    " ผู้สูงอายุและเด็กลำบากมาก",
    " เคยแจ้งแล้วแต่ยังไม่มีใครมา",
    " อยากทราบว่าจะแก้ได้เมื่อไร",
)
SPOTS = (
    "หน้าวัด",
    "หลังวัด",
    "หน้าโรงเรียนบ้าน",
    "ใกล้ตลาด",
    "ปากซอย",
    "ท้ายซอย",
    "ข้างโรงพยาบาลส่งเสริมสุขภาพตำบล",
    "เชิงสะพาน",
    "สี่แยก",
    "หน้าหมู่บ้าน",
    "ริมคลอง",
    "ศาลากลางบ้าน",
)
FIRST = (
    "หนอง",
    "โนน",
    "บาง",
    "คลอง",
    "ท่า",
    "ดอน",
    "ห้วย",
    "วัง",
    "โคก",
    "สระ",
    "นา",
    "ป่า",
    "เขา",
    "ทุ่ง",
    "บึง",
    "แก่ง",
)
SECOND = (
    "แก้ว", "ทอง", "ม่วง", "ใหญ่", "น้อย", "สูง", "ขาม", "หิน", "ไผ่", "บัว", "แสง", "จันทร์", "เพชร", "งาม", "ยาง",
    "สัก", "มะขาม", "ตาล", "โพธิ์", "ไทร", "หวาย", "แดง", "ขาว", "เขียว", "ลาน", "กลาง", "เหนือ", "ใต้", "ศรี", "พลวง",
)  # fmt: skip
FIRST_EN = ("Nong", "Non", "Bang", "Khlong", "Tha", "Don", "Huai", "Wang", "Khok", "Sa", "Na", "Pa", "Khao", "Thung",
            "Bueng", "Kaeng")  # fmt: skip
SECOND_EN = (
    "Kaeo", "Thong", "Muang", "Yai", "Noi", "Sung", "Kham", "Hin", "Phai", "Bua", "Saeng", "Chan", "Phet", "Ngam",
    "Yang", "Sak", "Makham", "Tan", "Pho", "Sai", "Wai", "Daeng", "Khao", "Khiao", "Lan", "Klang", "Nuea", "Tai", "Si",
    "Phluang",
)  # fmt: skip
# How often each kind comes among a hundred or so; a kind that is not named comes once.
SHARES = {
    "street_light": 14, "road_damage": 14, "garbage": 9, "flood_drain": 9, "sidewalk": 7, "illegal_parking": 6,
    "electricity": 6, "water_supply": 6, "noise": 5, "tree": 4, "stray_animals": 4, "cables": 4, "obstruction": 3,
    "traffic_jam": 3, "air_smoke": 3, "canal_water": 2, "traffic_signal": 2, "officer_conduct": 2, "other": 4,
}  # fmt: skip
# Kinds that the local authority of a place answers for.
LOCAL = (
    "street_light", "sidewalk", "flood_drain", "canal_water", "tree", "stray_animals", "garbage", "air_smoke",
    "building", "obstruction", "road_damage",
)  # fmt: skip
