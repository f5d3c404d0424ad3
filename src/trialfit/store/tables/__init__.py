"""The tables of the store, in the order of the documentation."""

from trialfit.store.tables.column import Table
from trialfit.store.tables.criteria import CRITERIA_TABLES
from trialfit.store.tables.ledger import LEDGER_TABLES
from trialfit.store.tables.protocol import PROTOCOL_TABLES
from trialfit.store.tables.results import RESULTS_TABLES
from trialfit.store.tables.trial import TRIALS

ALL_TABLES: tuple[Table, ...] = (TRIALS, *PROTOCOL_TABLES, *CRITERIA_TABLES, *RESULTS_TABLES, *LEDGER_TABLES)
