"""How often each door may be used: wide for a village behind one address, sharp for one person."""

from sala.platform.limits import Key, Policy, Rate

FILE = Policy(
    "information.file",
    {Key.ADDRESS: Rate(120, 3600), Key.PERSON: Rate(20, 3600), Key.CONTACT: Rate(10, 3600)},
)
# Four last digits are ten thousand tries. By number and place together: who tries the number of somebody else locks
# out their own place and not the owner's.
OPEN_OWN = Policy(
    "information.open-own", {Key.CONTACT: Rate(6, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True
)
# All places together: two hundred of ten thousand a day, so that many places find them no sooner than one did.
OPEN_OWN_ALL = Policy("information.open-own-all", {Key.CONTACT: Rate(200, 86400)}, is_strict=True)
# The link of somebody an answer would touch: its secret cannot be guessed, so nobody else's tries may count for it.
THIRD = Policy("information.third", {Key.ADDRESS: Rate(300, 3600)})
CLAIM = Policy(
    "information.claim", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True
)
# Words are looked for letter by letter among all that was given.
SEARCH = Policy("information.search", {Key.ADDRESS: Rate(600, 3600)})
SAY = Policy("information.say", {Key.CONTACT: Rate(20, 3600), Key.ADDRESS: Rate(300, 3600)})
