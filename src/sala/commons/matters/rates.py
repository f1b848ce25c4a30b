"""How often letters may be asked for: nobody may have a stranger flooded with them."""

from sala.commons.identity.limits import Key, Policy, Rate

ASK_BY_LETTER = Policy("follow.letter", {Key.CONTACT: Rate(5, 86_400), Key.ADDRESS: Rate(60, 3600)})
