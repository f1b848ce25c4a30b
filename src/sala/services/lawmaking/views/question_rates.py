"""How often each door of legal questions may be used: wide for a village behind one address, sharp for one person."""

from sala.platform.limits import Key, Policy, Rate

FILE = Policy(
    "question.file",
    {Key.ADDRESS: Rate(120, 3600), Key.PERSON: Rate(20, 3600), Key.CONTACT: Rate(10, 3600)},
)
# Four last digits are ten thousand tries: ten an hour for one question, from wherever.
OPEN_OWN = Policy(
    "question.open-own", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True
)
CLAIM = Policy("question.claim", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True)
SAY = Policy("question.say", {Key.CONTACT: Rate(20, 3600), Key.ADDRESS: Rate(300, 3600)})
