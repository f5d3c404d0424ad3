"""How similar studies did, beginning with this one: posted numbers only, each with its group and its trial id."""

from trialfit.evidence.posted import PostedEffect
from trialfit.pages.citing import method, name, quote, say, silent, stated
from trialfit.pages.subject import IDENTIFICATION, RESULTS, Subject
from trialfit.pages.view import Block, Disclosure, Name, Paragraph, Part, Quote, Sentence, Source, Table
from trialfit.pages.wording import RESULT_PARAM, code_words
from trialfit.records.results import Analysis, OutcomeMeasure

ID = "results"
HEADING = "What was found, here and in similar trials"
MOST_ROWS = 24
_MEASURES = f"{RESULTS}.outcomeMeasuresModule.outcomeMeasures"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Posted main results of this trial, then of similar ones; or that none are posted."""
    return (*_here(subject), *_similar(subject))


def _similar(subject: Subject) -> tuple[Block, ...]:
    """One row a similar trial: its title, what was measured, the effect with its interval, and how many people."""
    rule = method("similar-trials")
    if not subject.similar:
        return (Paragraph((say("We found no posted ratio of a similar trial in this collection.", by=rule),)),)
    lead = say("Similar trials in this collection posted these main results:", by=rule)
    caution = say("They differ in people and treatments, so do not compare their numbers with each other.", by=rule)
    rows = tuple(_similar_row(effect) for effect in subject.similar)
    columns = ("Trial", "Measured", "Effect", "People")
    return (Paragraph((lead, caution)), Table("Main results of similar trials, as posted", columns, rows))


def _similar_row(effect: PostedEffect) -> tuple[Sentence | None, ...]:
    path = f"{_MEASURES}[{effect.outcome}].analyses[{effect.analysis}]"

    def there(field: str, words: object) -> Source:
        return Source(field, stated(field, words).words, record=effect.nct_id)

    title: tuple[Part, ...] = (" – ", name(effect.title, 120)) if effect.title else ()
    head = say(Name(effect.nct_id), *title, by=there(f"{IDENTIFICATION}.nctId", effect.nct_id))
    measured = None
    if effect.measure and effect.measure.strip():
        measured = say(
            Quote(name(effect.measure, 160).text), by=there(f"{_MEASURES}[{effect.outcome}].title", effect.measure)
        )
    level = f"{effect.level}% " if effect.level else ""
    numbers = f" {effect.value} ({level}interval {effect.low} to {effect.high})"
    found = say(
        name(effect.kind),
        numbers,
        by=[
            there(f"{path}.paramType", effect.kind),
            there(f"{path}.paramValue", effect.value),
            there(f"{path}.ciLowerLimit", effect.low),
            there(f"{path}.ciUpperLimit", effect.high),
        ],
    )
    people = None
    if effect.people is not None:
        people = say(f"{effect.people:,}", by=there("protocolSection.designModule.enrollmentInfo.count", effect.people))
    return head, measured, found, people


def _here(subject: Subject) -> tuple[Block, ...]:
    results = subject.trial.results
    measures = results.outcome_measures_module.outcome_measures if results and results.outcome_measures_module else ()
    here = stated(f"{IDENTIFICATION}.nctId", subject.trial.nct_id)
    if not measures:
        field = _MEASURES if results else RESULTS
        return (Paragraph((say("No results are posted in the record of this trial.", by=silent(field)),)),)
    primary = [n for n, measure in enumerate(measures) if measure.type == "PRIMARY"]
    lead = say(
        "These results of ",
        Name(subject.trial.nct_id),
        " are posted in its record.",
        by=[here, stated(_MEASURES, f"{len(measures)} entries")],
    )
    found: list[Block] = [Paragraph((lead,))]
    if not primary:
        found.append(
            Paragraph((say("None of them is a main result.", by=stated(_MEASURES, f"{len(measures)} entries")),))
        )
    for order, n in enumerate(primary):
        shown = tuple(_measure(measures[n], f"{_MEASURES}[{n}]"))
        if order < 2:
            found += shown
        else:
            found.append(Disclosure(f"Main result {order + 1}: {name(measures[n].title or '', 80).text}", shown))
    others = len(measures) - len(primary)
    if others and primary:
        more = "1 more result is" if others == 1 else f"{others} more results are"
        entries = stated(_MEASURES, f"{len(measures)} entries")
        found.append(Paragraph((say(f"{more} in the registry record.", by=entries),)))
    return tuple(found)


def _measure(measure: OutcomeMeasure, path: str) -> list[Block]:
    sentences: list[Sentence] = []
    title = quote(measure.title or "", f"{path}.title")
    if title:
        sentences.append(say("Main result: ", *title.parts, by=title.sources))
    if measure.time_frame and (when := quote(measure.time_frame, f"{path}.timeFrame")):
        sentences.append(say("When: ", *when.parts, by=when.sources))
    if measure.reporting_status == "NOT_POSTED":
        sentences.append(say("Its numbers are not posted yet.", by=stated(f"{path}.reportingStatus", "NOT_POSTED")))
        return [Paragraph(tuple(sentences))]
    found: list[Block] = [Paragraph(tuple(sentences))] if sentences else []
    table = _values(measure, path)
    if table is not None:
        found.append(table)
    analyses = [
        told
        for k, analysis in enumerate(measure.analyses)
        if (told := _analysis(measure, analysis, f"{path}.analyses[{k}]"))
    ]
    if analyses:
        found.append(Paragraph(tuple(analyses[:6])))
    return found


def _values(measure: OutcomeMeasure, path: str) -> Table | None:
    groups = measure.groups
    if not groups or len(groups) > 8:
        return None
    order = {group.id: n for n, group in enumerate(groups)}
    unit = name(measure.unit_of_measure).text if measure.unit_of_measure and measure.unit_of_measure.strip() else ""
    what = RESULT_PARAM.get(measure.param_type or "", code_words(measure.param_type or "value"))
    rows: list[tuple[Sentence | None, ...]] = []
    counts = _analysed(measure, path, order)
    if counts is not None:
        rows.append(counts)
    for c, block in enumerate(measure.classes):
        for k, category in enumerate(block.categories):
            cells: list[Sentence | None] = [None] * len(groups)
            for m, value in enumerate(category.measurements):
                column = order.get(value.group_id)
                words = _value_words(value.value, value.spread, value.lower_limit, value.upper_limit)
                if column is not None and words:
                    place = f"{path}.classes[{c}].categories[{k}].measurements[{m}]"
                    cells[column] = say(Quote(words), by=stated(f"{place}.value", value.value))
            if any(cells):
                rows.append((_row_head(measure, what, path, c, k), *cells))
    if not rows:
        return None
    caption = f"{what[0].upper()}{what[1:]}{f' ({unit})' if unit and unit.casefold() != what else ''} in each group"
    if measure.dispersion_type:
        caption += f"; in brackets: {_dispersion(measure.dispersion_type)}"
    return Table(
        caption, ("", *(name(group.title or group.id or "", 80).text for group in groups)), tuple(rows[:MOST_ROWS])
    )


def _row_head(measure: OutcomeMeasure, what: str, path: str, c: int, k: int) -> Sentence:
    """What a row is about: the titles of its class and category, else the kind of value."""
    titles: list[Part] = []
    sources = []
    block = measure.classes[c]
    for text, place in (
        (block.title, f"{path}.classes[{c}].title"),
        (block.categories[k].title, f"{path}.classes[{c}].categories[{k}].title"),
    ):
        if text and text.strip():
            titles += [", ", name(text)] if titles else [name(text)]
            sources.append(stated(place, text))
    if titles:
        return say(*titles, by=sources)
    kind = f"{path}.paramType"
    return say(what, by=stated(kind, measure.param_type) if measure.param_type else silent(kind))


def _analysed(measure: OutcomeMeasure, path: str, order: dict[str | None, int]) -> tuple[Sentence | None, ...] | None:
    if not measure.denoms:
        return None
    denom = measure.denoms[0]
    cells: list[Sentence | None] = [None] * len(order)
    for n, count in enumerate(denom.counts):
        column = order.get(count.group_id)
        if column is not None and count.value:
            cells[column] = say(count.value, by=stated(f"{path}.denoms[0].counts[{n}].value", count.value))
    units = name(denom.units or "people").text.lower()
    return (
        say(
            f"{'People' if units == 'participants' else units} analyzed",
            by=stated(f"{path}.denoms[0].units", denom.units or ""),
        ),
        *cells,
    )


def _value_words(value: str | None, spread: str | None, low: str | None, high: str | None) -> str | None:
    if not value:
        return None
    words = "not available" if value.upper() == "NA" else value
    if low and high and "NA" not in (low.upper(), high.upper()):
        return f"{words} ({low} to {high})"
    if spread and spread.upper() != "NA":
        return f"{words} ({spread})"
    return words


def _dispersion(code: str) -> str:
    return code_words(code) if code.isupper() else code.lower()


def _analysis(measure: OutcomeMeasure, analysis: Analysis, path: str) -> Sentence | None:
    if not analysis.param_type or not analysis.param_value:
        return None
    titles = {group.id: group.title or group.id or "" for group in measure.groups}
    groups = [Name(titles[group]) for group in analysis.group_ids if group in titles]
    sources = [stated(f"{path}.paramType", analysis.param_type), stated(f"{path}.paramValue", analysis.param_value)]
    parts: list[Part] = [name(analysis.param_type), " ", analysis.param_value]
    if analysis.ci_lower_limit and analysis.ci_upper_limit:
        level = f"{analysis.ci_pct_value}% " if analysis.ci_pct_value else ""
        parts.append(f" ({level}interval {analysis.ci_lower_limit} to {analysis.ci_upper_limit})")
        sources += [
            stated(f"{path}.ciLowerLimit", analysis.ci_lower_limit),
            stated(f"{path}.ciUpperLimit", analysis.ci_upper_limit),
        ]
    if analysis.p_value:
        parts.append(f", p value {analysis.p_value}")
        sources.append(stated(f"{path}.pValue", analysis.p_value))
    if len(groups) == 2:
        parts += [", for ", groups[0], " and ", groups[1]]
        sources.append(stated(f"{path}.groupIds", ", ".join(analysis.group_ids)))
    parts.append(".")
    return say(*parts, by=sources)
