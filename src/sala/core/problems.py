"""What doors for programs share: how a refusal looks, which refusals a door may give, the forms of a list."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from sala.core.characters import is_text


class Problem(BaseModel):
    """Why something was refused: a code for programs, a sentence for people, and codes by field."""

    code: str
    message: str
    fields: dict[str, str] = {}


# A code in a question. Its letters are named, since JSON Schema and Python read "\w" differently.
Code = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z\u0e00-\u0e7f_.:-]*$")]


def _require_text(value: object) -> object:
    if isinstance(value, str) and not is_text(value):
        raise PydanticCustomError("not_text", "a NUL or half of a surrogate pair")
    return value


# Beside the type of a field of words: says by name what is wrong with what is no text.
IsText = BeforeValidator(_require_text)

# A list is told as JSON, or as a CSV table of the same rows.
Form = Literal["json", "csv"]

LISTED: dict[int, Any] = {406: Problem, 422: Problem}
ONE: dict[int, Any] = {404: Problem, **LISTED}
SEARCHED: dict[int, Any] = {**LISTED, 429: Problem}
SENT: dict[int, Any] = {400: Problem, 404: Problem, 409: Problem, **SEARCHED, 413: Problem, 415: Problem}

# Whatever is sent may be sent again after a lost answer (draft-ietf-httpapi-idempotency-key-header).
REPEAT_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own for this request, a UUID for example. The same key and the same body within 24 "
    "hours give the same answer; with another body 422; while the first is at work 409.",
    "schema": {"type": "string", "maxLength": 255},
}
