"""The pages by which a person files, walked through from the first question to the number."""

import io
import re

from django.test import Client
from PIL import Image

TEXT = "ไฟทางดับทั้งซอยหลังวัดป่า โทร 081-234-5678"


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=Image.Exif())
    out.seek(0)
    out.name = "before.jpg"
    return out


def file_by_pages(client: Client) -> str:
    """Walk the journey; returns the reference."""
    answer = client.post("/complaints/new", {"text": TEXT, "topic": "street_light"})
    where = answer["Location"]
    answer = client.post(where, {"area_words": "ในเมือง ขอนแก่น", "place": "ซอยหลังวัดป่า"})
    when = answer["Location"]
    assert when.endswith("/when")
    answer = client.post(when, {"when": "19 พ.ย. 2569", "files": picture()})
    answer = client.get(answer["Location"])
    privacy = answer["Location"]
    answer = client.post(privacy, {"privacy": "public"})
    answer = client.post(answer["Location"], {"phone": "081-234-5678", "email": "", "name": ""})
    check = answer["Location"]
    page = client.get(check).content.decode()
    assert TEXT in page
    answer = client.post(check)
    match = re.search(r"/complaints/(C69-\d+-\d)/filed", answer["Location"])
    assert match
    assert client.get(answer["Location"]).status_code == 200
    return match[1]
