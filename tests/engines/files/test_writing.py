"""The one writer: regular files are exchanged whole, devices, pipes and sockets are written, links stay.

No test here names the machine's own devices: a node for them is made in a temporary folder, where root may.
"""

import gzip
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sala.engines import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read_from(path: Path) -> tuple[threading.Thread, list[bytes]]:
    """A reader that waits at the other end of a FIFO."""
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    return reader, got


def test_a_device_is_written_and_stays_a_device(tmp_path: Path) -> None:
    node = tmp_path / "null"
    try:
        os.mknod(node, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        node.write_bytes(b"")
    except PermissionError:
        pytest.skip("only root may make device nodes, and only on a file system that allows them")
    files.write_output(node, b"x" * 100_000)
    assert stat.S_ISCHR(node.stat().st_mode)
    assert names(tmp_path) == ["null"]


def test_a_device_that_is_full_is_told(tmp_path: Path) -> None:
    node = tmp_path / "full"
    try:
        os.mknod(node, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
        node.open("rb").close()
    except PermissionError:
        pytest.skip("only root may make device nodes, and only on a file system that allows them")
    with pytest.raises(files.UnwritableError, match="No space left"):
        files.write_output(node, b"x")
    assert stat.S_ISCHR(node.stat().st_mode)


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader, got = read_from(pipe)
    files.write_output(pipe, [b"one ", b"two"])
    reader.join(10)
    assert got == [b"one two"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_socket_is_written_and_stays_a_socket(tmp_path: Path) -> None:
    place = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        files.write_output(place, b"words")
        there, _ = listening.accept()
        with there:
            assert there.recv(100) == b"words"
    assert stat.S_ISSOCK(place.stat().st_mode)


@pytest.mark.parametrize("is_there", [True, False])
def test_the_target_of_a_link_is_written_and_the_link_stays(tmp_path: Path, is_there: bool) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    if is_there:
        target.write_bytes(b"old")
    (tmp_path / "middle").symlink_to(Path("folder", "target"))
    (tmp_path / "link").symlink_to("middle")
    files.write_output(tmp_path / "link", b"new")
    assert target.read_bytes() == b"new"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "middle").is_symlink()
    assert names(tmp_path / "folder") == ["target"]


def test_a_link_to_a_pipe_leaves_both(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    reader, got = read_from(tmp_path / "pipe")
    files.write_output(tmp_path / "link", b"x")
    reader.join(10)
    assert got == [b"x"]
    assert (tmp_path / "link").is_symlink()
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(files.UnwritableError):
        files.write_output(tmp_path / "a", b"x")


def test_an_existing_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"1")
    old.chmod(0o600)
    before = os.umask(0o027)
    try:
        files.write_output(old, b"2")
        files.write_output(new, b"2")
    finally:
        os.umask(before)
    assert old.stat().st_mode & 0o777 == 0o600
    assert new.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_an_existing_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"1")
    os.chown(path, 12345, 54321)
    files.write_output(path, b"2")
    found = path.stat()
    assert (found.st_uid, found.st_gid, path.read_bytes()) == (12345, 54321, b"2")


def test_a_file_we_may_not_give_away_is_filled_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"something longer")
    number = path.stat().st_ino

    def refused(*arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refused)
    found = os.stat
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((0o100644, 0, 0, 1, 99, 99, 0, 0, 0, 0)))
    files.write_output(path, b"short")
    monkeypatch.undo()
    assert (found(path).st_ino, path.read_bytes()) == (number, b"short")
    assert names(tmp_path) == ["old"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"1")
    path.chmod(0o444)
    with pytest.raises(files.UnwritableError):
        files.write_output(path, b"2")
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError, files.UnreadableError("a", "b")])
def test_what_was_there_stays_where_writing_is_stopped(tmp_path: Path, problem: BaseException) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"old")
    with pytest.raises(BaseException), files.open_output(path) as out:  # noqa: B017, PT011, PT012  # the writing inside the block is what is tried
        out.write(b"new")
        raise problem
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["map.svg"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("none/out", "there is no such folder"), ("there", "folder"), ("file/out", "Not a directory")],
)
def test_what_cannot_be_written_is_told_by_name(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(files.UnwritableError, match=sentence) as told:
        files.write_output(tmp_path / name, b"x")
    assert str(told.value).startswith(str(tmp_path / name))


def test_a_name_that_ends_in_gz_is_packed_and_equal_contents_are_equal_files(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        files.write_output(tmp_path / name, b"words" * 100)
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"words" * 100
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_what_this_program_has_open_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"first ")
    with path.open("ab") as log:
        files.write_output(f"/dev/fd/{log.fileno()}", b"second")
    assert path.read_bytes().endswith(b"second")
    assert names(tmp_path) == ["log"]


WRITES_SLOWLY = """
import os, sys, time
from sala.cli.ending import ending
from sala.engines import files
with ending("sala"), files.open_output(sys.argv[1]) as out, files.scratch_folder(sys.argv[2]) as folder:
    out.write(b"new")
    (folder / "run").write_bytes(b"x")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_nothing_half_written_stays_after_a_signal(tmp_path: Path, number: int, code: int) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")
    # Whoever runs the tests in the background passes on a shell's ignored Ctrl-C; at a keyboard nobody ignores it.
    heard = "import signal, sys, typer\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    arguments = [sys.executable, "-c", f"{heard}try:\n exec({WRITES_SLOWLY!r})\n"]
    arguments[2] += "except typer.Exit as end:\n sys.exit(end.exit_code)\n"
    arguments += [str(path), str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(number)
        assert running.wait(60) == code
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


def test_a_killed_program_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"old")
    program = (
        "import os, signal, sys\n"
        "from sala.engines import files\n"
        "with files.open_output(sys.argv[1]) as out:\n"
        "    out.write(b'new' * 10**6)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_reader_that_goes_away_is_told_as_such(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: os.close(os.open(pipe, os.O_RDONLY)))
    reader.start()
    with pytest.raises(BrokenPipeError), files.open_output(pipe) as out:  # noqa: PT012  # the writing inside the block is what is tried
        reader.join(10)
        out.write(b"x" * 10_000_000)
