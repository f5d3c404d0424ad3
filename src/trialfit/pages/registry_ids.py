"""Ids of a trial in other registries: credited to a registry only when they have that registry's form.

Forms: EudraCT yyyy-nnnnnn-cc (eudract.ema.europa.eu), EU CTIS 202y-5nnnnn-nn-nn (euclinicaltrials.eu),
ISRCTN + 8 digits (isrctn.com), ChiCTR + digits (chictr.org.cn), jRCT + digits (jrct.mhlw.go.jp), UMIN + 9 digits
(umin.ac.jp/ctr), ACTRN + 14 digits (anzctr.org.au), CTRI/yyyy/mm/nnnnnn (ctri.nic.in), DRKS + 8 digits (drks.de),
KCT + 7 digits (cris.nih.go.kr). Read 2026-11-22. Numbers of any other form are shown as the sponsor's own numbers.
"""

import re

from trialfit.pages.citing import say, stated
from trialfit.pages.subject import IDENTIFICATION
from trialfit.pages.view import Name, Sentence
from trialfit.records.trial import Trial

REGISTRY_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EU Clinical Trials Information System", re.compile(r"20\d\d-5\d{5}-\d\d(-\d\d)?\Z")),
    ("EudraCT", re.compile(r"(19|20)\d\d-\d{6}-\d\d\Z")),
    ("ISRCTN registry", re.compile(r"ISRCTN\d{8}\Z")),
    ("Chinese Clinical Trial Registry", re.compile(r"ChiCTR[A-Z-]*\d{8,10}\Z")),
    ("Japan Registry of Clinical Trials", re.compile(r"jRCT[a-z]?\d{9,10}\Z")),
    ("UMIN registry in Japan", re.compile(r"UMIN\d{9}\Z")),
    ("Australian New Zealand registry", re.compile(r"ACTRN\d{14}\Z")),
    ("Clinical Trials Registry of India", re.compile(r"CTRI/\d{4}/\d{2,3}/\d{6}\Z")),
    ("German registry (DRKS)", re.compile(r"DRKS\d{8}\Z")),
    ("Korean registry (CRIS)", re.compile(r"KCT\d{7}\Z")),
)


def registry_of(identifier: str) -> str | None:
    """The registry whose form the id has, or None."""
    return next((registry for registry, form in REGISTRY_FORMS if form.match(identifier)), None)


def known_ids(trial: Trial) -> tuple[Sentence, ...]:
    """One short sentence for each other id: aliases here, ids of other registries, and the sponsor's number."""
    found: list[Sentence] = []
    identification = trial.identification
    for position, alias in enumerate(identification.nct_id_aliases):
        source = stated(f"{IDENTIFICATION}.nctIdAliases[{position}]", alias)
        found.append(say(Name(alias), " (an older id of this same trial).", by=source))
    for position, other in enumerate(identification.secondary_id_infos):
        identifier = (other.id or "").strip()
        registry = registry_of(identifier)
        if registry:
            source = stated(f"{IDENTIFICATION}.secondaryIdInfos[{position}].id", other.id)
            found.append(say(Name(identifier), f" ({registry}).", by=source))
    own = identification.org_study_id_info
    if own and own.id and own.id.strip():
        found.append(
            say(
                Name(own.id.strip()),
                " (the sponsor’s own number).",
                by=stated(f"{IDENTIFICATION}.orgStudyIdInfo.id", own.id),
            )
        )
    return tuple(found)
