"""The table that facts are joined with: for each question and each description of facts, what they are to it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow
from ibis import Table

from trialfit.criteria.nodes import Measurement
from trialfit.engines import clinical
from trialfit.engines.case import Case
from trialfit.engines.cohort.answers import SEXES, Answer, Memory, answer
from trialfit.engines.cohort.days import CODES, GOES_ON, IS_OVER, NOT_SAID, days_columns
from trialfit.engines.cohort.loading import SCHEMAS, Row
from trialfit.engines.cohort.questions import OfFacts
from trialfit.engines.cohort.tables import NO_CONCEPT, Codings, EventTable, Kind, field_of
from trialfit.records.coding import Coding
from trialfit.records.events import ConditionOccurrence, DrugExposure, Event

LIMITS = {sex: f"limit_{sex or 'unknown'}" for sex in SEXES}

_ASKED = (
    ("question", pyarrow.int32()),
    ("truth", pyarrow.int8()),
    ("below", pyarrow.int8()),
    ("low_cut", pyarrow.float64()),
    ("between", pyarrow.int8()),
    ("high_cut", pyarrow.float64()),
    ("above", pyarrow.int8()),
    ("silent", pyarrow.int8()),
    ("ignored", pyarrow.bool_()),
    ("denies", pyarrow.bool_()),
    ("of_limit", pyarrow.int8()),
    *((name, pyarrow.float64()) for name in LIMITS.values()),
    ("goes_on", pyarrow.int8()),
    ("over", pyarrow.bool_()),
    ("timed", pyarrow.bool_()),
    *((name, pyarrow.int32()) for name in ("wide_low", "narrow_low", "narrow_high", "wide_high")),
    ("relation", pyarrow.int8()),
    ("counts", pyarrow.bool_()),
    ("first_cut", pyarrow.float64()),
    ("last_cut", pyarrow.float64()),
)
_ABSENT: Mapping[Kind, object] = {"thing": NO_CONCEPT, "text": "␀", "words": "", "flag": False}
"""What stands for null where facts are described; of text something that is no text of a record."""

OF_LIMIT = {None: 0, "LLN": 1, "ULN": 2}


def described(table: EventTable, facts: Table) -> Table:
    """The facts with no null among the columns that describe them, so that they can be joined by those."""
    return facts.mutate(
        **{column.name: facts[column.name].fill_null(_ABSENT[column.kind]) for column in table.described_by}
    )


def descriptions(table: EventTable, facts: Table) -> list[Row]:
    """The descriptions that there are, which are few beside the facts: nothing about a person."""
    found: list[Row] = facts.select([column.name for column in table.described_by]).distinct().to_pyarrow().to_pylist()
    return found


def asked(
    table: EventTable,
    questions: Mapping[int, OfFacts],
    found: Sequence[Row],
    concepts: Mapping[int, Codings],
    case: Case,
) -> Table:
    """The questions to one table, with what each description of its facts is to them.

    found: the descriptions; concepts: the codings that they name, by concept_id.
    """
    names = [column.name for column in table.described_by]
    rows = []
    for number, question in questions.items():
        memory: Memory = {}
        for description in found:
            fact = _fact(table, description, concepts)
            if (said := answer(question, fact, case, memory)) is not None:
                rows.append(description | _row(number, question, fact, said))
    schema = pyarrow.schema(
        [*(SCHEMAS[table.name].field(name) for name in names), *(pyarrow.field(*each) for each in _ASKED)]
    )
    return ibis.memtable(pyarrow.Table.from_pylist(rows, schema=schema))


def concepts_of(found: Mapping[EventTable, Sequence[Row]], concept: Table) -> dict[int, Codings]:
    """The codings that the descriptions of all tables name, by concept_id."""
    things = [
        (rows, column.name) for table, rows in found.items() for column in table.described_by if column.kind == "thing"
    ]
    wanted = sorted({row[name] for rows, name in things for row in rows} - {NO_CONCEPT})
    ids = ibis.memtable(pyarrow.table({"concept_id": pyarrow.array(wanted, pyarrow.int64())}))
    codings: dict[int, list[Coding]] = defaultdict(list)
    for row in sorted(concept.semi_join(ids, "concept_id").to_pyarrow().to_pylist(), key=lambda row: row["position"]):
        codings[row["concept_id"]].append(Coding(row["concept_name"] or "", row["concept_code"], row["vocabulary_id"]))
    return {concept_id: tuple(each) for concept_id, each in codings.items()}


def _fact(table: EventTable, description: Row, concepts: Mapping[int, Codings]) -> Event:
    """A fact that is so described, without dates and numbers. What is null is as where a record leaves it out."""
    parts: dict[str, Any] = {"codings": ()}
    for column in table.described_by:
        value = description[column.name]
        if value == _ABSENT[column.kind]:
            continue
        match column.kind:
            case "thing":
                value = concepts.get(value, ())
            case "words":
                value = tuple(value.split())
            case _:
                pass
        parts[field_of(column)] = value
    return table.struct(**parts)


def _row(number: int, question: OfFacts, fact: Event, said: Answer) -> Row:
    leaf = question.leaf
    said_to_go_on = clinical.goes_on(fact) if isinstance(fact, ConditionOccurrence | DrugExposure) else None
    first_cut, last_cut = question.cuts or (0.0, 0.0)
    return {
        "question": number,
        "truth": CODES[said.truth],
        "below": CODES[said.pieces.below],
        "low_cut": said.pieces.low_cut,
        "between": CODES[said.pieces.between],
        "high_cut": said.pieces.high_cut,
        "above": CODES[said.pieces.above],
        "silent": CODES[said.silent],
        "ignored": said.ignored,
        "denies": said.denies,
        "of_limit": OF_LIMIT[leaf.of_limit] if isinstance(leaf, Measurement) else 0,
        **dict(zip(LIMITS.values(), said.limits, strict=True)),
        "goes_on": {None: NOT_SAID, False: IS_OVER, True: GOES_ON}[said_to_go_on],
        "over": question.over,
        "timed": getattr(fact, "status", None) != "planned",
        **days_columns(question.days),
        "counts": question.cuts is not None,
        "first_cut": first_cut,
        "last_cut": last_cut,
    }
