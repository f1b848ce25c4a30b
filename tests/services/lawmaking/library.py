"""A small invented law in two versions, for tests of the library."""

from tests.small_state import NOW

from sala.core.actors import SYSTEM
from sala.services.lawmaking import actions
from sala.services.lawmaking.actions import Publishing

FIRST = """พระราชบัญญัติการเช่าที่อยู่อาศัย (สมมติ) พ.ศ. 2562

มาตรา 1  พระราชบัญญัตินี้เรียกว่า "พระราชบัญญัติการเช่าที่อยู่อาศัย (สมมติ) พ.ศ. 2562"

หมวด 1
เงินประกัน

มาตรา 2  ผู้ให้เช่าจะเรียกเงินประกันได้ไม่เกินค่าเช่าสองเดือน

มาตรา 3  เมื่อสัญญาสิ้นสุดลง ผู้ให้เช่าต้องคืนสิ่งต่อไปนี้
(1) เงินประกัน
(2) เอกสารของผู้เช่า
"""
SECOND = FIRST.replace("สองเดือน", "หนึ่งเดือน")


def fill() -> None:
    """Both versions are in the library."""
    for name, text in (("rental-2562@2020-01-01", FIRST), ("rental-2562@2023-10-01", SECOND)):
        law = Publishing(name=name, text=text, source="ตัวอย่าง", is_example=True)
        actions.publish_law(actor=SYSTEM, now=NOW, law=law)
