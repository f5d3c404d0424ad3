"""About this page: whence, when, how, by whom, and how hard it is to read."""

from trialfit.pages.citing import method, say, silent, stated
from trialfit.pages.dates import partial_date
from trialfit.pages.subject import IDENTIFICATION, STATUS, Subject
from trialfit.pages.view import Block, Bullets, Grade, Name, Sentence

ID = "about"
HEADING = "About this page"


def blocks(subject: Subject, grade: Grade) -> tuple[Block, ...]:
    """The facts about the page itself; the grade is of all sentences before this section and of this one."""
    trial = subject.trial
    today = partial_date(subject.page_date.isoformat())
    struct = trial.status.last_update_post_date_struct
    field = f"{STATUS}.lastUpdatePostDateStruct.date"
    if subject.record_date is not None:
        source = (
            stated(field, struct.date)
            if struct and struct.date
            else stated(f"{STATUS}.lastUpdateSubmitDate", trial.status.last_update_submit_date)
        )
        version = say(f"It is based on the record as changed on {subject.record_date.words}.", by=source)
    else:
        version = say("The record it is based on has no date.", by=silent(field))
    how = method("how-a-page-is-made")
    sentences: list[Sentence] = [
        version,
        say(f"The page was made on {today.words if today else subject.page_date.isoformat()}.", by=how),
        say("A program made it by fixed rules. It adds no facts about the trial to those of the record.", by=how),
        say("Its plain reading of a criterion can be wrong. The record’s own words count.", by=method("criteria")),
        say("Nobody has reviewed it.", by=how),
        say("TrialFit has no funding.", by=method("funding")),
        say("It is not medical advice. Talk to your doctor before you decide.", by=how),
        say(
            f"Reading grade of our own sentences: {grade.as_written:.1f} as written, "
            f"{grade.names_as_one_word:.1f} with each name counted as one plain word.",
            by=method("reading-grade"),
        ),
        say("Quoted words are the record’s own, and may be harder to read.", by=method("reading-grade")),
        say(
            "The record is at ",
            Name(f"clinicaltrials.gov/study/{trial.nct_id}"),
            by=stated(f"{IDENTIFICATION}.nctId", trial.nct_id),
        ),
    ]
    return (Bullets(tuple((sentence,) for sentence in sentences)),)
