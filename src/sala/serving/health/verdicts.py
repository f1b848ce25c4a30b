"""What is well and what is not, and how to mend it: decisions over plain values, nothing is looked up here."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LOWEST_VERSION = 16
SHORTEST_KEY = 32
MARK_OF_TESTS = b"tests-only"
WARN_SKEW, FAIL_SKEW = 2.0, 30.0
GIGABYTE = 1_000_000_000
# Below this no whole upload fits any more (five files of 10 MB), nor does the database's own log turn over.
LEAST_ROOM = 64_000_000
WORKER_SECONDS = 60
UNSIGNED_SECONDS = 60
LATE_LETTER_SECONDS = 1800
UNREAD_WARN, UNREAD_FAIL = 1_000, 50_000
HERE = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})


class Level(StrEnum):
    """How bad it is. Only FAILURE makes `sala doctor` end with 1."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, how it is, and what to do about it ("" if nothing)."""

    name: str
    level: Level
    says: str
    mend: str = ""


def well(name: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(name, Level.OK, says)


def warn(name: str, says: str, mend: str) -> Finding:
    """It works, but somebody should look."""
    return Finding(name, Level.WARNING, says, mend)


def fail(name: str, says: str, mend: str) -> Finding:
    """A real deployment must not run like this."""
    return Finding(name, Level.FAILURE, says, mend)


def judge_version(number: int) -> Finding:
    """`number` is PostgreSQL's server_version_num, 160004 for 16.4."""
    says = f"PostgreSQL {number // 10_000}.{number % 10_000}"
    if number // 10_000 < LOWEST_VERSION:
        return fail("database", says, f"Upgrade the server to PostgreSQL {LOWEST_VERSION} or newer.")
    return well("database", says)


def judge_locale(*, provider: str, name: str, encoding: str) -> Finding:
    """`provider` is c (the system's), i (ICU) or b (built in); `name` the locale, such as C.UTF-8."""
    says = f"{encoding}, locale {name}"
    mend = (
        "Make a new database: CREATE DATABASE sala TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';"
        " then bring the content over with sala backup and sala restore."
    )
    if encoding != "UTF8" or (provider != "i" and name.upper() in {"C", "POSIX", "SQL_ASCII"}):
        return fail("locale", f"{says}: Thai text is not text in it", mend)
    return well("locale", says)


def judge_migrations(waiting: Sequence[str]) -> Finding:
    """`waiting` are the migrations not applied yet."""
    if waiting:
        return fail("migrations", f"{len(waiting)} to apply, first {waiting[0]}", "Run: sala migrate")
    return well("migrations", "all applied")


def judge_keys(keys: Mapping[str, str]) -> Finding:
    """`keys` are the secrets by name. None may be missing, short, or one of the tests'."""
    bad = {
        name: fault for name, value in keys.items() if (fault := _fault_of_key(value.split(",")[0].encode()))
    }
    if bad:
        says = "; ".join(f"{name} {fault}" for name, fault in sorted(bad.items()))
        mend = "Write a set with sala keys FILE and give it to every process. Keys in use are never changed."
        return fail("keys", says, mend)
    return well("keys", f"{len(keys)} keys set")


def _fault_of_key(value: bytes) -> str:
    if not value:
        return "is not set"
    try:
        plain = base64.urlsafe_b64decode(value)
    except binascii.Error:
        plain = b""
    if MARK_OF_TESTS in value or MARK_OF_TESTS in plain:
        return "is the tests' own"
    return "is too short" if len(value) < SHORTEST_KEY else ""


def judge_key_file(mode: int | None) -> Finding:
    """`mode` are the permission bits of the keys file; None where keys come from elsewhere."""
    if mode is not None and mode & 0o077:
        return fail("key file", f"others may read it (mode {mode:o})", "Run: chmod 600 on the keys file")
    return well("key file", "only its owner reads it" if mode is not None else "not used")


def judge_mail(fault: str, *, is_sent: bool) -> Finding:
    """`fault` is why the mail server could not be reached; `is_sent` False if mail only goes to files."""
    if fault:
        mend = "Check SALA_SMTP_HOST, SALA_SMTP_PORT, SALA_SMTP_USER, SALA_SMTP_PASSWORD and SALA_SMTP_TLS."
        return fail("mail", fault, mend)
    if not is_sent:
        return warn(
            "mail", "is written to files, nobody receives it", "Unset SALA_DEMO and SALA_EMAIL_BACKEND."
        )
    return well("mail", "the server answers")


def judge_skew(seconds: float) -> Finding:
    """`seconds` between this machine's clock and the database's."""
    says = f"{abs(seconds):.1f} s beside the database's clock"
    mend = "Let both machines keep time by NTP (systemd-timesyncd or chrony)."
    if abs(seconds) > FAIL_SKEW:
        return fail("clock", says, mend)
    return warn("clock", says, mend) if abs(seconds) > WARN_SKEW else well("clock", says)


def judge_disk(name: str, *, free: int, total: int) -> Finding:
    """`free` and `total` in bytes of the disk that holds `name`."""
    says = f"{free / GIGABYTE:.1f} GB of {total / GIGABYTE:.1f} GB free"
    mend = "Free some space, or move SALA_HOME and SALA_FILES to a larger disk."
    if free < GIGABYTE:
        return fail(name, says, mend)
    return warn(name, says, mend) if free < 5 * GIGABYTE else well(name, says)


def judge_room(free: int) -> Finding:
    """`free` bytes on the fullest disk that people's files or ours are kept on."""
    if free < LEAST_ROOM:
        return fail("disk", "it is full, nothing more can be kept", "Free some space.")
    return well("disk", "there is room")


def judge_static(missing: Sequence[str] | None) -> Finding:
    """`missing` are files that pages need and that were not collected; None without any collection."""
    if missing is None or missing:
        says = "nothing was collected" if missing is None else f"missing: {', '.join(missing)}"
        return fail("static files", says, "Run: tools/assets run, then sala manage collectstatic --noinput")
    return well("static files", "built and collected")


def judge_workers(seconds: float | None) -> Finding:
    """`seconds` since the last heartbeat of any worker; None if there was never one."""
    if seconds is None or seconds > WORKER_SECONDS:
        says = "none ever ran" if seconds is None else f"the last was heard {seconds:.0f} s ago"
        return fail("workers", says, "Start one: systemctl start sala-worker (or sala worker)")
    return well("workers", f"heard {seconds:.0f} s ago")


def judge_ledger(*, waiting: int, oldest_seconds: float, is_sequenced: bool) -> Finding:
    """`waiting` entries have no position, the oldest for `oldest_seconds`; `is_sequenced`: a sequencer is elected."""
    mend = "Start one: systemctl start sala-sequencer (or sala sequencer); then read its log."
    if waiting and oldest_seconds > UNSIGNED_SECONDS:
        return fail("ledger", f"{waiting} entries unsigned, the oldest for {oldest_seconds:.0f} s", mend)
    if not is_sequenced:
        return fail("ledger", "no sequencer runs: new entries stay unsigned", mend)
    return well("ledger", "every entry is signed, or will be in a moment")


def judge_newest(fault: str) -> Finding:
    """`fault` is what contradicts the signatures among the newest entries."""
    if fault:
        mend = (
            "Somebody changed the database past Sala. Keep it as it is, as evidence; restore the newest backup"
            " that passes into a new one, and tell the witnesses."
        )
        return fail("newest entries", fault, mend)
    return well("newest entries", "are those that were signed")


def judge_counts(wrong: Mapping[int, tuple[int, int]]) -> Finding:
    """`wrong` is what each collection counts and how many signed, by its key, where the two differ."""
    name = "counts"
    if not wrong:
        return well(name, "every collection counts as many as signed")
    told = ", ".join(
        f"collection {key}: {counted} counted, {signed} signed" for key, (counted, signed) in wrong.items()
    )
    return fail(
        name, told, "Somebody changed a number past Sala. Find out who; the signatures are what holds."
    )


def judge_kept_words(whole: int, broken: Mapping[str, Sequence[int]]) -> Finding:
    """`whole` kept texts open their commitments; `broken` are the entries of those that do not, by kind of matter."""
    if broken:
        told = "; ".join(
            f"{kind}: {', '.join(map(str, entries[:5]))}{' …' if len(entries) > 5 else ''}"
            for kind, entries in sorted(broken.items())
        )
        count = sum(map(len, broken.values()))
        mend = (
            "Somebody changed words past Sala. Keep the database as it is, as evidence; the entries (ledger_entry.id)"
            " say when the words were told, the newest backup in which they fit has them as they were."
        )
        return fail("kept words", f"{count} are not those the ledger committed to, entries of {told}", mend)
    return well("kept words", f"{whole} of the newest are those the ledger committed to")


def judge_signing(fault: str) -> Finding:
    """`fault` is why this installation may not sign on."""
    if fault:
        mend = (
            "Nothing is signed until it is mended; filings are kept and signed then. See docs/how-to/run.md."
        )
        return fail("signing", fault, mend)
    return well("signing", "the newest checkpoint is this installation's own")


def judge_witnesses(refusals: Mapping[str, str], *, contradicting: Sequence[str], asked: int) -> Finding:
    """`refusals` by witness; `contradicting` witnesses saw a longer or another log than ours; `asked` are all.

    A failure only if a witness contradicts us and none cosigns: one witness alone, wrong or hostile, must not be
    able to take a whole site out of service.
    """
    if not refusals:
        return well("witnesses", "none refuses" if asked else "none is asked")
    says = "; ".join(f"{name} refuses: {why}" for name, why in sorted(refusals.items()))
    mend = "Read docs/how-to/run.md, “When a witness refuses”, before anything else is restored or restarted."
    if contradicting and len(refusals) == asked:
        return fail("witnesses", says, mend)
    return warn("witnesses", says, mend)


def judge_listeners(unread: Mapping[str, int]) -> Finding:
    """`unread` entries by listener."""
    if not unread:
        return well("listeners", "none are wired")
    name, most = max(unread.items(), key=lambda item: item[1])
    says = f"{name} has {most} entries to read"
    mend = (
        "Start more workers; if the number does not fall, their log names the entry that a listener fails at."
    )
    if most > UNREAD_FAIL:
        return fail("listeners", says, mend)
    return warn("listeners", says, mend) if most > UNREAD_WARN else well("listeners", says)


def judge_letters(*, waiting: int, oldest_seconds: float, given_up: int) -> Finding:
    """Whether letters leave, and whether any was given up (a dead letter)."""
    says = f"{waiting} wait" + (f", the oldest for {oldest_seconds / 60:.0f} minutes" if waiting else "")
    if given_up:
        mend = "See `sala mail given-up`; once the cause is mended, `sala mail again`."
        return warn("letters", f"{says}; {given_up} given up", mend)
    if oldest_seconds > LATE_LETTER_SECONDS:
        return warn(
            "letters", says, "See whether a worker runs and the mail server (SALA_SMTP_HOST) answers."
        )
    return well("letters", says)


def judge_routing(*, has_model: bool) -> Finding:
    """Whether the model that proposes topics is there."""
    if not has_model:
        return warn("routing model", "missing: no topic is proposed", "Run: sala seed, or sala routing train")
    return well("routing model", "there")


def judge_uploads(fault: str) -> Finding:
    """`fault` is why a file could not be written where uploads are kept."""
    if fault:
        return fail("uploads", fault, "Give the user of the web process the folder SALA_FILES to write in.")
    return well("uploads", "the folder can be written")


def judge_addresses(*, site_url: str, hosts: Sequence[str], proxies: int) -> Finding:
    """`hosts` are the names the site answers to; `proxies` how many stand in front of it."""
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    if "*" in hosts:
        return fail("addresses", "the site answers to every name", f"Set SALA_HOSTS={host}")
    if host in HERE:
        return warn(
            "addresses", f"{site_url} is this machine only", "Set SALA_SITE_URL=https://… and SALA_HOSTS"
        )
    if parts.scheme != "https":
        return fail(
            "addresses", f"{site_url} is not encrypted", "Set SALA_SITE_URL=https://… (docs/how-to/run.md)"
        )
    if not any(host == h or (h.startswith(".") and host.endswith(h)) for h in hosts):
        return fail("addresses", f"{host} is not among SALA_HOSTS", f"Set SALA_HOSTS={host}")
    if not proxies:
        mend = (
            "Set SALA_TRUSTED_PROXIES to the number of proxies in front; else all visitors share one limit."
        )
        return fail("addresses", "https, but no proxy is trusted", mend)
    return well("addresses", site_url)


def judge_mode(*, is_demo: bool, is_debug: bool, limits_factor: int) -> Finding:
    """Switches that belong to a demonstration or to a measurement, never to a real site."""
    if is_debug:
        return fail("mode", "SALA_DEBUG shows the inside of faults to everybody", "Unset SALA_DEBUG.")
    if is_demo:
        return fail("mode", "a demonstration: anyone signs in as anybody", "Unset SALA_DEMO.")
    if limits_factor != 1:
        return warn("mode", f"rate limits are {limits_factor} times as wide", "Unset SALA_LIMITS_FACTOR.")
    return well("mode", "a real site")


def judge_staff_level(least: int, *, has_providers: bool) -> Finding:
    """`least` is the assurance level a sign-in needs before roles work; `has_providers` if one can prove any."""
    name = "staff sign-in"
    if least and not has_providers:
        return fail(name, f"level {least} is asked, nobody can prove it", "Set up SALA_OIDC_PROVIDERS.")
    if not least:
        mend = "Set SALA_STAFF_LEAST_LEVEL=2 once all staff have a way to prove it."
        return warn(name, "a code by e-mail is enough to work with people's data", mend)
    return well(name, f"roles work from level {least}")


def judge_log_name(origin: str, *, witnesses: int) -> Finding:
    """`origin` is the log's name, for ever part of what it signs."""
    if origin.startswith("sala.example"):
        return fail(
            "log's name", f"is the example {origin}", "Set SALA_LEDGER_ORIGIN before the first entry."
        )
    if not witnesses:
        mend = "Ask others to run sala ledger witness, and name them in SALA_LEDGER_WITNESSES."
        return warn("log's name", f"{origin}; nobody witnesses it", mend)
    return well("log's name", f"{origin}, {witnesses} witnesses")
