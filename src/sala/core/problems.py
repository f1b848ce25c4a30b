"""What doors for programs share: how a refusal looks, which refusals a door may give, the forms of a list."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """Why something was refused: a code for programs, a sentence for people, and codes by field."""

    code: str
    message: str
    fields: dict[str, str] = {}


# A code in a question. Its letters are named, since JSON Schema and Python read "\w" differently.
Code = Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z\u0e00-\u0e7f_.:-]*$")]

# A list is told as JSON, or as a CSV table of the same rows.
Form = Literal["json", "csv"]

LISTED: dict[int, Any] = {406: Problem, 422: Problem}
ONE: dict[int, Any] = {404: Problem, **LISTED}
SEARCHED: dict[int, Any] = {**LISTED, 429: Problem}
SENT: dict[int, Any] = {400: Problem, 404: Problem, **SEARCHED, 413: Problem, 415: Problem}
