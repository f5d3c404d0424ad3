"""Possible benefits and risks: from the design and posted results only; eligibility never speaks of benefit."""

from trialfit.pages.citing import listed, method, name, quote, say, silent, stated
from trialfit.pages.subject import ARMS, DESIGN, OVERSIGHT, RESULTS, Subject, treatment_name, treatment_source
from trialfit.pages.view import Block, Paragraph, Sentence, Table
from trialfit.pages.wording import ENDED_STATUSES
from trialfit.records.results import AdverseEvent, AdverseEvents, EventGroup

ID = "benefits-risks"
HEADING = "Possible benefits and risks"
MOST_EVENTS = 8
_EVENTS = f"{RESULTS}.adverseEventsModule"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """What may be gained, what may be lost, and the harms that were counted."""
    found: list[Block] = [Paragraph(tuple(_benefits(subject)))]
    results = subject.trial.results
    events = results.adverse_events_module if results else None
    if events and events.event_groups:
        return (*found, Paragraph(tuple(_counted(events))), *_tables(events))
    field = _EVENTS if results else RESULTS
    return (
        *found,
        Paragraph(
            (
                say("This record has no counts of harms yet.", by=silent(field)),
                say("Ask the study team which harms are known.", by=silent(field)),
            )
        ),
    )


def _benefits(subject: Subject) -> list[Sentence]:
    sentences: list[Sentence] = []
    tested = subject.with_role("tested")
    kind = (
        stated(f"{DESIGN}.studyType", subject.trial.design.study_type)
        if subject.trial.design.study_type
        else silent(f"{DESIGN}.studyType")
    )
    if subject.trial.design.study_type == "OBSERVATIONAL":
        sentences.append(say("The study gives no treatment, so it is not meant to make people better.", by=kind))
    elif subject.trial.design.study_type == "EXPANDED_ACCESS":
        sentences.append(say("Nobody can promise that the treatment helps.", by=kind))
    elif tested and _for_good(subject):
        names = listed((treatment_name(each, 70) for each in tested), most=3, more="other treatments")
        cited = [*(treatment_source(each) for each in tested[:3]), kind]
        helps = f" help{'s' if len(tested) == 1 else ''} more."
        if subject.trial.status.overall_status in ENDED_STATUSES:
            sentences.append(say("The trial was made to find out if ", *names, helps, by=cited))
        else:
            sentences.append(say("It is not known if ", *names, helps, by=cited))
            sentences.append(say("The trial is there to find out.", by=cited))
    else:
        sentences.append(say("The record does not say who may gain from the trial.", by=kind))
    inert = [each for each in subject.treatments if each.inert]
    if inert:
        sentences.append(
            say(
                "Some people get a placebo or a sham, which has no active part.",
                by=[treatment_source(each) for each in inert[:3]],
            )
        )
    untreated = [
        n for n, arm in enumerate(subject.trial.arms_interventions.arm_groups) if arm.type == "NO_INTERVENTION"
    ]
    if untreated:
        sentences.append(
            say(
                "One group gets no added treatment.",
                by=stated(f"{ARMS}.armGroups[{untreated[0]}].type", "NO_INTERVENTION"),
            )
        )
    watch = subject.trial.oversight.oversight_has_dmc
    if watch is not None:
        words = (
            "A data monitoring committee watches over safety." if watch else "There is no data monitoring committee."
        )
        sentences.append(say(words, by=stated(f"{OVERSIGHT}.oversightHasDmc", watch)))
    return sentences


def _for_good(subject: Subject) -> bool:
    """Whether the trial is meant to do people good, rather than to measure or to learn."""
    info = subject.trial.design.design_info
    return info is not None and info.primary_purpose in {"TREATMENT", "PREVENTION", "SUPPORTIVE_CARE"}


def _counted(events: AdverseEvents) -> list[Sentence]:
    sentences = []
    if events.time_frame and (when := quote(events.time_frame, f"{_EVENTS}.timeFrame")):
        sentences.append(say("Harms were counted during: ", *when.parts, by=when.sources))
    sentences.append(
        say("A harm counted in a trial is not always caused by the treatment.", by=method("counting-harms"))
    )
    return sentences


def _share(affected: int | None, at_risk: int | None) -> str | None:
    if affected is None or not at_risk:
        return None
    percent = 100 * affected / at_risk
    shown = (
        f"{percent:.0f}%" if percent >= 1 or affected == 0 else f"{percent:.1f}%" if percent >= 0.1 else "under 0.1%"
    )
    return f"{affected:,} of {at_risk:,} ({shown})"


def _tables(events: AdverseEvents) -> list[Block]:
    groups = events.event_groups
    columns = ("Group", "Died", "Serious harms", "Other harms")
    rows = []
    for position, group in enumerate(groups):
        path = f"{_EVENTS}.eventGroups[{position}]"
        head = say(
            name(group.title or group.id or f"Group {position + 1}"), by=stated(f"{path}.title", group.title or "")
        )
        rows.append((head, *(_total(group, path, part) for part in ("deaths", "serious", "other"))))
    found: list[Block] = [Table("Harms counted in each group", columns, tuple(rows))]
    for part, listed_events, label in (
        ("seriousEvents", events.serious_events, "Most frequent serious harms"),
        ("otherEvents", events.other_events, "Most frequent other harms"),
    ):
        table = _most_frequent(listed_events, groups, f"{_EVENTS}.{part}", label)
        if table is not None:
            found.append(table)
    return found


def _total(group: EventGroup, path: str, part: str) -> Sentence | None:
    affected, at_risk = getattr(group, f"{part}_num_affected"), getattr(group, f"{part}_num_at_risk")
    words = _share(affected, at_risk)
    if words is None:
        return None
    return say(words, by=[stated(f"{path}.{part}NumAffected", affected), stated(f"{path}.{part}NumAtRisk", at_risk)])


def _most_frequent(
    events: tuple[AdverseEvent, ...], groups: tuple[EventGroup, ...], path: str, label: str
) -> Table | None:
    order = {group.id: position for position, group in enumerate(groups)}

    def frequency(position: int) -> float:
        return max(
            (
                stat.num_affected / stat.num_at_risk
                for stat in events[position].stats
                if stat.num_affected is not None and stat.num_at_risk
            ),
            default=0.0,
        )

    frequent = [
        n for n in sorted(range(len(events)), key=lambda n: (-frequency(n), n))[:MOST_EVENTS] if frequency(n) > 0
    ]
    if not frequent or len(groups) > 6:
        return None
    rows = []
    for n in frequent:
        cells: list[Sentence | None] = [None] * len(groups)
        for at, stat in enumerate(events[n].stats):
            words = _share(stat.num_affected, stat.num_at_risk)
            column = order.get(stat.group_id)
            if words is not None and column is not None:
                cells[column] = say(
                    words,
                    by=[
                        stated(f"{path}[{n}].stats[{at}].numAffected", stat.num_affected),
                        stated(f"{path}[{n}].stats[{at}].numAtRisk", stat.num_at_risk),
                    ],
                )
        rows.append((say(name(events[n].term or ""), by=stated(f"{path}[{n}].term", events[n].term)), *cells))
    columns = ("Harm", *(name(group.title or group.id or "").text for group in groups))
    return Table(label, columns, tuple(rows))
