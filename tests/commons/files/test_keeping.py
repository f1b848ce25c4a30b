"""What people send is cleaned apart from the site, kept under a name that says nothing, and gone when it is refused."""

import errno
import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engines.cleaning.pieces import photographed, picture, with_notes
from sala.commons.files import actions as files
from sala.commons.files.actions import keeping
from sala.commons.files.models import File
from sala.commons.files.queries import read_file
from sala.core.errors import Invalid, Refused, TooMany
from sala.engines.cleaning import Area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.req("TRU-2")
def test_a_photograph_is_kept_without_its_place_under_a_name_that_says_nothing(folder: Path) -> None:
    kept = files.keep_file(photographed())
    with Image.open(io.BytesIO(read_file(kept.stored_as))) as stored:
        assert dict(stored.getexif()) == {}
        assert stored.size == (40, 60)
    assert [path.name for path in folder.iterdir()] == [kept.stored_as]
    assert kept.media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_kind_not_taken"),
        (b"MZ\x90\x00 program", "file_kind_not_taken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_kind_not_taken"),
        (b"%PDF-1.7 broken", "file_kind_not_taken"),
        (picture()[:50], "file_kind_not_taken"),
        (b"x" * (files.LARGEST_BYTES + 1), "file_too_large"),
    ],
)
def test_anything_else_is_refused_with_a_reason(content: bytes, code: str, folder: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        files.keep_file(content)
    assert refusal.value.fields == {"files": code}
    assert list(folder.iterdir()) == []


def test_what_is_refused_together_leaves_nothing_on_the_disk(folder: Path) -> None:
    def refused() -> None:
        with files.kept_files([io.BytesIO(picture()), io.BytesIO(with_notes())]) as kept:
            assert len(list(folder.iterdir())) == len(kept) == 2
            raise Refused("not_allowed")

    with pytest.raises(Refused):
        refused()
    assert list(folder.iterdir()) == []


def test_one_bad_file_takes_the_good_one_before_it_along(folder: Path) -> None:
    with pytest.raises(Invalid), files.kept_files([io.BytesIO(picture()), io.BytesIO(b"MZ")]):
        pytest.fail("it must not come so far")
    assert list(folder.iterdir()) == []


def test_a_process_that_takes_more_than_its_share_is_this_files_fault_alone(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def killed(*_: Any, **__: Any) -> Any:
        return subprocess.CompletedProcess([], -9, b"", b"")

    monkeypatch.setattr(keeping.subprocess, "run", killed)
    with pytest.raises(Invalid) as refusal:
        files.keep_file(picture())
    assert refusal.value.fields == {"files": "file_costs_too_much"}


def test_the_process_that_reads_a_strangers_file_holds_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    run = subprocess.run

    def watched(*arguments: Any, **named: Any) -> Any:
        seen.update(named["env"])
        return run(*arguments, **named)

    monkeypatch.setenv("SALA_DATA_KEYS", "a secret")
    monkeypatch.setattr(keeping.subprocess, "run", watched)
    files.keep_file(picture())
    assert not [name for name in seen if name.startswith(("SALA", "DATABASE"))]


def test_when_all_turns_are_taken_whoever_comes_next_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LONGEST_WAIT", 0)
    for _ in range(keeping.AT_ONCE):
        assert keeping._turns.acquire(blocking=False)
    try:
        with pytest.raises(TooMany):
            files.keep_file(picture())
    finally:
        for _ in range(keeping.AT_ONCE):
            keeping._turns.release()


def test_a_full_disk_is_told_beside_the_field_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keeping.default_storage, "save", full)
    with pytest.raises(Invalid) as refusal:
        files.keep_file(picture())
    assert refusal.value.fields == {"files": "no_room"}


@pytest.mark.req("MOD")
def test_a_covered_copy_is_another_file_and_nothing_is_covered_of_a_document(folder: Path) -> None:
    kept = files.keep_file(picture(size=(100, 100)))
    file = File(stored_as=kept.stored_as, media_type=kept.media_type)
    with files.kept_covered(file, [Area(0, 0, 0.5, 0.5)]) as copy:
        assert copy.stored_as != kept.stored_as
        with Image.open(io.BytesIO(read_file(copy.stored_as))) as drawn:
            assert drawn.getpixel((25, 25))[0] > 40
    for wrong, areas in (
        (file, []),
        (File(stored_as="x.pdf", media_type="application/pdf"), [Area(0, 0, 1, 1)]),
    ):
        with pytest.raises(Invalid), files.kept_covered(wrong, areas):
            pytest.fail("there is nothing to cover")
