"""Settings for the type checker alone: the real ones, with the worthless keys of the tests."""

import os

from sala.site.pytest_plugin import ENVIRONMENT

for _name, _value in ENVIRONMENT.items():
    os.environ.setdefault(_name, _value)

from sala.site.settings import *  # noqa: E402, F403  # the keys must be there first
