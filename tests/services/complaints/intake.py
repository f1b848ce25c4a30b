"""The form by which staff take a complaint for someone, filled in as a caller's words are."""

PATH = "/complaints/work/intake"
TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า มืดมาก"
VALUES = {
    "channel": "phone", "text": TEXT, "topic": "street_light", "area_words": "ในเมือง ขอนแก่น",
    "phone": "081 234 5678", "privacy": "public",
}  # fmt: skip
