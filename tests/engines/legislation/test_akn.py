"""Akoma Ntoso: what we write is valid by the official schema, and what anybody wrote is written again as it was."""

import gzip
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.legislation.texts import ACT, AMENDMENT
from sala.engines.legislation import read_law
from sala.engines.legislation.akn import AknUnit, BadAknError, akn_to_json, read_akn, to_akn, to_bytes

pytestmark = pytest.mark.req("LAW-P")

SPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
# The official schema imports the W3C's schema of xml:lang and the like; these are the four it takes from there.
XML_SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xml="http://www.w3.org/XML/1998/namespace"
 targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="id" type="xs:ID"/>
</xs:schema>"""


def all_units(units: tuple[AknUnit, ...]) -> list[AknUnit]:
    return [found for unit in units for found in (unit, *all_units(unit.units))]


def test_a_law_in_akoma_ntoso_has_its_provisions_with_ids_numbers_headings_and_words() -> None:
    law = read_law(ACT)
    document = read_akn(to_akn(law, date(2027, 1, 2)))
    assert document.kind == "act"
    expression = document.identification["FRBRExpression"]
    assert expression["FRBRuri"] == ("/akn/th/act/act/2027/ตลาดชุมชน/tha@2027-01-02",)
    assert document.identification["FRBRWork"]["FRBRcountry"] == ("th",)
    found = {unit.eid: unit for unit in all_units(document.units)}
    assert [unit.eid for unit in law.units] == [eid for eid in found if "subsec" not in eid]
    assert (found["chp_1"].num, found["chp_1"].heading) == ("หมวด ๑", "การจัดตั้งตลาด")
    assert [unit.eid for unit in found["chp_1"].units] == ["sec_4", "sec_5"]
    for unit in law.provisions():
        for paragraph in unit.paragraphs:
            told = " ".join(t for t in (paragraph.text, paragraph.tail) if t)
            assert "".join(found[paragraph.eid].text.split()) == "".join(told.split())
            for item in paragraph.items:
                assert (found[item.eid].num, found[item.eid].text) == (f"({item.label})", item.text)


def test_an_amending_act_says_where_it_changes_what() -> None:
    document = read_akn(to_akn(read_law(AMENDMENT)))
    base = "/akn/th/act/act/2027/ตลาดชุมชน"
    assert document.modifications[:6] == (
        ("insertion", "#sec_3", f"{base}#sec_3"),
        ("substitution", "#sec_4", f"{base}#sec_4__subsec_1__para_3"),
        ("insertion", "#sec_5", f"{base}#sec_4__subsec_1__para_4"),
        ("substitution", "#sec_6", f"{base}#sec_4__subsec_2"),
        ("insertion", "#sec_7", f"{base}#sec_4__subsec_3"),
        ("insertion", "#sec_8", f"{base}#sec_5"),
    )


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"<a", "not XML"),
        (b"<html/>", "not Akoma Ntoso"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declaration"),
        (b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>', "no kind of document"),
    ],
    ids=["broken", "other", "declared", "empty"],
)
def test_what_is_no_akoma_ntoso_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(BadAknError, match=why):
        read_akn(raw)


@given(st.text(max_size=200), st.text(alphabet="มาตรา ๑๒(ก)\n\x00\x0b\ufffe<&>", max_size=200))
def test_whatever_a_law_says_it_can_be_written_and_read(words: str, more: str) -> None:
    law = read_law(f"พระราชบัญญัติ ก พ.ศ. 2570\n\nมาตรา 1  ก{words}\n\nมาตรา 2  ข{more}")
    document = read_akn(to_akn(law))
    assert document.units[0].eid == "sec_1"
    assert to_bytes(document)


# ── the official schema, and real documents ──────────────────────────────────


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from conftest import ROOT

    packed = ROOT.parent / "shared" / "data" / "akoma-ntoso" / "akomantoso30_20170330.xsd.gz"
    if not packed.is_file():
        pytest.skip("the official schema is not beside this checkout")
    if shutil.which("java") is None:
        pytest.skip("without Java nothing here validates by a schema")
    folder = tmp_path_factory.mktemp("schema")
    (folder / "akn.xsd").write_bytes(gzip.decompress(packed.read_bytes()))
    (folder / "xml.xsd").write_text(XML_SCHEMA, encoding="utf-8")
    return folder / "akn.xsd"


def faults(schema: Path, files: list[Path]) -> str:
    program = Path(__file__).with_name("Validate.java")
    command = ["java", str(program), str(schema), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_all_that_we_write_is_valid_by_the_official_schema(
    schema: Path, shared_data: Path, tmp_path: Path
) -> None:
    texts = {"act": ACT, "amendment": AMENDMENT, "draft": f"ร่าง{ACT}"}
    for path in sorted((shared_data / "thai-law-texts").glob("*.txt*")):
        raw = path.read_bytes()
        texts[path.name] = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    written = []
    for name, text in texts.items():
        written.append(tmp_path / f"{name}.xml")
        written[-1].write_bytes(to_akn(read_law(text)))
    assert faults(schema, written) == ""


def test_the_schema_finds_what_is_wrong(schema: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(to_akn(read_law(ACT)).replace(b"<FRBRcountry", b"<FRBRcounty"))
    assert "FRBRcounty" in faults(schema, [broken])


SAMPLES = ("cl_Sesion56_2", "eu_COM(2013)0619_EN-8", "it_senato_ddl_2013", "ke_Debate_Bungeni_2011-06-10") + (
    *("uk_pga-2014-27-enacted-data", "us_Act_2011-11-29", "us_Title9-Chap3-eng", "uy_bill_2010-09-27"),
    "za_Judgement_2008-11-26",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_foreign_documents_survive_reading_and_writing(shared_data: Path, name: str) -> None:
    raw = gzip.decompress((shared_data / "akoma-ntoso" / "examples" / f"{name}.xml.gz").read_bytes())
    document = read_akn(raw)
    written = to_bytes(document)
    assert akn_to_json(read_akn(written)) == akn_to_json(document)
    assert document.units
    assert document.identification.keys() == {"FRBRWork", "FRBRExpression", "FRBRManifestation"}

    def canonical(xml: bytes) -> str:
        # comments that stand before the first element are no part of the document
        whole = ET.canonicalize(xml.decode(), with_comments=True, rewrite_prefixes=True)
        return whole[whole.index("<n0:akomaNtoso") :]

    assert canonical(written) == canonical(raw)
