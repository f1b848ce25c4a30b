"""What budgeting tells the site of itself."""

from django.utils.translation import gettext_lazy

from sala.core.columns import Column
from sala.core.columns import Kind as ColumnKind
from sala.platform.registration import Box, Door, Importer, Way
from sala.services.budgeting import actions, words
from sala.services.budgeting.rules.rows import LEVELS
from sala.services.budgeting.tables import BUDGET_LINES

BOX = Box(
    package="sala.services.budgeting",
    kinds=(),
    addresses=(("budget/", "sala.services.budgeting.urls"),),
    machine_addresses=(),
    routers=(),
    refuse_programs={},
    door=Door(
        key="budget",
        url_name="budget:start",
        name=gettext_lazy("Budget"),
        title=gettext_lazy("See where each baht goes"),
        line=gettext_lazy("From the request to the payment, line by line, with its papers."),
        ways=(
            Way(
                "budget",
                gettext_lazy("Look into the budget"),
                gettext_lazy("Who gets how much, and what was paid of it"),
                "budget:start",
            ),
        ),
    ),
    refusals=words.REFUSALS,
    event_words={"budgeting.budget_loaded": gettext_lazy("Figures of a budget came in")},
    purposes=(),
    consents={},
    held=(),
    held_names={},
    held_codes={},
    work_places=None,
    figures_of=None,
    front=None,
    topic_name=None,
    tables=(BUDGET_LINES,),
    imports=(
        Importer(
            name="budget",
            title=gettext_lazy("Budgets"),
            line="A budget's events by a mapping file: ministry, agency, plan, output … amount, stage, day, document.",
            columns=(
                Column(name="amount", is_needed=True),
                *(Column(name=name, is_needed=name == LEVELS[0]) for name in LEVELS),
                *(Column(name=name, kind=ColumnKind.ID) for name in ("fiscal_year", "money_year")),
                *(Column(name=name, kind=ColumnKind.ID) for name in ("doubtful", "page_from", "page_to")),
                Column(name="holds_on", kind=ColumnKind.DAY),
                *(Column(name=name) for name in ("stage", "kind", "actor", "document", "note")),
            ),
            options=actions.OPTIONS,
            take=actions.import_budget,
            needs_mapping=True,
            mapping_folder="sala.services.budgeting:data/mappings",
            # What was wrong is put right by a table that is right: it adds the differences, and both stay to be seen.
            take_back=None,
            samples=(("thai-budget-fy2565/*.csv.gz", "fy2565"),),
        ),
    ),
    metrics=None,
    preparations=(),
    demonstration="sala.services.budgeting.demonstration",
    help_template="",
)
