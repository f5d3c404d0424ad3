"""The pages of the site beside the trials': home, list, about, and errors. Their words stand in the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialfit.pages.dates import written
from trialfit.pages.html import Site, render
from trialfit.pages.wording import OPEN_STATUSES, STATUS_LABEL, code_words

NO_STATUS = "Status not given"


def status_label(code: str | None) -> str:
    """A status as a short label."""
    return STATUS_LABEL.get(code) or code_words(code) if code else NO_STATUS


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many trials have a status; code is None where the record gives none."""

    code: str | None
    trials: int

    @property
    def label(self) -> str:
        """The status as a short label."""
        return status_label(self.code)

    @property
    def is_open(self) -> bool:
        """Whether a person could still take part, now or soon."""
        return self.code in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is loaded. Dates are `YYYY-MM-DD` or None when unknown; samples: trials that came with TrialFit."""

    statuses: tuple[StatusCount, ...]
    newest_record: str | None = None
    last_load: str | None = None
    samples: int = 0

    @property
    def trials(self) -> int:
        """All trials."""
        return sum(count.trials for count in self.statuses)

    @property
    def newest_record_words(self) -> str | None:
        """The date of the newest record, written out."""
        return written(self.newest_record)

    @property
    def last_load_words(self) -> str | None:
        """The day of the last load, written out."""
        return written(self.last_load)


def holdings(
    by_status: Mapping[str | None, int],
    *,
    newest_record: str | None = None,
    last_load: str | None = None,
    samples: int = 0,
) -> Holdings:
    """What is loaded, statuses under which people can take part first, and larger numbers before smaller ones."""
    counts = [StatusCount(code, trials) for code, trials in by_status.items() if trials]
    counts.sort(key=lambda count: (not count.is_open, -count.trials, count.label))
    return Holdings(tuple(counts), newest_record, last_load, samples)


@dataclass(frozen=True, slots=True)
class ListedTrial:
    """One line of a list of trials: the title, and the status code or None."""

    nct_id: str
    title: str
    status: str | None
    conditions: tuple[str, ...] = ()

    @property
    def status_label(self) -> str:
        """The status as a short label."""
        return status_label(self.status)

    @property
    def is_open(self) -> bool:
        """Whether a person could still take part, now or soon."""
        return self.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True)
class Listing:
    """One screen of a list of trials, and the addresses of its neighbours ("" for none).

    place: what is shown, such as `Trials 51 to 100 of 7,761`. words and status: the question that it answers.
    """

    trials: Sequence[ListedTrial]
    place: str = ""
    previous: str = ""
    next: str = ""
    words: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why there is no page: the HTTP status, what happened, what to do, and the registry's address where it helps."""

    status: int
    what: str
    remedy: str
    registry_url: str = ""


def render_home(site: Site, loaded: Holdings) -> str:
    """The first page of a site that can be asked."""
    return render("home.html", site, loaded=loaded)


def render_list(site: Site, listing: Listing, loaded: Holdings) -> str:
    """A list of trials with its question."""
    return render("trials.html", site, listing=listing, loaded=loaded)


def render_index(site: Site, listing: Listing, loaded: Holdings) -> str:
    """A list of trials in a site of files: its first page is the home of that site."""
    return render("index.html", site, listing=listing, loaded=loaded)


def render_about(site: Site) -> str:
    """How pages are made, what is kept of a visit (nothing), and how the site can be used."""
    return render("about.html", site)


def render_mistake(site: Site, mistake: Mistake) -> str:
    """What went wrong, and the ways on."""
    return render("mistake.html", site, mistake=mistake)
