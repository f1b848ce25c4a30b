"""The questions a person is asked, one page each: headings, hints, and what is said before a mistake."""

from django.utils.translation import gettext_lazy

# name of the page -> (question, hint)
QUESTIONS = {
    "what": (
        gettext_lazy("What would you like to know?"),
        gettext_lazy(
            "Describe it as you would to a neighbour: what it is about, which place, which years. You need not say why "
            "you want it, and you need not know what the paper is called."
        ),
    ),
    "wish": (
        gettext_lazy("Is it about you yourself?"),
        gettext_lazy("For that, other rules apply and nobody else sees it."),
    ),
    "similar": (
        gettext_lazy("Has somebody asked this before?"),
        gettext_lazy("These were answered already. If yours is among them, you need not wait."),
    ),
    "agency": (
        gettext_lazy("Which office has it?"),
        gettext_lazy(
            "Choose, or take the one we propose by your words. If it is the wrong one, they send it on."
        ),
    ),
    "where": (
        gettext_lazy("Where may it be found?"),
        gettext_lazy(
            "A date, a number, a project, a desk that told you so: whatever helps to find it. May stay empty."
        ),
    ),
    "form": (
        gettext_lazy("How would you like to have it?"),
        gettext_lazy("A file costs nothing. For copies on paper an office may ask a small fee."),
    ),
    "open": (
        gettext_lazy("May others read the request and the answer?"),
        gettext_lazy(
            "Then the next person finds the answer and need not ask. Names and numbers are covered."
        ),
    ),
    "contact": (
        gettext_lazy("How can the office reach you?"),
        gettext_lazy("All of it may stay empty; then you follow it by its number and your own link."),
    ),
}
