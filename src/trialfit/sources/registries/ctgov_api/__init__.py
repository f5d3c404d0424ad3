"""Fetching studies from the live ClinicalTrials.gov API v2 into a spool beside the store; loading them is another step.

    with open_client() as client, open_spool(store, StudyQuery(condition="glioma")) as spool:
        summary = fetch(spool, client=client)
        ...                                     # load spool.page_files() into the store
        spool.mark_loaded()

A fetch that stops for whatever reason is continued by the same call: it goes on at the page it had come to. After
mark_loaded, the next fetch asks only for studies updated since. Nothing is ever removed from a store because it was
not listed or could not be read again: a fetch only adds pages.

    query.py     what to ask for (StudyQuery)
    request.py   asking: pace, retries, limits
    spool.py     pages on the disk, and what is remembered between runs
    listing.py   reading a listing from its first page to its last (fetch)

API: clinicaltrials.gov/data-api/api, `GET /studies` and `GET /version`.
"""

from trialfit.sources.registries.ctgov_api.listing import OVERLAP, FetchProgress, FetchSummary, fetch
from trialfit.sources.registries.ctgov_api.query import STATUSES, StudyQuery
from trialfit.sources.registries.ctgov_api.request import REGISTRY_URL, Clock, RequestPolicy, open_client
from trialfit.sources.registries.ctgov_api.spool import Spool, Watermark, open_spool, sync_folder

__all__ = [
    "OVERLAP",
    "REGISTRY_URL",
    "STATUSES",
    "Clock",
    "FetchProgress",
    "FetchSummary",
    "RequestPolicy",
    "Spool",
    "StudyQuery",
    "Watermark",
    "fetch",
    "open_client",
    "open_spool",
    "sync_folder",
]
