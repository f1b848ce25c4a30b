"""How often each door of complaints may be used: wide for a village behind one address, sharp for one person."""

from sala.platform.limits import Key, Policy, Rate

# Staff taking calls are not counted here: their doors need a role.
FILE = Policy(
    "complaint.file", {Key.ADDRESS: Rate(120, 3600), Key.PERSON: Rate(20, 3600), Key.CONTACT: Rate(10, 3600)}
)
# Another system sends for a whole city from one address, each under its own key; keys are not to be guessed.
POST_OPEN311 = Policy("open311.post", {Key.CONTACT: Rate(1200, 3600), Key.ADDRESS: Rate(2400, 3600)})
WRONG_KEY = Policy("open311.wrong-key", {Key.ADDRESS: Rate(30, 3600)}, is_strict=True)
ATTACH = Policy("complaint.attach", {Key.ADDRESS: Rate(300, 3600)})
JOIN = Policy("complaint.join", {Key.ADDRESS: Rate(120, 3600), Key.PERSON: Rate(60, 3600)})
# Four last digits are ten thousand tries: ten an hour for one complaint, from wherever (weeks, on average).
# By number and place together: who tries the number of somebody else locks out their own place and not the owner's.
OPEN_OWN = Policy(
    "complaint.open-own", {Key.CONTACT: Rate(6, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True
)
# All places together: two hundred of ten thousand a day, so that many places find them no sooner than one did.
OPEN_OWN_ALL = Policy("complaint.open-own-all", {Key.CONTACT: Rate(200, 86400)}, is_strict=True)
CLAIM = Policy("complaint.claim", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True)
# The last page before sending computes office, date and covered words anew each time.
FORESEE = Policy("complaint.foresee", {Key.ADDRESS: Rate(600, 3600)})
