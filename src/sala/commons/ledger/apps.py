"""Django's name for this box."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The public ledger: append-only entries in commit order, a Merkle tree over them, signed checkpoints."""

    name = "sala.commons.ledger"
    label = "ledger"
