"""Planted bugs of the engine for populations, beside those it shares with the reference engine (mutants.py).

By the file of the spec that kills them: a part of the spec is quicker to ask than the whole.
"""

from tests.generative.mutants import Mutant

from trialfit.engines.cohort import answers, asked, compile, coverage, days, facts, logic, people, pieces, questions

COHORT_MUTANTS: dict[str, list[Mutant]] = {
    "1-logic": [
        Mutant(logic._group, "truth == U", "truth == F"),
        Mutant(logic._at_least, "possible < count", "possible <= count"),
    ],
    "2-person": [
        Mutant(people._completed, "day.day() < birth.day()", "day.day() <= birth.day()"),
        Mutant(people._age, "people.birth_latest, people.index_day", "people.birth_latest, people.birth_earliest"),
    ],
    "3-conditions": [
        Mutant(answers._of_condition, "None if clinical.is_described(fact) else", "None if False else"),
        Mutant(coverage._stretches, "before + 1", "before"),
        Mutant(coverage.covered, "ibis.greatest(stretches.birth, each.wide_low)", "each.wide_low"),
        Mutant(days.course, "facts.goes_on == IS_OVER", "facts.goes_on == GOES_ON"),
        Mutant(days.rules_out, "facts.wide_high <= high", "facts.wide_low <= high"),
        Mutant(facts._happened, "& ~found.denied, outcome", ", outcome"),
        Mutant(facts._highest, "fill_null(HIGHEST_GRADE)", "fill_null(1)"),
        Mutant(questions._of_harms, "Interval(0, HIGHEST_GRADE)", "Interval(0, 0)"),
        Mutant(compile._of_facts, "outcome // PAIR, truth", "truth, truth"),
    ],
    "4-treatments": [
        Mutant(answers._of_treatment, "memory[key], silent=UNKNOWN", "memory[key]"),
        Mutant(asked._row, '"timed": getattr(fact, "status", None) != "planned"', '"timed": True'),
        Mutant(facts._happened, "line.nunique(", "line.count("),
    ],
    "5-windows": [
        Mutant(days.course, "ibis.greatest(start_low, end_low)", "end_low"),
        Mutant(days.in_window, "last_low >= facts.narrow_low", "last_low > facts.narrow_low"),
        Mutant(days.in_window, "first_low > facts.wide_high", "first_low >= facts.wide_high"),
    ],
    "6-values": [
        Mutant(facts._by_number, "number < facts.low_cut", "number <= facts.low_cut"),
        Mutant(facts._latest, "(dated.last >= dated.sure)", "(dated.last >= dated.first)"),
        Mutant(facts._latest, "(found.least == found.most)", "(found.least <= found.most)"),
        Mutant(
            pieces._step, "return _Step(before, _at_place(high), after)", "return _Step(before, _at_place(low), after)"
        ),
    ],
}
