"""Public tables of lawmaking, by what they are about."""

from sala.services.lawmaking.tables.laws import LAWS, PROVISIONS
from sala.services.lawmaking.tables.questions import ANSWERS, OFFICES

__all__ = ["ANSWERS", "LAWS", "OFFICES", "PROVISIONS"]
