"""What the text engine thinks a complaint is about; it proposes, the rules and an officer decide."""

from sala.services.complaints.rules import Guess


def guesses_of(text: str) -> tuple[Guess, ...]:
    """Up to three topics for a text, the likeliest first, each with the words that decided."""
    return ()
