"""Sample trials that come with the package, so that everything works before anything is downloaded.

The records have the shape of ClinicalTrials.gov API v2 study objects and carry the ids of real trials. Their words are
ours: public facts (drugs, doses, dates, numbers, places, published results), reworded and shortened by hand on
2026-11-22. They are not the registry's text, they leave things out, and they do not follow later changes of the
record. Each file says so in its field `trialfitSample`, which names where its facts are from; README.md, beside this
module, lists what each sample shows. The real record of any of them is at clinicaltrials.gov/study/ and its id, or is
fetched with `trialfit sync`.
"""

from importlib.resources import files
from pathlib import Path


def sample_trials() -> tuple[Path, ...]:
    """The files of the sample trials, `NCTxxxxxxxx.json`, one study object each, in order of their ids."""
    folder = Path(str(files(__name__))) / "trials"
    return tuple(sorted(folder.glob("NCT*.json")))
