"""The wired site: settings, root URLs, base templates, command line, subscriptions."""
