"""What the samples must show: each shape of a record, how it is recognised, and the samples that have it."""

from collections.abc import Callable
from dataclasses import dataclass

from trialfit.records.trial import Trial

MADE_ON = "2026-11-22"
Holds = Callable[[Trial], bool]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of record: `holds` recognises it, `ids` are samples chosen to show it (others may have it too)."""

    name: str
    holds: Holds
    ids: tuple[str, ...]


def _status(word: str) -> Holds:
    return lambda trial: trial.status.overall_status == word


def _phases(*words: str) -> Holds:
    return lambda trial: trial.design.phases == words


def _condition(*parts: str) -> Holds:
    return lambda trial: any(part in name.lower() for name in trial.conditions.conditions for part in parts)


def _arm(kind: str) -> Holds:
    return lambda trial: any(arm.type == kind for arm in trial.arms_interventions.arm_groups)


def _intervention(kind: str) -> Holds:
    return lambda trial: any(given.type == kind for given in trial.arms_interventions.interventions)


def _text(*parts: str) -> Holds:
    return lambda trial: all(part in _criteria(trial) for part in parts)


def _without(*parts: str) -> Holds:
    return lambda trial: not any(part.lower() in _criteria(trial).lower() for part in parts)


def _criteria(trial: Trial) -> str:
    return trial.eligibility.eligibility_criteria or ""


def _masked_with_placebo(trial: Trial) -> bool:
    info = trial.design.design_info
    masking = info.masking_info.masking if info and info.masking_info else None
    return masking in {"DOUBLE", "TRIPLE", "QUADRUPLE"} and _arm("PLACEBO_COMPARATOR")(trial)


def _model(word: str) -> Holds:
    return lambda trial: trial.design.design_info is not None and trial.design.design_info.intervention_model == word


def _hazard_ratio(trial: Trial) -> bool:
    """A complete one: value, interval, p value and the groups compared."""
    outcomes = trial.results.outcome_measures_module if trial.results else None
    return outcomes is not None and any(
        found.param_type == "Hazard Ratio (HR)"
        and all((found.param_value, found.ci_lower_limit, found.ci_upper_limit, found.p_value))
        and len(found.group_ids) == 2
        for outcome in outcomes.outcome_measures
        for found in outcome.analyses
    )


def _all_result_modules(trial: Trial) -> bool:
    results = trial.results
    return results is not None and None not in (
        results.participant_flow_module,
        results.baseline_characteristics_module,
        results.outcome_measures_module,
        results.adverse_events_module,
    )


def _stale(trial: Trial) -> bool:
    verified = trial.status.status_verified_date
    return trial.status.overall_status == "RECRUITING" and verified is not None and verified < "2021"


def _over_but_recruiting(trial: Trial) -> bool:
    end = trial.status.completion_date_struct
    return trial.status.overall_status == "RECRUITING" and end is not None and (end.date or "9") < MADE_ON


def _many_centers_one_place(trial: Trial) -> bool:
    title = (trial.identification.official_title or "").lower()
    return "multicenter" in title and len(trial.contacts_locations.locations) == 1


def _no_contact(trial: Trial) -> bool:
    places = trial.contacts_locations
    return (
        trial.status.overall_status == "RECRUITING"
        and not places.central_contacts
        and not any(place.contacts for place in places.locations)
    )


def _many_sites(trial: Trial) -> bool:
    sites = trial.contacts_locations.locations
    return len(sites) >= 40 and len({site.country for site in sites}) >= 5


def _dose_arms(trial: Trial) -> bool:
    return (
        sum(any(unit in (arm.label or "") for unit in (" mg", " µg")) for arm in trial.arms_interventions.arm_groups)
        > 1
    )


def _mesh_with_ancestors(trial: Trial) -> bool:
    return bool(trial.condition_mesh.meshes and trial.condition_mesh.ancestors)


SHAPES = (
    Shape("esophageal cancer, first line", _condition("esoph"), ("NCT03189719",)),
    Shape("esophageal cancer, later lines", _condition("esoph"), ("NCT02569242", "NCT02564263", "NCT02559687")),
    Shape("breast cancer", _condition("breast"), ("NCT03734029", "NCT00045032", "NCT06650748")),
    Shape("lung cancer", _condition("lung"), ("NCT02142738", "NCT05351788")),
    Shape("prostate cancer", _condition("prostat"), ("NCT00417079",)),
    Shape("colorectal cancer", _condition("colorectal"), ("NCT01103323",)),
    Shape("melanoma", _condition("melanoma"), ("NCT02362594", "NCT00495066")),
    Shape("leukemia and myeloma", _condition("leukemia", "myeloma"), ("NCT00281918", "NCT00833833")),
    Shape("heart failure", _condition("heart failure"), ("NCT03036124", "NCT05057884", "NCT04592445")),
    Shape("diabetes", _condition("diabetes"), ("NCT01720446", "NCT00004992")),
    Shape("asthma", _condition("asthma"), ("NCT00394329",)),
    Shape("depression", _condition("depressi"), ("NCT00006286",)),
    Shape("HIV", _condition("hiv"), ("NCT00557245",)),
    Shape("COVID-19 vaccine", _condition("covid"), ("NCT05168813",)),
    Shape("Alzheimer's disease", _condition("alzheimer"), ("NCT03887455",)),
    Shape("device", _intervention("DEVICE"), ("NCT01418261", "NCT04555135", "NCT04592445")),
    Shape("behavioral", _intervention("BEHAVIORAL"), ("NCT00004992", "NCT00006286", "NCT05057884")),
    Shape("procedure", _intervention("PROCEDURE"), ("NCT03972644",)),
    Shape("observational", lambda t: t.design.study_type == "OBSERVATIONAL", ("NCT00461175",)),
    Shape("expanded access", lambda t: t.design.study_type == "EXPANDED_ACCESS", ("NCT00495066",)),
    Shape("no longer available", _status("NO_LONGER_AVAILABLE"), ("NCT00495066",)),
    Shape(
        "hazard ratio with interval and p value",
        _hazard_ratio,
        ("NCT02569242", "NCT02564263", "NCT03189719", "NCT03734029", "NCT00417079", "NCT01103323", "NCT01720446"),
    ),
    Shape("results in every module", _all_result_modules, ("NCT02569242", "NCT00417079", "NCT00557245", "NCT05168813")),
    Shape("stale recruiting record", _stale, ("NCT03972644",)),
    Shape("recruiting after its own end", _over_but_recruiting, ("NCT04853758",)),
    Shape("multicenter against one place", _many_centers_one_place, ("NCT07463573",)),
    Shape("recruiting without a contact", _no_contact, ("NCT07463573",)),
    Shape("children only", lambda t: t.eligibility.std_ages == ("CHILD",), ("NCT00006286",)),
    Shape("healthy volunteers", lambda t: t.eligibility.healthy_volunteers is True, ("NCT03189589", "NCT00461175")),
    Shape("one sex only", lambda t: t.eligibility.sex in {"FEMALE", "MALE"}, ("NCT00417079", "NCT00045032")),
    Shape("many sites in many countries", _many_sites, ("NCT05168813",)),
    Shape("withdrawn, and why", lambda t: _status("WITHDRAWN")(t) and bool(t.status.why_stopped), ("NCT03360448",)),
    Shape("terminated, and why", lambda t: _status("TERMINATED")(t) and bool(t.status.why_stopped), ("NCT04555135",)),
    Shape("suspended, and why", lambda t: _status("SUSPENDED")(t) and bool(t.status.why_stopped), ("NCT05057884",)),
    Shape("unknown", lambda t: _status("UNKNOWN")(t) and bool(t.status.last_known_status), ("NCT04592445",)),
    Shape("not yet recruiting", _status("NOT_YET_RECRUITING"), ("NCT06650748",)),
    Shape("recruiting", _status("RECRUITING"), ("NCT05351788", "NCT04787042", "NCT06433050")),
    Shape("active, not recruiting", _status("ACTIVE_NOT_RECRUITING"), ("NCT03734029", "NCT03887455")),
    Shape("crossover", _model("CROSSOVER"), ("NCT06433050",)),
    Shape("single arm", _model("SINGLE_GROUP"), ("NCT02559687",)),
    Shape("early phase 1", _phases("EARLY_PHASE1"), ("NCT06433050",)),
    Shape("phase 1", _phases("PHASE1"), ("NCT03189589",)),
    Shape("phase 1/2", _phases("PHASE1", "PHASE2"), ("NCT00833833", "NCT04787042")),
    Shape("phase 2/3", _phases("PHASE2", "PHASE3"), ("NCT05168813",)),
    Shape("placebo, double-blind", _masked_with_placebo, ("NCT03036124", "NCT03189719", "NCT01103323", "NCT02362594")),
    Shape("sham comparator", _arm("SHAM_COMPARATOR"), ("NCT01418261", "NCT04592445")),
    Shape("no-intervention arm", _arm("NO_INTERVENTION"), ("NCT00045032", "NCT03972644")),
    Shape("dose arms", _dose_arms, ("NCT01720446", "NCT00833833", "NCT03189589")),
    Shape("MeSH terms with ancestors", _mesh_with_ancestors, ("NCT02569242", "NCT03036124", "NCT00394329")),
    Shape("secondary ids", lambda t: len(t.identification.secondary_id_infos) > 1, ("NCT00394329", "NCT02362594")),
    Shape("collaborators", lambda t: len(t.sponsors.collaborators) > 1, ("NCT03734029", "NCT00004992")),
    Shape("data-sharing plan", lambda t: t.ipd_sharing.ipd_sharing == "YES", ("NCT03189589",)),
    Shape("no end date", lambda t: t.status.completion_date_struct is None, ("NCT02142738", "NCT03887455")),
    Shape("contacts at the site", lambda t: any(s.contacts for s in t.contacts_locations.locations), ("NCT06433050",)),
    Shape("star bullets", _text("\n* "), ("NCT07463573", "NCT03734029")),
    Shape("dash bullets", _text("\n- "), ("NCT02569242", "NCT01103323")),
    Shape("dot bullets", _text("\n• "), ("NCT02142738",)),
    Shape("numbers", _text("\n1. ", "\n2. "), ("NCT00417079", "NCT04555135")),
    Shape("letters and roman numerals", _text("\na) ", "    i) "), ("NCT03887455",)),
    Shape("nested", _text("\n\n  * "), ("NCT07463573", "NCT03734029")),
    Shape("no bullet at all", _without("\n*", "\n-", "\n1", "•"), ("NCT00004992", "NCT00461175")),
    Shape("one line", lambda t: "\n" not in _criteria(t) and " - " in _criteria(t), ("NCT01720446",)),
    Shape("Windows line ends", _text("\r\n"), ("NCT01103323",)),
    Shape("headings in other words", _without("inclusion", "exclusion"), ("NCT02559687", "NCT00045032", "NCT00281918")),
    Shape(
        "exclusions first",
        lambda t: 0 <= _criteria(t).find("Exclusion") < _criteria(t).find("Inclusion"),
        ("NCT01418261",),
    ),
    Shape(
        "Markdown escapes",
        lambda t: any(e in _criteria(t) for e in ("\\>", "\\<", "\\[")),
        ("NCT07463573", "NCT05168813"),
    ),
    Shape("escaped numbers", _text("1\\. ", "2\\. "), ("NCT06650748", "NCT03972644")),
    Shape("no-break space", _text("\u00a0"), ("NCT03036124",)),
    Shape("micro sign", _text("µ"), ("NCT00495066", "NCT03360448")),
    Shape("full-width punctuation", _text("；", "（"), ("NCT05351788",)),
    Shape("combining letters", _text("V\u0307"), ("NCT05057884",)),
)
