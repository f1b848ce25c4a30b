"""A site proposes topics from the first day on, and after an upgrade too."""

import json
from pathlib import Path
from typing import Any

import pytest

from sala.engines.thai import routing
from sala.services.complaints.first_model import make_first_model

pytestmark = pytest.mark.req("CMP-P4")


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ROUTING_MODEL = tmp_path / "routing"
    return tmp_path / "routing"


def read(folder: Path) -> routing.Model:
    return routing.read_model({file.name: file.read_bytes() for file in folder.iterdir()})


def rewrite(folder: Path, **changes: object) -> None:
    meta = json.loads((folder / "model.json").read_bytes())
    (folder / "model.json").write_text(json.dumps({**meta, **changes}), encoding="utf-8")


def test_a_first_model_is_made_once_and_anew_only_where_an_older_sala_made_it(folder: Path) -> None:
    assert make_first_model()
    assert read(folder).predict(["ไฟทางในซอยดับ มืดมาก"])[0].label == "street_light"
    assert not make_first_model()
    rewrite(folder, format=1)
    assert make_first_model()
    assert read(folder).about["from"] == "topics"


def test_a_trained_model_that_cannot_be_read_is_left_for_people_to_replace(folder: Path) -> None:
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({"format": 1, "about": {"texts": 9}}), encoding="utf-8")
    assert not make_first_model()
    (folder / "model.json").write_text("no model", encoding="utf-8")
    assert not make_first_model()
    assert [file.name for file in folder.iterdir()] == ["model.json"]
