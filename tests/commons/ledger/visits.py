"""Who looks at which page of ledger, and which addresses have no page."""

from tests.journeys.visit import A_FILE, FOR_MACHINES, Visit, Visits

VISITS = Visits(
    citizens=(
        Visit("ledger:home"),
        Visit("ledger:entry"),
    ),
    no_page={
        "ledger_checkpoint": FOR_MACHINES,
        "ledger_key": FOR_MACHINES,
        "ledger_bundle": FOR_MACHINES,
        "ledger_tile": FOR_MACHINES,
        "ledger_entry_file": A_FILE,
        "ledger_proof_file": A_FILE,
    },
)
