"""Rows of what repeats in a record's protocol section: one function a table, named as the table.

Each yields tuples in the order of the table's columns (store/tables/protocol.py).
"""

from collections.abc import Iterator

from trialfit.records.additions import MeshTerms
from trialfit.records.protocol import ArmsInterventions, Contact
from trialfit.records.trial import Trial
from trialfit.store.rows.row import Row
from trialfit.store.values import day, years


def eligibility(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `eligibility`."""
    who = trial.eligibility
    yield (
        trial.nct_id,
        who.eligibility_criteria,
        who.healthy_volunteers,
        who.sex,
        who.gender_based,
        who.gender_description,
        years(who.minimum_age),
        who.minimum_age,
        years(who.maximum_age),
        who.maximum_age,
        who.std_ages,
        who.study_population,
        who.sampling_method,
    )


def phases(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `phases`."""
    return _texts(trial.nct_id, trial.design.phases)


def conditions(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `conditions`."""
    return _texts(trial.nct_id, trial.conditions.conditions)


def keywords(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `keywords`."""
    return _texts(trial.nct_id, trial.conditions.keywords)


def _texts(nct_id: str, texts: tuple[str, ...]) -> Iterator[Row]:
    return ((nct_id, position, text) for position, text in enumerate(texts))


def mesh_terms(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `mesh_terms`."""
    yield from _mesh(trial.nct_id, "condition", trial.condition_mesh)
    yield from _mesh(trial.nct_id, "intervention", trial.intervention_mesh)


def _mesh(nct_id: str, of: str, terms: MeshTerms) -> Iterator[Row]:
    for is_ancestor, meshes in ((False, terms.meshes), (True, terms.ancestors)):
        for position, mesh in enumerate(meshes):
            yield nct_id, of, position, mesh.id, mesh.term, is_ancestor


def arms(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `arms`."""
    for position, arm in enumerate(trial.arms_interventions.arm_groups):
        yield trial.nct_id, position, arm.label, arm.type, arm.description


def interventions(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `interventions`."""
    for position, given in enumerate(trial.arms_interventions.interventions):
        yield trial.nct_id, position, given.type, given.name, given.description


def intervention_other_names(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `intervention_other_names`."""
    for owner, given in enumerate(trial.arms_interventions.interventions):
        for position, name in enumerate(given.other_names):
            yield trial.nct_id, owner, position, name


def intervention_arms(trial: Trial) -> Iterator[Row]:
    """Both lists are read: an arm names its interventions as `Drug: Name`, an intervention names its arms by label."""
    module = trial.arms_interventions
    names = _positions_by_name(module)
    labels = {arm.label: position for position, arm in reversed(list(enumerate(module.arm_groups)))}
    seen: set[tuple[int | str, int | str]] = set()
    for arm_position, arm in enumerate(module.arm_groups):
        for name in arm.intervention_names:
            intervention = names.get(_folded(name))
            plain = module.interventions[intervention].name if intervention is not None else name
            if not _met((name if intervention is None else intervention, arm_position), seen):
                yield trial.nct_id, intervention, arm_position, plain, arm.label
    for position, given in enumerate(module.interventions):
        for label in given.arm_group_labels:
            arm_at = labels.get(label)
            if not _met((position, label if arm_at is None else arm_at), seen):
                yield trial.nct_id, position, arm_at, given.name, label


def _met(link: tuple[int | str, int | str], seen: set[tuple[int | str, int | str]]) -> bool:
    """Whether the link was met before; it is now."""
    before = link in seen
    seen.add(link)
    return before


def _positions_by_name(module: ArmsInterventions) -> dict[str, int]:
    """Each intervention's position by `type: name` and, where no type is written, by name; the first one wins."""
    names: dict[str, int] = {}
    for position, given in enumerate(module.interventions):
        kind = (given.type or "").replace("_", " ")
        names.setdefault(_folded(f"{kind}: {given.name}"), position)
    for position, given in enumerate(module.interventions):
        names.setdefault(_folded(given.name or ""), position)
    return names


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def outcomes(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcomes`."""
    planned = trial.outcomes
    for kind, listed in (
        ("primary", planned.primary_outcomes),
        ("secondary", planned.secondary_outcomes),
        ("other", planned.other_outcomes),
    ):
        for position, outcome in enumerate(listed):
            yield trial.nct_id, kind, position, outcome.measure, outcome.description, outcome.time_frame


def sites(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `sites`."""
    nct_id = trial.nct_id
    for position, site in enumerate(trial.contacts_locations.locations):
        point = site.geo_point
        yield (
            nct_id,
            position,
            site.facility,
            site.status,
            site.city,
            site.state,
            site.zip,
            site.country,
            point.lat if point else None,
            point.lon if point else None,
        )


def contacts(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `contacts`."""
    yield from _contacts(trial.nct_id, None, trial.contacts_locations.central_contacts)
    for position, site in enumerate(trial.contacts_locations.locations):
        yield from _contacts(trial.nct_id, position, site.contacts)


def _contacts(nct_id: str, site: int | None, listed: tuple[Contact, ...]) -> Iterator[Row]:
    for position, contact in enumerate(listed):
        yield nct_id, site, position, contact.name, contact.role, contact.phone, contact.phone_ext, contact.email


def officials(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `officials`."""
    for position, official in enumerate(trial.contacts_locations.overall_officials):
        yield trial.nct_id, position, official.name, official.affiliation, official.role


def sponsors(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `sponsors`."""
    lead = trial.sponsors.lead_sponsor
    if lead:
        yield trial.nct_id, 0, "lead", lead.name, lead.agency_class
    for position, other in enumerate(trial.sponsors.collaborators, 1):
        yield trial.nct_id, position, "collaborator", other.name, other.agency_class


def secondary_ids(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `secondary_ids`."""
    names = trial.identification
    for position, other in enumerate(names.secondary_id_infos):
        yield trial.nct_id, position, other.id, other.type, other.domain, other.link
    for position, alias in enumerate(names.nct_id_aliases):
        yield trial.nct_id, position, alias, "NCT_ALIAS", None, None


def citations(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `citations`."""
    for position, cited in enumerate(trial.references.references):
        retractions = tuple(notice.pmid for notice in cited.retractions if notice.pmid)
        yield trial.nct_id, position, cited.pmid, cited.type, cited.citation, retractions


def links(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `links`."""
    for position, link in enumerate(trial.references.see_also_links):
        yield trial.nct_id, position, link.label, link.url


def available_data(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `available_data`."""
    for position, offer in enumerate(trial.references.avail_ipds):
        yield trial.nct_id, position, offer.id, offer.type, offer.url, offer.comment


def documents(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `documents`."""
    for position, document in enumerate(trial.documents.large_docs):
        yield (
            trial.nct_id,
            position,
            document.label,
            document.type_abbrev,
            document.has_protocol,
            document.has_sap,
            document.has_icf,
            day(document.date),
            document.date,
            document.upload_date,
            document.filename,
            document.size,
        )
