"""Quick facts, each from its own module of the record."""

from trialfit.pages.citing import listed, name, say, silent, stated
from trialfit.pages.conflicts import age_years
from trialfit.pages.registry_ids import known_ids
from trialfit.pages.subject import (
    ARMS,
    DESIGN,
    ELIGIBILITY,
    IDENTIFICATION,
    PLACES,
    SPONSORS,
    Subject,
    arm_type_sources,
    condition_names,
    condition_sources,
    treatment_name,
    treatment_source,
)
from trialfit.pages.view import Block, Fact, Facts, Name, Sentence, Source
from trialfit.pages.wording import KIND, PHASE, SEX, SPONSOR_CLASS, STUDY_TYPE

ID = "facts"
HEADING = "Quick facts"

ROLES = (
    ("tested", "Tested"),
    ("compared", "Compared with"),
    ("given_to_all", "Given to everyone"),
    ("part", "Part of the study"),
)


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Conditions, treatments by role, phase, size, people, sponsor, places, ids."""
    facts = [
        Fact("Conditions", (_conditions(subject),)),
        *_treatments(subject),
        Fact("Phase", _phase(subject)),
        Fact("Type of study", _type(subject)),
        Fact("People", (_enrollment(subject),)),
        Fact("Ages", (age_sentence(subject),)),
        Fact("Sex", sex_sentences(subject)),
        Fact("Healthy people", (healthy_sentence(subject),)),
        Fact("Run by", _sponsor(subject)),
        Fact("Places", (_places(subject),)),
        Fact("Trial id", (_id(subject),)),
    ]
    others = known_ids(subject.trial)
    if others:
        facts.append(Fact("Other ids", others))
    return (Facts(tuple(facts)),)


def _conditions(subject: Subject) -> Sentence:
    names = condition_names(subject.trial)
    sources = condition_sources(subject.trial, most=len(subject.trial.conditions.conditions))
    if not names:
        return say("The record does not name a condition.", by=sources)
    return say(*listed(names), by=sources)


def _treatments(subject: Subject) -> list[Fact]:
    facts = []
    for role, label in ROLES:
        sentences = tuple(
            say(
                treatment_name(treatment, 0),
                *(
                    (f" ({KIND[kind]})",)
                    if (kind := treatment.intervention.type or "") in KIND and kind != "OTHER"
                    else ()
                ),
                by=[
                    treatment_source(treatment),
                    *([stated(f"{ARMS}.interventions[{treatment.index}].type", kind)] if kind in KIND else []),
                    *arm_type_sources(subject, (treatment,))[:4],
                ],
            )
            for treatment in subject.with_role(role)
        )
        if sentences:
            facts.append(Fact(label, sentences))
    if facts:
        return facts
    return [Fact("Treatments", (say("The record lists no treatment.", by=silent(f"{ARMS}.interventions")),))]


def _phase(subject: Subject) -> tuple[Sentence, ...]:
    phases = subject.trial.design.phases
    field = f"{DESIGN}.phases"
    if not phases:
        return (say("The record does not give a phase.", by=silent(field)),)
    source = stated(field, ", ".join(phases))
    known = PHASE.get(tuple(sorted(phases, key=lambda phase: (phase != "EARLY_PHASE1", phase))))
    if known is None:
        return (say("The registry gives a phase that is new to us.", by=source),)
    return (say(f"{known[0]}.", by=source), say(known[1], by=source))


def _type(subject: Subject) -> tuple[Sentence, ...]:
    code = subject.trial.design.study_type
    if not code:
        return (say("The record does not say.", by=silent(f"{DESIGN}.studyType")),)
    source = stated(f"{DESIGN}.studyType", code)
    known = STUDY_TYPE.get(code)
    if known is None:
        return (say("The registry gives a type that is new to us.", by=source),)
    return (say(f"{known[0]}.", by=source), say(known[1], by=source))


def _enrollment(subject: Subject) -> Sentence:
    enrollment = subject.trial.design.enrollment_info
    if enrollment is None or enrollment.count is None:
        return say("The record does not say how many people take part.", by=silent(f"{DESIGN}.enrollmentInfo.count"))
    sources: list[Source] = [stated(f"{DESIGN}.enrollmentInfo.count", enrollment.count)]
    if enrollment.type:
        sources.append(stated(f"{DESIGN}.enrollmentInfo.type", enrollment.type))
    people = "person" if enrollment.count == 1 else "people"
    if enrollment.type == "ACTUAL":
        return say(f"{enrollment.count:,} {people} took part.", by=sources)
    if enrollment.type == "ESTIMATED":
        return say(f"{enrollment.count:,} {people} planned.", by=sources)
    return say(f"{enrollment.count:,} {people}.", by=sources)


def _age_words(text: str) -> str:
    years = age_years(text)
    number, _, unit = text.partition(" ")
    if years is None:
        return text
    unit = unit.lower().rstrip("s")
    return f"{number} {unit}{'' if number == '1' else 's'}"


def age_sentence(subject: Subject) -> Sentence:
    """The age limits of the structured fields."""
    low, high = subject.trial.eligibility.minimum_age, subject.trial.eligibility.maximum_age
    sources: list[Source] = []
    if low:
        sources.append(stated(f"{ELIGIBILITY}.minimumAge", low))
    if high:
        sources.append(stated(f"{ELIGIBILITY}.maximumAge", high))
    if low and high:
        return say(f"{_age_words(low)} to {_age_words(high)}.", by=sources)
    if low:
        return say(f"{_age_words(low)} and older.", by=[*sources, silent(f"{ELIGIBILITY}.maximumAge")])
    if high:
        return say(f"Up to {_age_words(high)}.", by=[*sources, silent(f"{ELIGIBILITY}.minimumAge")])
    return say(
        "The record gives no age limit here.",
        by=[silent(f"{ELIGIBILITY}.minimumAge"), silent(f"{ELIGIBILITY}.maximumAge")],
    )


def sex_sentences(subject: Subject) -> tuple[Sentence, ...]:
    """Which sexes can join, and whether gender decides."""
    eligibility = subject.trial.eligibility
    if eligibility.sex not in SEX:
        return (say("The record does not say.", by=silent(f"{ELIGIBILITY}.sex")),)
    sentences = [say(SEX[eligibility.sex], by=stated(f"{ELIGIBILITY}.sex", eligibility.sex))]
    if eligibility.gender_based:
        sentences.append(say("Gender decides, not only sex at birth.", by=stated(f"{ELIGIBILITY}.genderBased", True)))
    return tuple(sentences)


def healthy_sentence(subject: Subject) -> Sentence:
    """Whether healthy people can join."""
    answer = subject.trial.eligibility.healthy_volunteers
    if answer is None:
        return say("The record does not say if healthy people can join.", by=silent(f"{ELIGIBILITY}.healthyVolunteers"))
    words = "Healthy people can join." if answer else "Healthy people cannot join."
    return say(words, by=stated(f"{ELIGIBILITY}.healthyVolunteers", answer))


def _sponsor(subject: Subject) -> tuple[Sentence, ...]:
    sponsors = subject.trial.sponsors
    lead = sponsors.lead_sponsor
    if lead is None or not (lead.name or "").strip():
        return (say("The record does not name a sponsor.", by=silent(f"{SPONSORS}.leadSponsor.name")),)
    sources = [stated(f"{SPONSORS}.leadSponsor.name", lead.name)]
    words = SPONSOR_CLASS.get(lead.agency_class or "")
    if words:
        sources.append(stated(f"{SPONSORS}.leadSponsor.class", lead.agency_class))
    sentences = [say(name(lead.name or ""), *((f" ({words})",) if words else ()), ".", by=sources)]
    partners = [(n, each.name) for n, each in enumerate(sponsors.collaborators) if each.name and each.name.strip()]
    if partners:
        sentences.append(
            say(
                "With ",
                *listed((name(partner) for _, partner in partners), most=6, more="others"),
                ".",
                by=[stated(f"{SPONSORS}.collaborators[{n}].name", partner) for n, partner in partners[:6]],
            )
        )
    return tuple(sentences)


def _places(subject: Subject) -> Sentence:
    sites = subject.trial.contacts_locations.locations
    field = f"{PLACES}.locations"
    if not sites:
        return say("The record lists no place.", by=silent(field))
    countries = list(dict.fromkeys(site.country for site in sites if site.country))
    source = stated(field, f"{len(sites)} entries")
    count = f"{len(sites):,} {'place' if len(sites) == 1 else 'places'}"
    if not countries:
        return say(f"{count}; the record does not name the country.", by=[source, silent(f"{field}[0].country")])
    if len(sites) == 1 and sites[0].city:
        return say(
            f"{count}: ",
            Name(sites[0].city),
            ", ",
            Name(countries[0]),
            ".",
            by=[stated(f"{field}[0].city", sites[0].city), stated(f"{field}[0].country", countries[0])],
        )
    return say(
        f"{count} in ",
        *listed((Name(country) for country in countries), most=6, more="other countries"),
        ".",
        by=source,
    )


def _id(subject: Subject) -> Sentence:
    return say(
        Name(subject.trial.nct_id),
        " on ClinicalTrials.gov.",
        by=stated(f"{IDENTIFICATION}.nctId", subject.trial.nct_id),
    )
