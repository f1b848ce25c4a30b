"""Makes the model that proposes topics where none was trained: only commands that set a site up import this."""

import os
from pathlib import Path

from django.conf import settings

from sala.engines.thai import complaint_topics
from sala.engines.thai.routing import training
from sala.services.complaints.queries import classify


def make_first_model() -> bool:
    """Make the model from topic names alone where there is none yet; returns whether one was made."""
    folder = Path(settings.ROUTING_MODEL)
    if folder.is_dir():
        return False
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    for name, content in training.start(complaint_topics()).files().items():
        (fresh / name).write_bytes(content)
    fresh.rename(folder)
    classify.forget_model()
    return True
