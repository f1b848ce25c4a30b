"""Who looks at which page of moderation."""

from tests.journeys.visit import Visit, Visits

VISITS = Visits(citizens=(Visit("moderation:rules"),))
