"""Jobs of files: the nightly sweep."""

import logging

from procrastinate.contrib.django import app

from sala.commons.files import actions
from sala.core import clock

log = logging.getLogger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(queue="clock", pass_context=False)
def sweep(timestamp: int) -> None:
    """Each night: stored files that belong to nothing are deleted; rows whose file is gone are told, loudly."""
    swept = actions.sweep_files(now=clock.now())
    log.info("%s stored files belonged to nothing", len(swept.nobodys))
    if swept.missing:
        log.error("%s files are missing from the disk: %s", len(swept.missing), " ".join(swept.missing[:20]))
