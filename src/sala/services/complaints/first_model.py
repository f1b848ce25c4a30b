"""Makes the model that proposes topics where none was trained: only commands that set a site up import this."""

import json
import os
import shutil
from pathlib import Path

from django.conf import settings

from sala.engines.thai import complaint_topics, routing
from sala.engines.thai.routing import training
from sala.services.complaints.queries import classify


def prepare_model() -> str:
    """Make the first model if one is wanted; says so, "" if nothing was made. For whoever sets a site up."""
    return "Made the first routing model from the names of the topics." if make_first_model() else ""


def make_first_model() -> bool:
    """Make the model from topic names alone where there is none, or one that an older Sala made from them.

    Returns whether one was made. A model trained on labels is never touched.
    """
    folder = Path(settings.ROUTING_MODEL)
    if folder.is_dir() and not _is_outdated(folder):
        return False
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    fresh.mkdir(parents=True)
    for name, content in training.start(complaint_topics()).files().items():
        (fresh / name).write_bytes(content)
    if folder.is_dir():
        shutil.rmtree(folder)
    fresh.rename(folder)
    classify.forget_model()
    return True


def _is_outdated(folder: Path) -> bool:
    """Whether the model was made from topics alone, by a version whose models can no longer be read."""
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    try:
        routing.read_model(files)
    except routing.ModelFileError:
        return _about(files.get("model.json", b"")).get("from") == "topics"
    return False


def _about(meta: bytes) -> dict[str, object]:
    try:
        return dict(json.loads(meta)["about"])
    except (ValueError, KeyError, TypeError):
        return {}
