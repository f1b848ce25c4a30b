"""What the text engine thinks a complaint is about; it proposes, the rules and an officer decide."""

import logging
from functools import cache
from pathlib import Path

from django.conf import settings

from sala.engines.thai import routing
from sala.services.complaints.rules import Guess

log = logging.getLogger(__name__)


def guesses_of(text: str) -> tuple[Guess, ...]:
    """Up to three topics for a text, the likeliest first, each with the words that decided.

    Nothing where no model has been made: then people choose, and everything else works. Officers see the words;
    the model itself is told apart by `sala routing` and can be replaced by one trained on real labels.
    """
    model = _model()
    if model is None:
        return ()
    (found,) = model.predict([text], explain=True)
    words = tuple(word for word, weight in found.words[:4] if weight > 0)
    return tuple(
        Guess(topic, chance, words if rank == 0 else ()) for rank, (topic, chance) in enumerate(found.top)
    )


@cache
def _model() -> routing.Model | None:
    folder = Path(settings.ROUTING_MODEL)
    if not folder.is_dir():
        return None
    try:
        return routing.read_model(
            {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        )
    except routing.ModelFileError:
        log.exception("the routing model in %s cannot be read; nothing is proposed", folder)
        return None


def forget_model() -> None:
    """Read the model anew at the next text; whoever replaces it calls this."""
    _model.cache_clear()
