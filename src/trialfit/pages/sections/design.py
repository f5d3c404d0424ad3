"""What is studied: who gets what, how it is decided, who knows, and what is measured."""

from trialfit.pages.citing import listed, name, quote, say, silent, stated
from trialfit.pages.outcome_words import outcome_topic
from trialfit.pages.subject import ARMS, DESIGN, OUTCOMES, Subject
from trialfit.pages.view import Block, Bullets, Disclosure, Name, Paragraph, Part, Quote, Sentence
from trialfit.pages.wording import ALLOCATION, ARM_TYPE, MASKING, MODEL, TIME_PERSPECTIVE, WHO_MASKED, joined
from trialfit.records.protocol import Arm, Outcome

ID = "studied"
HEADING = "What is studied"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Groups, design, then outcomes."""
    return (*_groups(subject), Paragraph(tuple(_decided(subject))), *_measured(subject))


def _groups(subject: Subject) -> list[Block]:
    arms = subject.trial.arms_interventions.arm_groups
    if not arms:
        return [Paragraph((say("The record does not list any groups.", by=silent(f"{ARMS}.armGroups")),))]
    count = "There is one group." if len(arms) == 1 else f"There are {len(arms)} groups."
    found: list[Block] = [Paragraph((say(count, by=stated(f"{ARMS}.armGroups", f"{len(arms)} entries")),))]
    found.append(Bullets(tuple((_arm(subject, position, arm),) for position, arm in enumerate(arms))))
    words = [
        (say(name(arm.label or f"Group {position + 1}"), ": ", *described.parts, by=described.sources),)
        for position, arm in enumerate(arms)
        if arm.description and (described := quote(arm.description, f"{ARMS}.armGroups[{position}].description"))
    ]
    if words:
        found.append(Disclosure("The groups in the record’s own words", (Bullets(tuple(words)),)))
    return found


def _arm(subject: Subject, position: int, arm: Arm) -> Sentence:
    path = f"{ARMS}.armGroups[{position}]"
    label = (arm.label or "").strip()
    sources = [stated(f"{path}.label", arm.label) if label else silent(f"{path}.label")]
    parts: list[Part] = [name(label) if label else f"Group {position + 1}"]
    role = ARM_TYPE.get(arm.type or "")
    if role and subject.trial.design.study_type != "OBSERVATIONAL":
        parts.append(f": {role}")
        sources.append(stated(f"{path}.type", arm.type))
    given = [each for each in subject.treatments if position in each.arms]
    if given:
        unique = {each.intervention.name: each for each in given if each.intervention.name}
        if list(unique) != [label]:
            parts += [" – " if role else ": ", *listed(name(own) for own in unique)]
            sources += [stated(f"{ARMS}.interventions[{each.index}].name", own) for own, each in unique.items()]
    if not isinstance(parts[-1], Name) or not parts[-1].text.endswith("."):
        parts.append(".")
    return say(*parts, by=sources)


def _decided(subject: Subject) -> list[Sentence]:
    design = subject.trial.design.design_info
    path = f"{DESIGN}.designInfo"
    sentences: list[Sentence] = []
    watched = subject.trial.design.study_type == "OBSERVATIONAL"
    if design is None:
        return [say("The record does not describe the design.", by=silent(path))]
    if design.allocation in ALLOCATION:
        sentences.append(say(ALLOCATION[design.allocation], by=stated(f"{path}.allocation", design.allocation)))
    elif not watched:
        sentences.append(
            say("The record does not say how people are put into groups.", by=silent(f"{path}.allocation"))
        )
    for field, code in (
        ("interventionModel", design.intervention_model),
        ("observationalModel", design.observational_model),
    ):
        redundant = code == "SINGLE_GROUP" and design.allocation == "NA"
        if code in MODEL and not redundant:
            sentences.append(say(MODEL[code], by=stated(f"{path}.{field}", code)))
    if design.time_perspective in TIME_PERSPECTIVE:
        words = TIME_PERSPECTIVE[design.time_perspective]
        sentences.append(say(words, by=stated(f"{path}.timePerspective", design.time_perspective)))
    if not watched:
        sentences.append(_masking(subject))
    return sentences or [say("The record does not describe the design.", by=silent(f"{path}.observationalModel"))]


def _masking(subject: Subject) -> Sentence:
    design = subject.trial.design.design_info
    path = f"{DESIGN}.designInfo.maskingInfo"
    masking = design.masking_info if design else None
    if masking is None or masking.masking not in MASKING:
        return say("The record does not say who knows which group a person is in.", by=silent(f"{path}.masking"))
    source = stated(f"{path}.masking", masking.masking)
    who = [WHO_MASKED[code] for code in masking.who_masked if code in WHO_MASKED]
    if who and masking.masking != "NONE":
        words = joined(who)
        return say(
            f"{words[0].upper()}{words[1:]} do not know who gets what.",
            by=[source, stated(f"{path}.whoMasked", ", ".join(masking.who_masked))],
        )
    return say(MASKING[masking.masking], by=source)


def _measured(subject: Subject) -> list[Block]:
    outcomes = subject.trial.outcomes
    field = f"{OUTCOMES}.primaryOutcomes"
    primary = _outcome_items(outcomes.primary_outcomes, field)
    if not primary:
        found: list[Block] = [Paragraph((say("The record does not say what is measured.", by=silent(field)),))]
    else:
        lead = "The main measure:" if len(primary) == 1 else f"The {len(primary)} main measures:"
        found = [
            Paragraph((say(lead, by=stated(field, f"{len(outcomes.primary_outcomes)} entries")),)),
            Bullets(primary[:10]),
        ]
        if len(primary) > 10:
            found.append(Disclosure(f"{len(primary) - 10} more main measures", (Bullets(primary[10:]),)))
    for others, part, label in (
        (outcomes.secondary_outcomes, "secondaryOutcomes", "other planned measure"),
        (outcomes.other_outcomes, "otherOutcomes", "further measure"),
    ):
        items = _outcome_items(others, f"{OUTCOMES}.{part}", explained=False)
        if items:
            summary = f"{len(items)} {label}{'' if len(items) == 1 else 's'}"
            found.append(Disclosure(summary, (Bullets(items),)))
    return found


def _outcome_items(
    outcomes: tuple[Outcome, ...], field: str, *, explained: bool = True
) -> tuple[tuple[Sentence, ...], ...]:
    items = []
    for position, outcome in enumerate(outcomes):
        path = f"{field}[{position}]"
        words = quote(outcome.measure or "", f"{path}.measure")
        if words is None:
            continue
        topic = outcome_topic(outcome.measure or "") if explained else None
        sentences = [say(*words.parts, *((f" – this has to do with {topic}.",) if topic else ()), by=words.sources)]
        if outcome.time_frame and (when := quote(outcome.time_frame, f"{path}.timeFrame")):
            sentences.append(say("When: ", Quote(when.text), by=when.sources))
        items.append(tuple(sentences))
    return tuple(items)
