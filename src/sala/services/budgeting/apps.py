"""Django's name for this box."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Budgeting: budgets as events, from the request to the payment."""

    name = "sala.services.budgeting"
    label = "budgeting"
