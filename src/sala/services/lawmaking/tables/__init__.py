"""Public tables of lawmaking, by what they are about."""

from sala.services.lawmaking.tables.hearings import COMMENTS, HEARINGS
from sala.services.lawmaking.tables.laws import LAWS, PROVISIONS
from sala.services.lawmaking.tables.questions import ANSWERS, OFFICES

__all__ = ["ANSWERS", "COMMENTS", "HEARINGS", "LAWS", "OFFICES", "PROVISIONS"]
