"""The least a Django site can be: one view, one insert, no middleware. Served by `bare.py` to measure beside."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from sala.platform.database import django_database

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": django_database(os.environ["DATABASE_URL"])},
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
)
django.setup()


class Told(models.Model):
    """A text that somebody told."""

    text = models.TextField()

    class Meta:
        app_label = "bench"
        db_table = "bench_bare"

    def __str__(self) -> str:
        return self.text


def tell(request: HttpRequest) -> HttpResponse:
    """Keep a text; the answer is its number."""
    answer = JsonResponse({"id": Told.objects.create(text=request.POST["description"]).pk}, status=201)
    answer["Content-Length"] = str(
        len(answer.content)
    )  # no middleware says it, and our own client reads no chunks
    return answer


def is_up(request: HttpRequest) -> HttpResponse:
    """For whoever waits until it answers."""
    return HttpResponse("ok")


urlpatterns = [path("told", tell), path("healthz", is_up)]
application = get_wsgi_application()
