"""The request as every door sees it: Django's, with the actor that the site's middleware puts there."""

from django.http import HttpRequest

from sala.core.actors import Actor


class Request(HttpRequest):
    """A request whose `actor` is known; used as a type, made by Django."""

    actor: Actor
