"""Where: every listed place by country and city, with its own status."""

from trialfit.pages.citing import name, say, silent, stated
from trialfit.pages.subject import PLACES, Subject
from trialfit.pages.view import Block, Bullets, Disclosure, Paragraph, Part, Sentence
from trialfit.pages.wording import STATUS_LABEL, code_words
from trialfit.records.protocol import Site

ID = "where"
HEADING = "Where"
FEW_PLACES = 12
"""Up to so many places are listed openly; more are folded by country."""


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Places by country, countries in the record's order."""
    sites = subject.trial.contacts_locations.locations
    field = f"{PLACES}.locations"
    if not sites:
        return (
            Paragraph(
                (
                    say("The record does not list any place.", by=silent(field)),
                    say("Ask the study team where it runs.", by=silent(field)),
                )
            ),
        )
    by_country: dict[str, list[int]] = {}
    for position, site in enumerate(sites):
        by_country.setdefault((site.country or "").strip(), []).append(position)
    places = "1 place" if len(sites) == 1 else f"{len(sites):,} places"
    lead = say(f"The record lists {places}.", by=stated(field, f"{len(sites)} entries"))
    found: list[Block] = [Paragraph((lead,))]
    for country, positions in by_country.items():
        ordered = sorted(positions, key=lambda n: ((sites[n].city or "").casefold(), n))
        items = tuple((_site(subject, n, sites[n]),) for n in ordered)
        if len(sites) <= FEW_PLACES:
            found.append(Bullets(items))
        else:
            found.append(Disclosure(f"{country or 'Country not given'} ({len(positions)})", (Bullets(items),)))
    return tuple(found)


def _site(subject: Subject, position: int, site: Site) -> Sentence:
    path = f"{PLACES}.locations[{position}]"
    fields = (("facility", site.facility), ("city", site.city), ("state", site.state), ("country", site.country))
    parts: list[Part] = []
    sources = []
    for field, value in fields:
        if value and value.strip():
            if parts:
                parts.append(", ")
            parts.append(name(value))
            sources.append(stated(f"{path}.{field}", value))
    if not parts:
        parts, sources = ["A place without a name"], [silent(f"{path}.city")]
    if site.status:
        parts.append(f" – {STATUS_LABEL.get(site.status, code_words(site.status)).lower()}")
        sources.append(stated(f"{path}.status", site.status))
    elif not site.facility:
        parts.append(" (the record does not name the hospital or clinic)")
        sources.append(silent(f"{path}.facility"))
    return say(*parts, by=sources)
