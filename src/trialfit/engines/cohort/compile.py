"""Criteria as one Ibis expression over the tables of a population."""

from collections.abc import Mapping
from datetime import date
from functools import reduce

import ibis
from ibis import Table, Value

from trialfit.criteria.finding import Reason
from trialfit.criteria.nodes import Leaf, Node
from trialfit.criteria.parts import Anchor
from trialfit.criteria.walk import parts_of, walk, without_text
from trialfit.engines.case import Case, DefaultLimit
from trialfit.engines.cohort.asked import asked, concepts_of, described, descriptions
from trialfit.engines.cohort.coverage import Needed, covered
from trialfit.engines.cohort.days import CODES, F, U
from trialfit.engines.cohort.facts import PAIR, outcome_of, outcomes
from trialfit.engines.cohort.logic import BITS, Known, known_of
from trialfit.engines.cohort.people import people_of, truth_of
from trialfit.engines.cohort.questions import OfFacts, OfNobody, OfPerson, Question, question_of
from trialfit.engines.cohort.tables import COLUMNS, EventTable
from trialfit.engines.vocabulary import Terminology
from trialfit.errors import UsageError
from trialfit.records.patient import Patient

NOBODY = Patient(person_id="")


def cohort(
    trees: Mapping[str, Node],
    tables: Mapping[str, Table],
    index_date: date | str,
    terminology: Terminology,
    *,
    anchors: Mapping[Anchor, date] | None = None,
    default_limit: DefaultLimit | None = None,
    reasons: bool = False,
) -> Table:
    """The truth of each criterion for each person: an Ibis table that its engine works out when it is read.

    One row for each person, in no order: `person_id`, and for each tree a column of its name with `true`, `false` or
    `unknown` (the words of Truth). With `reasons`, also a column `NAME missing` for each: a whole number that
    `reasons_of` reads, 0 where it is decided.

    tables: by name, those of COLUMNS, of one Ibis connection. index_date: one for all, or the name of a date column of
    `person`; who has none there is left out. anchors, default_limit: as for `trialfit.engines.in_memory.evaluate`,
    whose meaning this has. While the expression is built, the distinct descriptions of facts (codes, units, words) are
    read; each table of facts then is gone through once, however many trees there are.

    UsageError where two names differ in nothing but case, one is `person_id`, a table is missing, or anchors are given
    with index dates that differ between people.
    """
    _check(trees, tables, index_date, anchors)
    people, common = people_of(tables["person"], index_date)
    case = Case(NOBODY, common, terminology, anchors or {}, default_limit)
    nodes = dict.fromkeys(without_text(node) for tree in trees.values() for _, node in walk(tree) if not parts_of(node))
    questions: dict[Node, Question] = {leaf: question_of(leaf, case) for leaf in nodes if isinstance(leaf, Leaf)}
    columns = {leaf: f"question {number}" for number, leaf in enumerate(questions)}
    wide = _with_coverage(_with_outcomes(people, questions, columns, tables, case), people, questions, tables)
    settled = _settled(wide, people, questions, columns)
    known = {leaf: _known(question, columns[leaf], settled) for leaf, question in questions.items()}
    found = {name: known_of(tree, known) for name, tree in trees.items()}
    words = [(code, truth.value) for truth, code in CODES.items()]
    return settled.select(
        "person_id",
        **{name: each.truth.cases(*words) for name, each in found.items()},
        **({f"{name} missing": each.reasons for name, each in found.items()} if reasons else {}),
    )


def _with_outcomes(
    people: Table,
    questions: Mapping[Node, Question],
    columns: Mapping[Node, str],
    tables: Mapping[str, Table],
    case: Case,
) -> Table:
    """People, with a column for each question of facts that holds its outcome: null where no fact bears on it."""
    mine: dict[EventTable, dict[int, OfFacts]] = {}
    for number, question in enumerate(questions.values()):
        if isinstance(question, OfFacts):
            mine.setdefault(question.table, {})[number] = question
    if not mine:
        return people
    facts = {table: described(table, tables[table.name]) for table in mine}
    said = {table: descriptions(table, facts[table]) for table in mine}
    concepts = concepts_of(said, tables["concept"])
    parts = [
        outcomes(table, facts[table], asked(table, mine[table], said[table], concepts, case), people, case.index)
        for table in mine
    ]
    found = reduce(Table.union, parts)
    outcome_columns = {
        column: found.outcome.max(where=found.question == number)
        for number, (leaf, column) in enumerate(columns.items())
        if isinstance(questions[leaf], OfFacts)
    }
    by_person = found.group_by("person_id").aggregate(**outcome_columns)
    return people.left_join(by_person, "person_id").drop("person_id_right")


def _with_coverage(
    wide: Table, people: Table, questions: Mapping[Node, Question], tables: Mapping[str, Table]
) -> Table:
    """The same, with a column for each thing of which the record must be complete: 1 where it is."""
    needed = dict.fromkeys(each for question in questions.values() if (each := _needed(question)) is not None)
    if not needed:
        return wide
    names = {each: _coverage_column(each) for each in needed}
    return wide.left_join(covered(tables["coverage"], people, names), "person_id").drop("person_id_right")


def _needed(question: Question) -> Needed | None:
    if not isinstance(question, OfFacts) or question.domain is None:
        return None
    return Needed(question.domain, question.days.wide_low, question.days.wide_high)


def _coverage_column(needed: Needed) -> str:
    return f"complete {needed.domain} {needed.wide_low} {needed.wide_high}"


def _settled(wide: Table, people: Table, questions: Mapping[Node, Question], columns: Mapping[Node, str]) -> Table:
    """People, with a column for the truth of each question that is not the same of everybody.

    Beside it is one for the reason why it is unknown, where that is not always the same.

    The join with people is there so that Ibis does not write the whole of a leaf wherever a criterion has it.
    """
    truths, reasons = {}, {}
    for leaf, question in questions.items():
        column = columns[leaf]
        match question:
            case OfPerson(leaf=of_person):
                truths[column] = truth_of(of_person, wide)
            case OfFacts():
                truths[column] = _of_facts(question, column, wide)
                if question.unasked is Reason.JUDGEMENT:
                    recorded = ibis.literal(BITS[Reason.NOT_RECORDED])
                    reasons[_reason_column(column)] = wide[column].isnull().ifelse(BITS[Reason.JUDGEMENT], recorded)
            case OfNobody():
                pass
    cells = wide.select(wide.person_id, **truths, **reasons)
    return people.select("person_id").join(cells, "person_id")


def _of_facts(question: OfFacts, column: str, wide: Table) -> Value:
    outcome = wide[column].fill_null(outcome_of(question.complete, question.silent))
    truth = outcome % PAIR
    if (needed := _needed(question)) is not None:
        truth = (wide[_coverage_column(needed)] == 1).ifelse(outcome // PAIR, truth)
    return (wide.sex == "male").ifelse(F, truth) if question.not_of_men else truth


def _reason_column(column: str) -> str:
    return f"{column} missing"


def _known(question: Question, column: str, settled: Table) -> Known:
    """What is known of a leaf."""
    match question:
        case OfNobody(truth=truth, reason=reason):
            return Known(ibis.literal(CODES[truth]), ibis.literal(0 if reason is None else BITS[reason]))
        case OfFacts(unasked=Reason.JUDGEMENT):
            return _because(settled[column], settled[_reason_column(column)])
        case OfPerson() | OfFacts():
            return _because(settled[column], ibis.literal(BITS[Reason.NOT_RECORDED]))


def _because(truth: Value, reason: Value) -> Known:
    return Known(truth, (truth == U).ifelse(reason, 0))


def _check(
    trees: Mapping[str, Node],
    tables: Mapping[str, Table],
    index_date: date | str,
    anchors: Mapping[Anchor, date] | None,
) -> None:
    """UsageError where `cohort` is asked for what it cannot do."""
    names = [name.casefold() for tree in trees for name in (tree, f"{tree} missing")]
    if len({"person_id", *names}) <= len(names):
        raise UsageError("two columns would have one name", "Name each criterion otherwise, and none `person_id`.")
    if missing := sorted(COLUMNS.keys() - tables.keys()):
        raise UsageError(f"the population has no table {', '.join(missing)}", "Give every table, empty where it is.")
    if anchors and isinstance(index_date, str):
        raise UsageError("a known day is the same for everybody, the index date is not", "Give anchors with one date.")
