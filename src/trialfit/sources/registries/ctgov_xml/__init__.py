"""Legacy ClinicalTrials.gov XML: one `<clinical_study>`, as downloads gave it until 2023.

The XML is mapped to the study object of the API v2 and read as such, so that a Trial is the same whatever it came from.
Two forms of posted results are known: that of 2016 (`measure_list`, analysed people as a measure of their own) and that
of 2023 (`measure`, `analyzed_list`, `class_list`).

Not in the XML, so absent from the Trial: MeSH ids and ancestors, coordinates, the class of the registering body, links
and types of secondary ids, standard age groups, sizes and dates of uploaded documents. Free text is plain text here,
without the Markdown escapes of the API v2; see `text.plain_text` for what happens to its line breaks.
"""

import msgspec

from trialfit.records.trial import Trial
from trialfit.sources.registries.ctgov_xml.markup import looks_like_study, parsed
from trialfit.sources.registries.ctgov_xml.protocol import study_object
from trialfit.sources.registries.ctgov_xml.results import results_section
from trialfit.sources.study import Study, trial_of

NAME = "ctgov-xml"
RANK = 10
"""Below the API v2, which says more."""

recognises = looks_like_study


def read(data: bytes) -> Trial:
    """The Trial in one `<clinical_study>` document.

    Raises RecordRefused, naming the line: not well-formed, a document type or entity declared, not a study, no NCT id.
    """
    root = parsed(data)
    study = study_object(root)
    results = root.find("clinical_results")
    if results is not None:
        study["resultsSection"] = results_section(results)
    return trial_of(msgspec.convert(study, Study))
