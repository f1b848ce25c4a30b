"""How a refusal looks to a program."""

from pydantic import BaseModel


class Problem(BaseModel):
    """Why something was refused: a code for programs, a sentence for people, and codes by field."""

    code: str
    message: str
    fields: dict[str, str] = {}
