"""Made-up pages that use every kind of block, for the tests of the page's forms.

No record stands behind them: the trial, its treatments and its places do not exist.
"""

from trialfit.criteria.wording import Understood
from trialfit.pages.view import (
    Bullets,
    Criteria,
    CriterionItem,
    Disclosure,
    Fact,
    Facts,
    Grade,
    Name,
    Page,
    Paragraph,
    Part,
    PlainLine,
    Quote,
    Section,
    Sentence,
    Source,
    Table,
)

STATUS = "protocolSection.statusModule"
DESIGN = "protocolSection.designModule"
ARMS = "protocolSection.armsInterventionsModule"
PLACES = "protocolSection.contactsLocationsModule"
ELIGIBILITY = "protocolSection.eligibilityModule.eligibilityCriteria"

HOSTILE = "<script>alert(\"1\")</script> & 'x' \u202egnp.exe\u202c"


def said(*parts: Part, field: str = f"{STATUS}.overallStatus", words: str = "RECRUITING") -> Sentence:
    """A sentence that the record states."""
    return Sentence(parts, (Source(field, words),))


def silent(text: str, field: str) -> Sentence:
    """A sentence about what the record leaves out."""
    return Sentence((text,), (Source(field, kind="silent"),))


def method(text: str, page: str = "method") -> Sentence:
    """A sentence about TrialFit itself."""
    return Sentence((text,), (Source(page, kind="method"),))


def criterion(
    text: str, depth: int, start: int = 0, plain: tuple[PlainLine, ...] = (), understood: Understood | None = None
) -> CriterionItem:
    """A line of the eligibility text as written."""
    source = Source(ELIGIBILITY, text, (start, start + len(text)))
    return CriterionItem(Sentence((Quote(text),), (source,)), depth, plain=plain, understood=understood)


def site_table(rows: int) -> Table:
    """A table of made-up places."""
    return Table(
        caption="Places in Norland",
        columns=("Place", "City", "Is it taking people?"),
        rows=tuple(
            (
                said(
                    Name(f"Harbour Clinic {n}"), field=f"{PLACES}.locations[{n}].facility", words=f"Harbour Clinic {n}"
                ),
                said(Name("Port Amber"), field=f"{PLACES}.locations[{n}].city", words="Port Amber"),
                said("Yes.", field=f"{PLACES}.locations[{n}].status") if n % 3 else None,
            )
            for n in range(rows)
        ),
    )


def status_section() -> Section:
    """Paragraphs in every tone, and facts."""
    start = said("It began in ", "March 2024", ".", field=f"{STATUS}.startDateStruct.date", words="2024-03")
    return Section(
        "status",
        "Can people join now?",
        (
            Paragraph((said("This trial is looking for people."), start)),
            Paragraph(
                (
                    said(
                        "Call first: this record was last checked 14 months ago.", field=f"{STATUS}.statusVerifiedDate"
                    ),
                ),
                tone="warn",
            ),
            Facts(
                (
                    Fact("Start", (said("March 2024", field=f"{STATUS}.startDateStruct.date", words="2024-03"),)),
                    Fact("Expected end", (silent("The record does not say.", f"{STATUS}.completionDateStruct"),)),
                )
            ),
            Paragraph((method("We count a record as old after 12 months."),), tone="note"),
        ),
    )


def treatment_section() -> Section:
    """Bullets, ordered and not, and two sentences that share one source."""
    arm = {"field": f"{ARMS}.armGroups[0].description", "words": "Amberol 5 mg once a day, then a visit every week"}
    return Section(
        "studied",
        "What is studied",
        (
            Paragraph(
                (
                    said("People get ", Name("amberol"), " by mouth.", **arm),
                    said("They visit the clinic each week.", **arm),
                    said("Chance decides who gets what.", field=f"{DESIGN}.designInfo.allocation", words="RANDOMIZED"),
                )
            ),
            Bullets(
                (
                    (said(Name("Amberol"), ": tested.", field=f"{ARMS}.interventions[0].name", words="Amberol"),),
                    (
                        said(
                            Name("Sugar pill"),
                            ": compared with.",
                            field=f"{ARMS}.interventions[1].name",
                            words="Placebo",
                        ),
                    ),
                )
            ),
            Bullets(
                (
                    (said("Call the clinic."), said("Say the number of the trial.")),
                    (said("Ask what a visit costs."),),
                ),
                ordered=True,
            ),
        ),
    )


def nested_reading() -> tuple[PlainLine, ...]:
    """A reading with lists in a list."""
    lines = ((0, "These are true of you:"), (1, "One of these:"), (2, "Tall."), (2, "Short."), (1, "Awake."))
    return tuple(PlainLine(said(text), depth) for depth, text in lines)


def criteria_section() -> Section:
    """Two lists with nested lines, one of them with a plain reading beside it."""
    return Section(
        "criteria",
        "All criteria",
        (
            Criteria(
                "inclusion",
                "You may fit if",
                Sentence((Quote("Key inclusion:"),), (Source(ELIGIBILITY, "Key inclusion:", (0, 14)),)),
                (
                    criterion("Adults aged 18 or over", 0, 15, (PlainLine(said("You are 18 or older.")),), "all"),
                    criterion("Amber fever, shown by:", 0, 40),
                    criterion("a blood test > 3 x ULN, or", 1, 63),
                    criterion("a scan", 1, 91),
                    criterion("with contrast", 2, 99),
                    criterion("Able to swallow tablets", 0, 114, understood="nothing"),
                    criterion("Blood count and liver tests as in the plan", 0, 140, nested_reading(), "part"),
                ),
            ),
            Criteria(
                "exclusion",
                "You do not fit if",
                None,
                (criterion("Pregnant", 0, 140), criterion("Allergy to amberol", 0, 150)),
            ),
        ),
    )


def where_section(rows: int = 4) -> Section:
    """A table, and one folded away."""
    return Section(
        "where",
        "Where",
        (
            Paragraph((said("The record lists places in one country."),)),
            site_table(rows),
            Disclosure("See all places", (site_table(rows), Paragraph((said("These are all."),)))),
        ),
    )


def page(*sections: Section, nct_id: str = "NCT00000000", record_date: str | None = "2025-05-01") -> Page:
    """A page of the given sections; all the made-up ones when none is given."""
    title = said(
        "Amberol compared with a sugar pill for ", Name("amber fever"), field=f"{ARMS}.armGroups", words="Amberol"
    )
    official = "A Randomized Study of Amberol in Amber Fever"
    return Page(
        nct_id=nct_id,
        title=title,
        official_title=said(
            Quote(official), field="protocolSection.identificationModule.officialTitle", words=official
        ),
        record_date=record_date,
        page_date="2026-02-03",
        registry_url=f"https://clinicaltrials.gov/study/{nct_id}",
        sections=sections or (status_section(), treatment_section(), criteria_section(), where_section()),
        grade=Grade(9.1, 6.4, 21),
    )


def hostile_page() -> Page:
    """A page whose every text from the record tries to be markup, in every kind of block."""
    line = said(Name(HOSTILE), " ", Quote(HOSTILE), " ", HOSTILE, field=HOSTILE, words=HOSTILE)
    section = Section(
        "hostile",
        HOSTILE,
        (
            Paragraph((line,)),
            Bullets(((line,),)),
            Facts((Fact(HOSTILE, (line,)),)),
            Table(HOSTILE, (HOSTILE,), ((line,),)),
            Criteria("inclusion", HOSTILE, line, (CriterionItem(line, 0, plain=(PlainLine(line),)),)),
            Disclosure(HOSTILE, (Paragraph((line,)),)),
        ),
    )
    return Page("NCT00000000", line, line, HOSTILE, HOSTILE, f'javascript:"{HOSTILE}', (section,), Grade(1.0, 1.0, 1))
