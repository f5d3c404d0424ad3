"""Baseline characteristics and outcome measures, in the two forms that the XML has had.

Until 2017: a measure holds a list of categories, and the people analysed are a measure of their own ("Number of
Participants"). Since then: a measure holds classes of categories, and what was analysed is a list beside them.
"""

from typing import cast

from trialfit.sources.registries.ctgov_xml.groups import analyzed_list, group_list
from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Rule,
    Rules,
    fields,
    list_of,
    record_of,
    text,
)
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import (
    DISPERSION_OF_ESTIMATE,
    SIDES,
    among,
    date,
    enumeration,
    group_id,
    word,
)

_PARTICIPANTS = "Participants"
_ANALYZED_TITLE = "Number of Participants"
_COUNTED = "COUNT_OF_PARTICIPANTS"
_STANDARD_COUNTS = {
    "Age": "Age, Categorical",
    "Gender": "Sex: Female, Male",
    "Race (NIH/OMB)": "Race (NIH/OMB)",
    "Ethnicity (NIH/OMB)": "Ethnicity (NIH/OMB)",
}
"""Baseline measures whose categories and unit (people) the registry prescribes, and their names in the API v2."""
_AGE, _AGE_MEASURED = "Age", "Age, Continuous"
_OLD_TESTS = {
    "No": {"testedNonInferiority": False, "nonInferiorityType": "SUPERIORITY_OR_OTHER"},
    "Yes": {"testedNonInferiority": True, "nonInferiorityType": "NON_INFERIORITY_OR_EQUIVALENCE"},
}


def baseline(element: Element) -> JsonObject | None:
    """The baselineCharacteristicsModule of a `<baseline>`."""
    found = fields(element, _BASELINE)
    measures = cast(list[JsonObject], found.pop("measures", []))
    analysed, measures = _split_analysed(measures)
    if analysed:
        found["denoms"] = analysed
    if measures:
        found["measures"] = [_baseline_measure(measure) for measure in measures]
    return found or None


def _baseline_measure(measure: JsonObject) -> JsonObject:
    title = cast(str | None, measure.get("title"))
    categories = cast(list[JsonObject] | None, measure.pop("categories", None))
    counts = measure.get("paramType") in ("NUMBER", _COUNTED)
    if title in _STANDARD_COUNTS and counts:
        measure["title"] = _STANDARD_COUNTS[title]
        if categories is not None:
            measure |= {"paramType": _COUNTED, "unitOfMeasure": _PARTICIPANTS, "classes": [{"categories": categories}]}
    elif title == _AGE:
        measure["title"] = _AGE_MEASURED
    if categories is not None and "classes" not in measure:
        measure["classes"] = _classes_of(categories)
    if "dispersionType" in measure:
        measure["dispersionType"] = enumeration(str(measure["dispersionType"]))
    return measure


def outcome(element: Element) -> JsonObject | None:
    """One outcome measure. It is posted once it has groups."""
    found = fields(element, _OUTCOME)
    if not found:
        return None
    found["reportingStatus"] = "POSTED" if "groups" in found else "NOT_POSTED"
    posted = cast(JsonObject, found.pop("measure", {}))
    analysed, measures = _split_analysed(cast(list[JsonObject], found.pop("measures", [])))
    if analysed:
        posted["denoms"] = analysed
        if len(analysed) > 1:
            posted["typeUnitsAnalyzed"] = analysed[-1]["units"]
    for measure in measures:
        categories = cast(list[JsonObject] | None, measure.pop("categories", None))
        posted |= measure
        if categories is not None:
            posted["classes"] = _classes_of(categories)
    return posted | found


def _split_analysed(measures: list[JsonObject]) -> tuple[list[JsonObject], list[JsonObject]]:
    """What was analysed, as denoms, and the measures proper.

    Until 2017 the first measure, "Number of Participants", counts the people, and a second one before the last, "Number
    of ... analyzed", counts other units. Later forms have no such measures.
    """
    if not measures or measures[0].get("title") != _ANALYZED_TITLE or "categories" not in measures[0]:
        return [], measures
    number = 1
    if len(measures) > 2 and str(measures[1].get("title", "")).endswith(" analyzed"):
        number = 2
    analysed = [_denom(measure, _PARTICIPANTS if at == 0 else None) for at, measure in enumerate(measures[:number])]
    return analysed, measures[number:]


def _denom(measure: JsonObject, units: str | None) -> JsonObject:
    counts = [
        {"groupId": measurement["groupId"], "value": measurement.get("value")}
        for category in cast(list[JsonObject], measure.get("categories", []))
        for measurement in cast(list[JsonObject], category.get("measurements", []))
    ]
    return {"units": units or measure.get("unitOfMeasure"), "counts": counts}


def _classes_of(categories: list[JsonObject]) -> list[JsonObject]:
    """Categories of the old form as classes, as the registry moved them: a class each, with one unnamed category."""
    classes: list[JsonObject] = []
    for category in categories:
        title = category.pop("title", None)
        classes.append({"title": title, "categories": [category]} if title else {"categories": [category]})
    return classes


_ATTRIBUTES = (
    ("value", "value"),
    ("spread", "spread"),
    ("lower_limit", "lowerLimit"),
    ("upper_limit", "upperLimit"),
)


def _measurement(element: Element) -> JsonObject:
    """One value of one group; the element's words are a comment."""
    get = element.get
    found: JsonObject = {"groupId": group_id(get("group_id") or "")}
    for attribute, name in _ATTRIBUTES:
        value = get(attribute)
        if value is not None:
            found[name] = value
    comment = paragraphs(element)
    if comment:
        found["comment"] = comment
    return found


def _analysis_fields(element: Element) -> JsonObject | None:
    found = fields(element, _ANALYSIS)
    tested = found.pop("tested", None)
    return (found | _OLD_TESTS.get(str(tested), {})) or None


_CATEGORY = record_of(
    {
        "title": Rule("title", text),
        "sub_title": Rule("title", text),
        "measurement_list": Rule("measurements", list_of(_measurement)),
    }
)
_CLASS = record_of(
    {
        "title": Rule("title", text),
        "analyzed_list": Rule("denoms", analyzed_list),
        "category_list": Rule("categories", list_of(_CATEGORY)),
    }
)
_MEASURE: Rules = {
    "title": Rule("title", text),
    "description": Rule("description", paragraphs),
    "population": Rule("populationDescription", paragraphs),
    "units": Rule("unitOfMeasure", text),
    "param": Rule("paramType", word),
    "dispersion": Rule("dispersionType", text),
    "units_analyzed": Rule("typeUnitsAnalyzed", text),
    "analyzed_list": Rule("denoms", analyzed_list),
    "class_list": Rule("classes", list_of(_CLASS)),
    "category_list": Rule("categories", list_of(_CATEGORY)),
}
_ANALYSIS: Rules = {
    "group_id_list": Rule("groupIds", list_of(lambda element: group_id(text(element) or ""))),
    "groups_desc": Rule("groupDescription", paragraphs),
    "non_inferiority": Rule("tested", text),
    "non_inferiority_type": Rule("nonInferiorityType", word),
    "non_inferiority_desc": Rule("nonInferiorityComment", paragraphs),
    "p_value": Rule("pValue", text),
    "p_value_desc": Rule("pValueComment", paragraphs),
    "method": Rule("statisticalMethod", text),
    "method_desc": Rule("statisticalComment", paragraphs),
    "param_type": Rule("paramType", text),
    "param_value": Rule("paramValue", text),
    "dispersion_type": Rule("dispersionType", among(DISPERSION_OF_ESTIMATE)),
    "dispersion_value": Rule("dispersionValue", text),
    "ci_percent": Rule("ciPctValue", text),
    "ci_n_sides": Rule("ciNumSides", among(SIDES)),
    "ci_lower_limit": Rule("ciLowerLimit", text),
    "ci_lower_limit_na_comment": Rule("ciLowerLimitComment", text),
    "ci_upper_limit": Rule("ciUpperLimit", text),
    "ci_upper_limit_na_comment": Rule("ciUpperLimitComment", text),
    "estimate_desc": Rule("estimateComment", paragraphs),
    "other_analysis_desc": Rule("otherAnalysisDescription", paragraphs),
}
_BASELINE: Rules = {
    "population": Rule("populationDescription", paragraphs),
    "units_analyzed": Rule("typeUnitsAnalyzed", text),
    "group_list": Rule("groups", group_list),
    "analyzed_list": Rule("denoms", analyzed_list),
    "measure_list": Rule("measures", list_of(record_of(_MEASURE))),
}
_OUTCOME: Rules = {
    "type": Rule("type", word),
    "title": Rule("title", text),
    "description": Rule("description", paragraphs),
    "population": Rule("populationDescription", paragraphs),
    "posting_date": Rule("anticipatedPostingDate", date),
    "time_frame": Rule("timeFrame", text),
    "group_list": Rule("groups", group_list),
    "measure": Rule("measure", record_of(_MEASURE)),
    "measure_list": Rule("measures", list_of(record_of(_MEASURE))),
    "analysis_list": Rule("analyses", list_of(_analysis_fields)),
}
