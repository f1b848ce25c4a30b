"""How often each door of complaints may be used: wide for a village behind one address, sharp for one person."""

from sala.commons.identity.limits import Key, Policy, Rate

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
OPEN_OWN = Policy(
    "complaint.open-own", {Key.CONTACT: Rate(10, 3600), Key.ADDRESS: Rate(60, 3600)}, is_strict=True
)
# The very same long text from one address: the third within the hour waits for a moderator, none is refused.
SAME_WORDS = Policy("complaint.same-words", {Key.CONTACT: Rate(5, 3600)})
