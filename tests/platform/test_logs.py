"""No personal data in logs, however it got there; each line is one JSON object."""

import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sala.platform import logs

pytestmark = pytest.mark.req("TRU-2")

PERSONAL = [
    "nok.noi@example.co.th",
    "สมชาย@ไทย.ไทย",
    "1101700203450",
    "1-1017-00203-45-0",
    "๑๑๐๑๗๐๐๒๐๓๔๕๐",
    "0812345678",
    "081-234-5678",
    "๐๘๑ ๒๓๔ ๕๖๗๘",
    "+66 81 234 5678",
    "02 123 4567",
    "(081) 234-5678",
]
HARMLESS = [
    "C69-0001234-7",
    "2026-11-22 03:00:00",
    "GET /matters/C69-0001234-7 took 0.123456789 s",
    "entry 48120077",
    "9f2c0812345678a61e",
    "งบประมาณ 4,870,000 บาท",
]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[logging.Logger]:
    """A logger whose lines go through our configuration, and nowhere else."""
    logger = logging.getLogger("sala.tests.logs")
    configuration = logs.configuration()["handlers"]["lines"]
    handler = logs.ToStandardError()
    handler.addFilter(logs.MaskPersonalData())
    handler.setFormatter(logs.JsonLines())
    assert configuration["formatter"] == "json"
    logger.addHandler(handler)
    logger.propagate = False
    yield logger
    logger.removeHandler(handler)
    logger.propagate = True


@pytest.mark.parametrize("secret", PERSONAL)
def test_personal_data_is_taken_out_of_message_arguments_extras_and_tracebacks(
    written: logging.Logger, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    written.warning("sent to %s and %s", secret, {"to": secret}, extra={"whom": secret, "many": [secret]})
    try:
        raise ValueError(f"Key (email)=({secret}) already exists")
    except ValueError:
        written.exception("for %s", secret)
    out = capsys.readouterr().err
    assert secret not in out
    first, second = (json.loads(line) for line in out.splitlines())
    assert first["level"] == "warning"
    assert first["logger"] == "sala.tests.logs"
    assert "ValueError" in second["traceback"]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_not_personal_stays(text: str) -> None:
    assert logs.mask(text) == text


@given(st.text(max_size=60), st.sampled_from(PERSONAL), st.text(max_size=60))
def test_masking_twice_changes_nothing_more(before: str, secret: str, after: str) -> None:
    once = logs.mask(f"{before} {secret} {after}")
    assert logs.mask(once) == once


def test_a_line_is_one_object_whatever_is_logged(
    written: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    written.error("two\nlines", extra={"what": object(), "count": 3})
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["count"] == 3
    assert json.loads(line)["message"] == "two\nlines"


@pytest.mark.parametrize("is_json", [True, False])
def test_the_site_s_configuration_is_one_that_logging_takes(is_json: bool) -> None:
    configuration = logs.configuration(is_json=is_json)
    configuration["root"] = {}
    configuration["loggers"] = {}
    logging.config.dictConfig(configuration)
    assert configuration["handlers"]["lines"]["filters"] == ["mask"]
