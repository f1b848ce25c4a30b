"""A small country of real names to look places up in: parts of five provinces, with middles where they are known."""

import json
from pathlib import Path

from sala.commons import places
from sala.commons.places import rules

DATA = Path(places.__file__).parent / "data"
LEVELS = {2: "province", 4: "district", 6: "subdistrict"}
ROWS = """
10|กรุงเทพมหานคร|Bangkok||
1004|บางรัก|Bang Rak||10500
100402|สีลม|Si Lom||10500
100404|บางรัก|Bang Rak||10500
20|ชลบุรี|Chon Buri||
2004|บางละมุง|Bang Lamung||20150
200402|หนองปรือ|Nong Prue|12.9300,100.9000|20150
30|นครราชสีมา|Nakhon Ratchasima||
3001|เมืองนครราชสีมา|Mueang Nakhon Ratchasima||30000
34|อุบลราชธานี|Ubon Ratchathani||
38|บึงกาฬ|Bueng Kan||
3801|เมืองบึงกาฬ|Mueang Bueng Kan||38000
380105|โนนสว่าง|Non Sawang|18.2400,103.7000|38000
40|ขอนแก่น|Khon Kaen||
4001|เมืองขอนแก่น|Mueang Khon Kaen||40000
400101|ในเมือง|Nai Mueang|16.4320,102.8230|40000
400114|ศิลา|Sila|16.4810,102.8600|40000
4003|พระยืน|Phra Yuen||40320
400304|หนองแวง|Nong Waeng|16.2700,102.7000|40320
4010|บ้านไผ่|Ban Phai||40110
401001|ในเมือง|Nai Mueang|16.0600,102.7300|40110
43|หนองคาย|Nong Khai||
4301|เมืองหนองคาย|Mueang Nong Khai||43000
430101|ในเมือง|Nai Mueang|17.8780,102.7420|43000
"""
ALIASES = [
    ("10", "กทม"),
    ("10", "กรุงเทพฯ"),
    ("30", "โคราช"),
    ("34", "อุบล"),
    ("2004", "Pattaya"),
    ("2004", "พัทยา"),
]


def areas() -> list[rules.AreaView]:
    """Every area of the small country."""
    found = []
    for number, line in enumerate(ROWS.split("\n")):
        if not line:
            continue
        code, name_th, name_en, middle, postcode = line.split("|")
        latitude, longitude = map(float, middle.split(",")) if middle else (None, None)
        found.append(
            rules.AreaView(number, code, LEVELS[len(code)], name_th, name_en, latitude, longitude, postcode)
        )
    return found


COUNTRY = rules.gazetteer_of(areas())
NAMES = rules.NameIndex(COUNTRY, ALIASES)


def _shapes(file: str, key: str) -> tuple[rules.Shape, ...]:
    rows = json.loads((DATA / file).read_text("utf-8"))[key]
    return tuple(rules.Shape(tuple(r.get("codes", ())), tuple(map(tuple, r["rings"]))) for r in rows)


GROUND = rules.Ground(COUNTRY, _shapes("provinces.json", "shapes"), _shapes("neighbours.json", "countries"))
