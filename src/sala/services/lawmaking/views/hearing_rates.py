"""How often one may speak in hearings: wide for a village behind one address, sharp for one person."""

from sala.platform.limits import Key, Policy, Rate

SPEAK = Policy("hearing.speak", {Key.ADDRESS: Rate(300, 3600), Key.PERSON: Rate(60, 3600)})
