"""One pass over a table of facts: every question that is asked of it, answered for every person.

The facts are joined with what their descriptions are to the questions, once; each is then judged by its days and its
number, and the judged facts of a person are taken together. Names of columns are those of `asked`.
"""

import ibis
from ibis import Table, Value

from trialfit.criteria.truth import Truth
from trialfit.engines.clinical import HIGHEST_GRADE
from trialfit.engines.cohort.asked import LIMITS, OF_LIMIT
from trialfit.engines.cohort.days import CODES, F, T, U, course, in_window, moment, on_day, rules_out
from trialfit.engines.cohort.questions import NO_END
from trialfit.engines.cohort.tables import EventTable

PAIR = 4
"""An outcome is PAIR x the truth where the record is complete for the days + the truth where it is not."""

LASTING = {"condition_occurrence", "drug_exposure", "allergy", "adverse_event"}
OF_VALUES = {"measurement", "observation", "biomarker"}


def outcome_of(complete: Truth, silent: Truth) -> int:
    """The outcome of two truths."""
    return PAIR * CODES[complete] + CODES[silent]


def outcomes(table: EventTable, facts: Table, asked: Table, people: Table, index: int) -> Table:
    """One row for each person and question that a fact of theirs bears on, with the outcome."""
    judged = _judged(table, facts, asked, people, index)
    if table.name in OF_VALUES:
        return _latest(judged)
    if table.name == "adverse_event":
        return _highest(judged)
    return _happened(judged, counted=table.name == "drug_exposure")


def _judged(table: EventTable, facts: Table, asked: Table, people: Table, index: int) -> Table:
    """One row for each fact and question that it bears on.

    held: what the fact is apart from its days; when: whether its days are those asked for; first, last: the days
    between which it began; denied: it rules the thing out.
    """
    joined = facts.join(asked, [column.name for column in table.described_by]).join(people, "person_id")
    number = ibis.null("float64") if table.number is None else joined[table.number]
    joined = joined.mutate(number=number)
    joined = joined.filter(~joined.ignored | joined.number.notnull())
    lasted = (course if table.name in LASTING else moment)(joined, index)
    over = joined.over.ifelse(T - on_day(lasted, index), T)
    return joined.select(
        "person_id",
        "question",
        held=ibis.least(joined.truth, _by_number(table, joined)),
        when=joined.timed.ifelse(ibis.least(over, in_window(lasted, joined)), T),
        first=lasted.start_low,
        last=lasted.start_high,
        denied=(joined.denies & rules_out(joined, index) & (joined.number.fill_null(0) == 0)).cast("int8"),
        line=joined.line if "line" in joined.columns else ibis.null("int32"),
        grade=joined.grade if "grade" in joined.columns else ibis.null("int32"),
        counts=joined.counts,
        first_cut=joined.first_cut,
        last_cut=joined.last_cut,
    )


def _by_number(table: EventTable, facts: Table) -> Value:
    """The truth by the fact's number: a value, a multiple of the limit of normal, or a dose."""
    number = facts.number
    if table.name == "measurement":
        stated = facts.sex.cases(
            *((sex, facts[name]) for sex, name in LIMITS.items() if sex is not None), else_=facts[LIMITS[None]]
        )
        limit = facts.of_limit.cases(
            (OF_LIMIT["LLN"], facts.range_low.fill_null(stated)),
            (OF_LIMIT["ULN"], facts.range_high.fill_null(stated)),
            else_=1.0,
        )
        number = number / ibis.greatest(limit, 0.0).nullif(0.0)
    return ibis.cases(
        (number.isnull(), facts.silent),
        (number < facts.low_cut, facts.below),
        (number < facts.high_cut, facts.between),
        else_=facts.above,
    )


def _happened(judged: Table, *, counted: bool) -> Table:
    """Whether any of the facts is what is asked for; where lines are asked for, how many are."""
    judged = judged.mutate(truth=ibis.least(judged.held, judged.when))
    matches = judged.truth == T
    found = judged.group_by("person_id", "question").aggregate(
        most=judged.truth.max(),
        denied=judged.denied.max() == 1,
        counts=judged.counts.max(),
        lines=judged.line.nunique(where=matches) if counted else ibis.literal(0),
        uncertain=((judged.truth == U) | (matches & judged.line.isnull())).cast("int8").max() == 1,
        first_cut=judged.first_cut.max(),
        last_cut=judged.last_cut.max(),
    )
    whether = ibis.cases(
        ((found.most == T) & ~found.denied, outcome_of(Truth.TRUE, Truth.TRUE)),
        (found.most != F, outcome_of(Truth.UNKNOWN, Truth.UNKNOWN)),
        (found.denied, outcome_of(Truth.FALSE, Truth.FALSE)),
        else_=outcome_of(Truth.FALSE, Truth.UNKNOWN),
    )
    if not counted:
        return found.select("person_id", "question", outcome=whether.cast("int8"))
    least = ibis.greatest(found.lines, (found.most == T).ifelse(1, 0))
    exactly, at_least = _within(least, least, found), _within(least, NO_END, found)
    how_many = PAIR * found.uncertain.ifelse(at_least, exactly) + (found.denied & ~found.uncertain).ifelse(
        exactly, at_least
    )
    return found.select("person_id", "question", outcome=found.counts.ifelse(how_many, whether).cast("int8"))


def _highest(judged: Table) -> Table:
    """Whether the highest grade of the harms that count is one of those asked for."""
    judged = judged.mutate(truth=ibis.least(judged.held, judged.when))
    found = judged.group_by("person_id", "question").aggregate(
        low=judged.grade.fill_null(1).max(where=judged.truth == T).fill_null(0),
        high=judged.grade.fill_null(HIGHEST_GRADE).max(where=judged.truth != F).fill_null(0),
        first_cut=judged.first_cut.max(),
        last_cut=judged.last_cut.max(),
    )
    complete, silent = _within(found.low, found.high, found), _within(found.low, HIGHEST_GRADE, found)
    return found.select("person_id", "question", outcome=(PAIR * complete + silent).cast("int8"))


def _latest(judged: Table) -> Table:
    """What the facts say that may be the latest, where they agree."""
    certain = ibis.cases((judged.when == T, judged.first))
    dated = judged.mutate(sure=certain.max().over(group_by=["person_id", "question"]))
    newest = (dated.when != F) & (dated.last >= dated.sure)
    found = dated.group_by("person_id", "question").aggregate(
        least=dated.held.min(where=newest), most=dated.held.max(where=newest)
    )
    truth = (found.least == found.most).ifelse(found.least, U).fill_null(U)
    return found.select("person_id", "question", outcome=(PAIR * truth + truth).cast("int8"))


def _within(low: Value, high: Value | float, found: Table) -> Value:
    """Whether a number that lies from low to high is one of those wanted."""
    return ibis.cases(
        ((low >= found.first_cut) & (high < found.last_cut), T),
        ((high < found.first_cut) | (low >= found.last_cut), F),
        else_=U,
    )
