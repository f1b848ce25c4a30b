"""Looks at this installation and lets the verdicts judge. A probe that fails is itself a finding."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from sala.commons.correspondence import outbox
from sala.commons.ledger import keys as ledger_keys
from sala.commons.ledger import queries as ledger
from sala.commons.ledger import sequencer, subscriptions, witnesses
from sala.commons.matters.slots import kinds
from sala.commons.moderation.queries import recheck
from sala.commons.participation import queries as participation
from sala.core import clock
from sala.platform import keys
from sala.serving.health import verdicts
from sala.serving.health.verdicts import Finding

# Without these every page looks broken.
NEEDED_FILES = ("sala.css", "fonts.css")
NEWEST = 1000
# Matters of each kind: some thousand texts, a second or two.
NEWEST_KEPT = 500
SECRETS = ("SALA_SECRET_KEY", "SALA_DATA_KEYS", "SALA_DIGEST_KEY", "SALA_LEDGER_KEY")

Probe = Callable[[], Finding]


def look_at_version() -> Finding:
    """Which server it is."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return verdicts.judge_version(int(cursor.fetchone()[0]))


def look_at_locale() -> Finding:
    """How the database sorts and tells letters."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datlocprovider::text, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale',"
            " datctype), pg_encoding_to_char(encoding) FROM pg_database d WHERE datname = current_database()"
        )
        provider, name, encoding = cursor.fetchone()
    return verdicts.judge_locale(provider=provider, name=name, encoding=encoding)


def waiting_migrations() -> list[str]:
    """The migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def look_at_key_file() -> Finding:
    """Who may read the keys file, if there is one."""
    source = keys.keys_file()
    return verdicts.judge_key_file(source.stat().st_mode & 0o777 if source.exists() else None)


def look_at_mail() -> Finding:
    """Say hello to the mail server; nothing is sent."""
    is_sent = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    fault = ""
    if is_sent:
        try:
            server = get_connection(timeout=5)
            server.open()
            server.close()
        except OSError as error:  # smtplib's own errors are OSErrors too
            fault = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}: {error}"
    return verdicts.judge_mail(fault, is_sent=is_sent)


def look_at_clock() -> Finding:
    """Compare this machine's clock with the database's, at the middle of the question."""
    before = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    middle = before + (clock.now() - before) / 2
    return verdicts.judge_skew((middle - there).total_seconds())


def look_at_disk(name: str, folder: Path) -> Finding:
    """How full the disk of a folder is; its nearest parent's if it is not made yet."""
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return verdicts.judge_disk(name, free=usage.free, total=usage.total)


def look_at_room() -> Finding:
    """Whether anything more can be kept: the disks of uploads and of this machine's own files."""
    folders = {folder for folder in (settings.HOME, settings.MEDIA_ROOT) if folder.exists()}
    return verdicts.judge_room(min(shutil.disk_usage(folder).free for folder in folders))


def look_at_static() -> Finding:
    """Whether what pages load was built and collected."""
    if settings.HAS_PLAIN_STATIC_NAMES:
        return verdicts.well("static files", "served from the source")
    known = getattr(staticfiles_storage, "hashed_files", {})
    missing = [name for name in NEEDED_FILES if name not in known]
    return verdicts.judge_static(missing if known else None)


def look_at_workers() -> Finding:
    """When a worker last gave a sign of life."""
    last = (
        ProcrastinateWorker.objects.order_by("-last_heartbeat")
        .values_list("last_heartbeat", flat=True)
        .first()
    )
    return verdicts.judge_workers((clock.now() - last).total_seconds() if last else None)


def look_at_letters() -> Finding:
    """Whether letters leave, and whether any was given up."""
    backlog = outbox.look_at_backlog()
    waited = (clock.now() - backlog.oldest_due).total_seconds() if backlog.oldest_due else 0.0
    return verdicts.judge_letters(waiting=backlog.waiting, oldest_seconds=waited, given_up=backlog.given_up)


def look_at_ledger() -> Finding:
    """Whether new entries are being signed, and somebody is there to sign the next."""
    return look_at_backlog(is_sequenced=sequencer.is_anyone_elected())


def look_at_backlog(*, is_sequenced: bool = True) -> Finding:
    """Whether new entries are being signed."""
    backlog = ledger.look_at_backlog()
    oldest = (clock.now() - backlog.oldest).total_seconds() if backlog.oldest else 0.0
    return verdicts.judge_ledger(waiting=backlog.waiting, oldest_seconds=oldest, is_sequenced=is_sequenced)


def look_at_newest_entries() -> Finding:
    """Whether the newest entries still are what was signed. All of them: `sala ledger verify`, from elsewhere."""
    try:
        sequencer.check_newest(NEWEST)
    except sequencer.Inconsistent as error:
        return verdicts.judge_newest(str(error))
    return verdicts.judge_newest("")


def look_at_kept_words() -> Finding:
    """Whether the words of the newest matters of each kind still open what the ledger committed to."""
    whole, broken = 0, {}
    for code, kind in kinds.items():
        if kind.kept_words is not None:
            found = recheck(kind.kept_words(NEWEST_KEPT))
            whole += found.whole
            if found.broken:
                broken[code] = found.broken
    return verdicts.judge_kept_words(whole, broken)


def look_at_counts() -> Finding:
    """Whether every collection counts as many as signed: a number somebody changed by hand is told."""
    return verdicts.judge_counts(
        {each.collection: (each.counted, each.signed) for each in participation.recount()}
    )


def look_at_signing() -> Finding:
    """Whether this installation may sign on: its own key, the log as far as it was signed, no other place of it."""
    try:
        sequencer.look_whether_it_may_sign()
    except (sequencer.Inconsistent, ValueError) as error:  # ValueError: the key cannot be read at all
        return verdicts.judge_signing(str(error))
    return verdicts.judge_signing("")


def look_at_witnesses() -> Finding:
    """What the witnesses last said."""
    try:
        states = witnesses.list_states()
    except ValueError as error:
        return verdicts.fail("witnesses", str(error), "Mend SALA_LEDGER_WITNESSES.")
    return verdicts.judge_witnesses(
        {state.name: state.refusal for state in states if state.refusal},
        contradicting=[state.name for state in states if state.is_contradiction],
        asked=len(states),
    )


def look_at_log_name() -> Finding:
    """What the log is called, and who watches it. A key or witness that cannot be read is a fault."""
    try:
        name = ledger_keys.log_signer().name
        witnesses = len(ledger_keys.witnesses())
    except ValueError as error:
        return verdicts.fail("log's name", str(error), "Mend SALA_LEDGER_KEY or SALA_LEDGER_WITNESSES.")
    return verdicts.judge_log_name(name, witnesses=witnesses)


def look_at_uploads() -> Finding:
    """Write a small file where uploads are kept, and take it away."""
    fault = ""
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(b"sala")
    except OSError as error:
        fault = f"{settings.MEDIA_ROOT}: {error.strerror}"
    return verdicts.judge_uploads(fault)


def look_at_addresses() -> Finding:
    """How the site is reached."""
    return verdicts.judge_addresses(
        site_url=settings.SITE_URL, hosts=settings.ALLOWED_HOSTS, proxies=settings.TRUSTED_PROXIES
    )


def look_at_mode() -> Finding:
    """Which switches are on."""
    return verdicts.judge_mode(
        is_demo=settings.DEMO, is_debug=settings.DEBUG, limits_factor=settings.LIMITS_FACTOR
    )


def count_jobs() -> int:
    """Jobs that wait for a worker and may run now."""
    ready = ProcrastinateJob.objects.filter(status="todo")
    return ready.exclude(scheduled_at__gt=clock.now()).count()


PROBES: dict[str, Probe] = {
    "mode": look_at_mode,
    "addresses": look_at_addresses,
    "staff sign-in": lambda: verdicts.judge_staff_level(
        settings.STAFF_LEAST_LEVEL, has_providers=bool(settings.OIDC)
    ),
    "keys": lambda: verdicts.judge_keys({name: os.environ.get(name, "") for name in SECRETS}),
    "key file": look_at_key_file,
    "log's name": look_at_log_name,
    "database": look_at_version,
    "locale": look_at_locale,
    "migrations": lambda: verdicts.judge_migrations(waiting_migrations()),
    "clock": look_at_clock,
    "workers": look_at_workers,
    "ledger": look_at_ledger,
    "signing": look_at_signing,
    "witnesses": look_at_witnesses,
    "newest entries": look_at_newest_entries,
    "kept words": look_at_kept_words,
    "counts": look_at_counts,
    "letters": look_at_letters,
    "listeners": lambda: verdicts.judge_listeners(subscriptions.count_unread()),
    "mail": look_at_mail,
    "static files": look_at_static,
    "routing model": lambda: verdicts.judge_routing(has_model=settings.ROUTING_MODEL.exists()),
    "uploads": look_at_uploads,
    "disk of SALA_HOME": lambda: look_at_disk("disk of SALA_HOME", settings.HOME),
    "disk of uploads": lambda: look_at_disk("disk of uploads", settings.MEDIA_ROOT),
}


def examine(probes: dict[str, Probe] | None = None) -> list[Finding]:
    """Look at everything, in the order of the table."""
    return [_safely(name, probe) for name, probe in (PROBES if probes is None else probes).items()]


def _safely(name: str, probe: Probe) -> Finding:
    try:
        return probe()
    except (DatabaseError, psycopg.Error) as error:
        says = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return verdicts.fail(name, says, "Check DATABASE_URL and the server; then run: sala migrate")
