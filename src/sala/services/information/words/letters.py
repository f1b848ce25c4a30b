"""The letter to somebody an answer would touch: on paper, so it must stand alone for who never heard of this site."""

from django.utils.translation import gettext_lazy

# Subject and paragraph; values: reference, agency, day. Never who asked, never their words.
THIRD_PARTY = (
    gettext_lazy("Somebody asks for information that concerns you (%(reference)s)"),
    gettext_lazy(
        "%(agency)s has been asked for information that may concern you. By law you may object until %(day)s. "
        "If you agree or do not answer, the office decides without you. Who asked is not told to you, "
        "nor you to them."
    ),
)
