"""Words that shape a criterion whatever it is about: logic, comparison, time, state.

Each table maps what the words say to the ways to write it, "; " between them; they are folded like the vocabulary's
terms (case, plural and hyphens do not matter). Longer phrases win over shorter ones. What only one family of
sentences needs stands in that family's module in `grammar`.
"""

from collections.abc import Mapping

Cues = Mapping[str, Mapping[str, str]]
"""Kind of lexeme -> value -> ways to write it. The value "" stands for None."""

COMPARISON: Cues = {
    "cmp": {
        ">=": "at least; at minimum; at a minimum; minimum; minimum of; a minimum of; greater than or equal to; "
        "greater than or equal; greater or equal to; greater or equal; greater equal; more than or equal to; "
        "more than or equal; more or equal to; equal to or greater than; equal to or more than; equal or greater than; "
        "equal or more than; equal to or above; equal to or higher than; higher than or equal to; not less than; no less than; not lower than; not below; "
        "not under; larger than or equal to; superior or equal to; older than or equal to; equal to or over; at or above; "
        "greater than equal to; above or equal to; above or equal; greater or equal than; from; starting from; not younger than",
        "<=": "at most; up to; up to and including; maximum; maximum of; a maximum of; less than or equal to; "
        "less than or equal; lesser than or equal to; less or equal to; less or equal; less equal; equal to or less than; equal or less than; "
        "lower than or equal to; lower or equal to; lower or equal; equal to or lower than; equal to or below; below or equal to; no more than; not more than; "
        "no greater than; not greater than; not exceeding; not exceed; does not exceed; no higher than; not higher than; "
        "not to exceed; not over; not above; no longer than; not older than; smaller than or equal to; inferior or equal to; at or below; "
        "less than equal to; under or equal to; equal or lower than; equal to or smaller than",
        ">": "greater than; more than; higher than; larger than; longer than; older than; above; over; exceeding; "
        "exceeds; exceed; in excess of; superior to; bigger than; elevated above; greater; beyond; elevated to",
        "<": "less than; lower than; fewer than; smaller than; shorter than; younger than; below; under; inferior to; lesser than; "
        "beneath; less then",
        "=": "equal to; equals; equal; exactly; is equal to",
    },
    "after_cmp": {
        ">=": "or more; or greater; or higher; or above; or over; or older; and older; and above; and over; and up; "
        "or longer; or better; or later; or worse; or beyond; or elder; minimum; "
        "or upward; and beyond; and elder; or better than; or more than; or greater than; onward",
        "<=": "or less; or lower; or fewer; or below; or younger; and younger; and below; or under; and under; or smaller; "
        "or earlier; or shorter; maximum; or less than; or lower than",
    },
    "between": {
        "": "between; ranging from; ranging between; in the range of; range of; range from; ranges from; ranging; aged from; range"
    },
    "to": {"": "to; through; until; thru"},
}

NUMBER_WORDS: Mapping[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty one": 21, "twenty four": 24, "twenty eight": 28, "thirty": 30,
    "forty": 40, "forty five": 45, "fifty": 50, "sixty": 60, "sixty five": 65, "seventy": 70, "seventy five": 75,
    "eighty": 80, "eighty five": 85, "ninety": 90, "hundred": 100, "one hundred": 100, "a year": 1, "a month": 1, "a week": 1,
}  # fmt: skip

LOGIC: Cues = {
    "and": {
        "": "and; as well as; plus; along with; together with; in combination with; and also; in addition to; combined with; in conjunction with; followed by"
    },
    "or": {"": "or; and or; either; nor; or else; versus; or any; and or any; or other; as well as any"},
    "negation": {
        "": "no; not; without; free of; free from; absence of; lack of; lacking; none; never; neither; no evidence of; "
        "no sign of; no signs of; no history of; no prior history of; without evidence of; without a history of; without history of; no known; "
        "not have; must not have; must not be; does not have; do not have; has not; have not; has no; have no; had no; "
        "is not; are not; may not have; may not be; should not be; should not have; must not; no known history of; no clinical evidence of; no documented; "
        "no current; with no; cannot have; cannot be; can not have; can not be; no evidence for; "
        "did not; did not have; does not; do not; non; was not; were not; has never; have never; has not had; have not had; "
        "have not received; has not received; absent; devoid of; no other; not currently; not known to have; "
        "no more; denies; not to have; not be; no longer; no any; without any",
    },
    "except": {
        "": "except; except for; other than; with the exception of; with exception of; excluding; apart from; aside from; exception; exceptions; "
        "not including; exclusive of; but not; with the exceptions of; with exceptions of; excepting; exceptions include; not counting; does not include; with an exception of",
        "unless": "unless; except if; except when; except in; unless they; except in case of; except in the case of",
        "but": "provided that; provided; as long as; so long as; on the condition that; only if",
    },
    "allowed": {
        "": "may have; may have had; may have received; may continue; may use; may be on; may be receiving; may be treated; can have; may involve; may also; allowed; permitted; is allowed; are allowed; will be allowed; is permitted; are permitted; may be enrolled; may enroll; "
        "may participate; may be included; can be included; can be enrolled; are eligible; is eligible; will be eligible; "
        "are acceptable; is acceptable; acceptable; may be eligible; are not excluded; is not excluded; are not an exclusion; "
        "not an exclusion; will be permitted; may be allowed; may be permitted; can participate; can be enrolled; may be considered; "
        "allowed to enroll; allowed to participate; allowed to be enrolled; eligible to participate; are exempt; can enroll; remain eligible; may receive; can be considered; "
        "does not exclude; do not exclude; not considered exclusionary; not exclusionary; is not an exclusion; would be allowed; will not be excluded; "
        "is not exclusionary; are not exclusionary; may still be eligible; are still eligible; is not considered exclusionary; allowable",
    },
    "forbidden": {
        "": "not allowed; not permitted; are not allowed; is not allowed; not eligible; are not eligible; is not eligible; "
        "excluded; are excluded; is excluded; will be excluded; ineligible; are ineligible; is ineligible; prohibited; "
        "is prohibited; are prohibited; will not be eligible; cannot be enrolled; may not be enrolled; may not participate; "
        "should be excluded; must be excluded; not be eligible; not acceptable; will not be allowed; is an exclusion; are exclusionary; is exclusionary; disallowed",
    },
    "if": {
        "": "if; when; in case of; in the case of; in cases of; in the event of; if there is; if the patient has; if known; in presence of; "
        "in the presence of; only when; whenever; in cases where; in the setting of; if there are"
    },
    "example": {
        "": "e g; eg; such as; including; includes; include; for example; including but not limited to; like; for instance; example; examples; "
        "among others; including without limitation; not limited to; but not limited to; includes but is not limited to; to include; "
        "examples include; example include; ex; especially; particularly; in particular; notably; this includes; these include; this includes but is not limited to; "
        "such as but not limited to; e g but not limited to; include but are not limited to; included",
    },
    "meaning": {
        "": "i e; ie; defined as; defined by; as defined by; as evidenced by; evidenced by; as indicated by; demonstrated by; as demonstrated by; "
        "is defined as; as manifested by; as determined by; as shown by; as confirmed by; as documented by; characterized by; as defined as; "
        "indicated by; documented by; defined; which is defined as; are defined as; manifested by; namely; based on; determined by"
    },
    "relation": {
        "due": "due to; caused by; secondary to; because of; related to; attributed to; attributable to; associated with; resulting from; as a result of; "
        "induced; induced by; from; resulting in; causing; leading to; that interferes with; arising from; linked to; owing to; consistent with; suggestive of; "
        "affecting; impairing; interfering with",
        "for": "for; for the treatment of; as treatment for; for treatment of; as treatment of; indicated for; in the treatment of; to treat; directed at; for the management of; used for; intended for; against; in preparation for",
        "requiring": "requiring; that require; requires; require; that requires; required; needing; treated with; treated by; managed with; controlled with; "
        "controlled by; controlled on; maintained on; receiving; who receive; who have received; which require; which requires; that required; which required; necessitating; need; need for; managed by; on treatment with; that needs; managed on; treatable with; "
        "who required; who require; refractory to; despite",
        "with": "with; who have; having; accompanied by; that have; who has; which has; which have; complicated by; with a history of; presenting with; who also have; with concurrent; with concomitant; with known; with associated",
        "of": "of; in; to; involving; of the; in the; to the; within the; involving the; at the; on; on the; arising in; arising in the; located in; located in the; confined to; limited to; extending to; around; over the; into; into the; by; via; as",
        "during": "during; while; while on; during or after; throughout; during treatment with; at the time of; in the course of",
        "that": "that; which; whose; where; because; so that; so; as to; in order to; thereby",
    },
}

TIME: Cues = {
    "within": {
        "": "within; in; less than; during; for; within less than; fewer than; under; not within; occurring within; in a period of; within a period of; within approximately; up to",
    },
    "past": {
        "": "within the past; in the past; within the last; in the last; over the past; during the past; during the last; "
        "for the past; over the last; within the previous; in the previous; during the previous; past; within past; within last; "
        "for the last; in the preceding; within the preceding; the past; the last; during the preceding; in the prior; within the prior; over the previous; "
        "in the most recent; within previous; for at least the past; in last; in past; in the recent; last; within the immediate",
    },
    "before": {
        "": "before; prior to; preceding; previous to; prior; of; from; in advance of; before the; ahead of; to; pre; preceding the; within; earlier than; of the; before start of; since before; at; leading up to; antecedent to",
    },
    "after": {
        "": "after; following; post; since; from the time of; later than; after the; subsequent to; from the end of; out from; beyond the"
    },
    "since": {
        "": "since; have elapsed since; has elapsed since; must have elapsed since; elapsed since; since the; have passed since; has passed since; from the last; from last; since last; since the last; out from; since completion of; since the completion of; must have passed since; elapsed from; since the end of; must elapse between; between; from prior; from previous; since prior; since any; since any prior; since previous; since receiving; since completing; since most recent"
    },
    "ago": {"": "ago; earlier; previously; before; prior; beforehand; preceding"},
    "unit_word": {"a": "year", "mo": "month", "wk": "week", "d": "day; 24 hours"},
    "whichever": {
        "longer": "whichever is longer; whichever longer; whichever is the longer; whichever is longest; whichever comes later; whichever is later; whichever occurs later; whichever is greater; whichever comes last; whichever occurs last; whichever period is longer",
        "shorter": "whichever is shorter; whichever shorter; whichever is the shorter; whichever comes first; whichever is less; whichever occurs first; whichever is shortest; whichever is earlier",
    },
    "half_life": {
        "": "half lives; half life; elimination half lives; elimination half life; plasma half lives; drug half lives; half lives of the drug; half lives of the study drug; terminal half lives; half lives of the agent; half lives of the drugs; half lives of investigational product; half lives of the medication"
    },
    "anchor": {
        "randomization": "randomization; randomisation; randomized; randomised; random assignment; being randomized; study randomization; randomizing; "
        "patient randomization; the randomization; date of randomization; the date of randomization; the time of randomization; time of randomization; day of randomization; treatment assignment; treatment allocation; allocation; subject randomization",
        "first_dose": "first dose; the first dose; first dose of study drug; the first dose of study drug; first dose of study treatment; "
        "the first dose of study treatment; the first dose of study medication; first dose of study medication; first administration; first administration of study drug; "
        "study drug administration; study treatment; the study treatment; start of treatment; start of study treatment; the start of study treatment; start of study drug; the start of study drug; "
        "start of therapy; start of study therapy; initiation of study treatment; initiation of treatment; initiation of study drug; initiation of study therapy; initiation of therapy; initiation of protocol therapy; "
        "first study treatment; first study drug; first study drug administration; first study dose; first treatment; first infusion; first injection; first vaccination; first dose of the study drug; "
        "dosing; first dosing; cycle 1 day 1; C1D1; day 1; day 1 of cycle 1; cycle 1; day 0; study day 1; treatment start; treatment initiation; commencing study treatment; commencement of study treatment; "
        "beginning study treatment; beginning of study treatment; starting study treatment; starting study drug; starting treatment; starting therapy; starting study therapy; study drug; the study drug; study drug initiation; study treatment initiation; "
        "initial dose; initial dose of study drug; study medication; receiving study drug; receiving the study drug; receiving study treatment; first day of study treatment; first day of treatment; first day of dosing; "
        "study therapy; protocol therapy; protocol treatment; starting protocol therapy; start of protocol therapy; start of the study drug; start of the treatment; administration of study drug; administration of the study drug; administration of study treatment; "
        "investigational product administration; first dose of investigational product; first dose of IP; first dose of investigational drug; first dose of study intervention; first dose of study therapy; treatment; therapy; study intervention; vaccination; study vaccination; infusion; leukapheresis; apheresis; "
        "conditioning; lymphodepletion; start of lymphodepletion; initiating study treatment; initiation of study medication; start of study medication; initiation of dosing; drug administration; "
        "the first administration of study drug; the first administration; study product administration; first dose of study product; first dose of study vaccine; the first vaccination; first study vaccination; first administration of study treatment; the first study drug administration; the start of treatment; commencement of treatment; the first infusion; first dose of the investigational product; "
        "the start of the study drug; the start of the study treatment; the first dose of the study drug; initiation of the study drug; the initiation of study treatment; investigational product; IP administration; initiation of study; the initiation of treatment",
        "enrolment": "enrolment; enrollment; study entry; study enrollment; study enrolment; entry; registration; study registration; inclusion; study inclusion; study start; "
        "the start of the study; start of study; start of the study; beginning of the study; the beginning of the study; study participation; participation; admission; the study; this study; the trial; study; trial; recruitment; "
        "entering the study; entry into the study; entry into this study; entry to the study; entering this study; study initiation; joining the study; trial entry; trial enrollment; entry into study; enrollment into the study; enrollment in the study; "
        "inclusion in the study; inclusion into the study; beginning the study; starting the study; being enrolled; enrolling; enrolled; study admission; protocol entry; entry onto study; entry on study; entry in the study; initiation of the study; commencement of the study; presentation; hospital admission; hospitalization; "
        "step 1 registration; participation in the study; participation in this study; study commencement; enrollment in this study; protocol enrollment; protocol registration; eligibility; study period; patient enrollment; the trial start; patient registration; enrollment on study; onset of the study; the index date; on study; going on study; hospitalisation; intake",
        "screening": "screening; screening visit; the screening visit; visit 1; baseline; baseline visit; the baseline visit; start of screening; the start of screening; time of screening; study screening; the screening period; screening period; screening visit 1; the screening; first visit; the first visit; visit 0; visit 2; initial screening; screen; "
        "baseline evaluation; evaluation; assessment; baseline assessment; initial visit; the first study visit; first study visit; day of screening; screening phase; run in; run in period",
        "consent": "informed consent; consent; signing informed consent; signing the informed consent; signing the informed consent form; signing of informed consent; signing consent; signature of informed consent; signing of the informed consent form; signing the ICF; ICF signature; signing of ICF; consenting; date of consent; providing informed consent; signed informed consent; signature of the informed consent form; signing of consent; time of consent; the time of consent; the informed consent; obtaining informed consent; signing informed consent form; date of informed consent",
        "diagnosis": "diagnosis; initial diagnosis; the diagnosis; time of diagnosis; date of diagnosis; diagnosis of disease; first diagnosis",
        "last_dose": "last dose; the last dose; last dose of study drug; the last dose of study drug; end of treatment; completion of treatment; last administration; completion of therapy; last treatment; end of therapy; the last dose of study treatment; last dose of study treatment; last chemotherapy; study completion; end of study; the end of the study; the end of study; last study dose; last dose of study medication; final dose; the final dose; stopping treatment; treatment discontinuation",
    },
    "now": {
        "": "current; currently; present; presently; concurrent; concomitant; ongoing; at present; at this time; concurrently; existing; at baseline; at screening; at the time of screening; at time of screening; at enrollment; at study entry; at the time of enrollment; at time of enrollment; at the time of study entry; at inclusion; "
        "at the time of inclusion; on admission; at admission; at entry; at the screening visit; at randomization; at the time of randomization; at visit 1; at registration; at time of registration; at the time of registration; at time of consent; at the time of consent; at diagnosis; at the time of diagnosis; at screening visit; at the time of study enrollment; at time of study entry; at presentation; at the baseline visit; on day 1; at the time of informed consent; at the time of signing the informed consent; at the time of signing informed consent; at time of signing informed consent; "
        "at the start of the study; at start of study; at the time of signing the informed consent form; at study start; at study enrollment; at time of study enrollment; at the time of signing; at consent; at the time of first dose; at the time of diagnosis; at enrolment; at the moment of inclusion; at recruitment"
    },
    "future": {
        "": "during the study; during study; during the trial; during study participation; during the study period; throughout the study; during the course of the study; while on study; while participating in the study; for the duration of the study; for the duration of study; during treatment; during study treatment; over the course of the study; "
        "during participation in the study; during the treatment period; during the study treatment; at any time during the study; during the entire study; throughout the study period; while on study treatment; during the treatment; during protocol therapy; during participation in this study; for duration of study; for the duration of the trial; throughout the trial; while in the study; during this study; for the duration of study participation; while on protocol therapy; while on study drug; while on trial; during the duration of the study; in the study; through the study; throughout study participation; during the conduct of the study"
    },
}

STATE: Cues = {
    "status": {
        "history": "history of; prior history of; past history of; medical history of; previous history of; known history of; a history of; past medical history of; previous; previously; prior; past; "
        "documented history of; history; personal history of; any history of; positive history of; previous episode of; ever; formerly; has had; have had; had; earlier; lifetime history of; past or present; past or current; current or previous; current or past; "
        "any prior; any previous; prior or current; history or presence of; present or past; presence or history of; current or prior; previous or current; history of or current; history of or active; history or current; at any time; lifetime; past history; medical history; past medical history; clinical history of; "
        "history or evidence of; history and or; recent history of; have a history of; significant history of; history or current evidence of; current or history of; present or previous; evidence or history of; history or presence; present or history of; significant medical history of; having had; had had; has a history of; had a history of; with history of; with a history of",
        "active": "active; current; currently; ongoing; present; clinically active; concurrent; concomitant; coexisting; co existing; existing; actively; presently; acute or chronic; pre existing; preexisting; underlying; currently active; currently has; has current; concurrent active; persistent; continuing; simultaneous; co occurring; comorbid; current diagnosis of; current or recent; still; unresolved",
        "suspected": "suspected; suspicion of; possible; probable; known or suspected; suspected or known; suspected or confirmed; confirmed or suspected; presumed; clinical suspicion of; strongly suspected; suspicious for; suspected or proven; proven or suspected; clinically suspected; likely; potential; known or possible",
        "family_history": "family history of; familial history of; family history; first degree relative with; first degree relatives with; a family history of; personal or family history of; family or personal history of; first degree family member with",
        "resolved": "resolved; in remission; in complete remission; remission; cured; inactive; fully resolved; completely resolved; recovered from; quiescent; in clinical remission; fully recovered from; has recovered from; disease free; full recovery from; clinical remission",
        "newly": "newly diagnosed; new diagnosis of; recently diagnosed; de novo; new onset; new; recent; recent onset; first episode of; newly; first episode",
    },
    "qualifier": {
        "uncontrolled": "uncontrolled; poorly controlled; not controlled; inadequately controlled; not well controlled; not adequately controlled; insufficiently controlled; poorly controlled despite; not medically controlled; inadequate control of; uncontrollable; not under control; clinically uncontrolled; not sufficiently controlled",
        "controlled": "controlled; well controlled; adequately controlled; medically controlled; under control; stable and controlled; is controlled; sufficiently controlled; effectively controlled; under adequate control",
        "symptomatic": "symptomatic; clinically symptomatic; with symptoms",
        "asymptomatic": "asymptomatic; clinically asymptomatic; without symptoms; no symptoms; are asymptomatic; neurologically asymptomatic; not symptomatic; symptom free; neurologically stable; clinically silent",
        "stable": "stable; clinically stable; in stable condition; radiologically stable; has been stable; have been stable; are stable; is stable; medically stable; hemodynamically stable; radiographically stable",
        "unstable": "unstable; clinically unstable; medically unstable; hemodynamically unstable; not stable; progressive; progressing; worsening; deteriorating; rapidly progressive; rapidly progressing",
        "clinically_significant": "clinically significant; significant; serious; clinically relevant; relevant; clinically important; medically significant; important; clinically meaningful; major; clinically serious; medically important; "
        "serious or uncontrolled; clinical significant; significantly; overt; of clinical significance; clinically significant or uncontrolled; marked; substantial; clinically evident; meaningful; clinical relevant; clinically manifest; considerable; profound; life threatening; overwhelming; extensive and significant",
        "not_clinically_significant": "not clinically significant; clinically insignificant; insignificant; minor; non significant; trivial; non clinically significant",
        "severe": "severe; severely; very severe; advanced severe; fulminant; grave; critical; critically; intense",
        "moderate": "moderate; moderately; moderate degree",
        "mild": "mild; mildly; slight; minimal; low grade",
        "treated": "treated; adequately treated; successfully treated; curatively treated; definitively treated; treated with curative intent; treated curatively; appropriately treated; effectively treated; surgically treated; previously treated; completely treated; curatively resected; completely resected; surgically cured; that has been treated; that have been treated; resected; excised; completely excised; has been adequately treated; have been treated; have been adequately treated; has been treated; that was treated; was treated; treated by surgery; cured by surgery; successfully resected; after curative treatment; after curative therapy; surgically excised; adequately excised; properly treated; after treatment; following treatment; treated by; fully treated; radically treated; removed",
        "untreated": "untreated; previously untreated; treatment naive; not previously treated; therapy naive; no previous treatment; never treated; not treated; inadequately treated; without treatment",
    },
    "extent": {
        "localized": "localized; localised; clinically localized; early stage; organ confined; limited to the organ; locoregional; loco regional; locally confined; in situ disease only",
        "locally_advanced": "locally advanced; locoregionally advanced; loco regionally advanced; locally extensive; regionally advanced; locally invasive; borderline resectable; local advanced",
        "advanced": "advanced; late stage; advanced stage; incurable; far advanced; end stage disease; not curable; not amenable to curative therapy; not amenable to curative treatment; not amenable to curative surgery; non curable; uncurable",
        "metastatic": "metastatic; metastasized; distant metastatic; with metastases; with metastasis; disseminated; with distant metastases; has metastasized; generalized; with distant metastasis; metastasised; metastasizing; widely metastatic",
        "oligometastatic": "oligometastatic; oligometastases; oligo metastatic",
        "recurrent": "recurrent; relapsed; relapsing; recurring; locally recurrent; in relapse; that has recurred; recurrence of; relapse of; relapse; recurrence; has relapsed; who have relapsed; which has recurred; have relapsed; who relapsed; recurred; recurrence or progression of",
        "refractory": "refractory; resistant; treatment refractory; treatment resistant; therapy refractory; drug resistant; refractory to standard therapy; refractory to treatment; refractory to standard treatment; who are refractory; medically refractory; intractable; primary refractory; therapy resistant; pharmacoresistant",
        "resectable": "resectable; operable; surgically resectable; potentially resectable; amenable to resection; amenable to surgical resection; amenable to surgery",
        "unresectable": "unresectable; inoperable; non resectable; nonresectable; not resectable; surgically unresectable; not amenable to surgical resection; not amenable to surgery; not amenable to resection; not amenable to curative resection; cannot be resected; not surgically resectable; not operable; irresectable; medically inoperable; non operable; unresectability; not candidate for surgery; not candidates for surgery; not a candidate for surgery; not amenable to local therapy; that cannot be resected",
        "limited": "limited stage; limited disease; limited extent",
        "extensive": "extensive stage; extensive disease; extensive",
    },
    "outcome": {
        "progressed": "progressed on; progression on; progressed after; progressed on or after; progression on or after; progressed during; progressed during or after; progressive disease after; progressive disease on; disease progression on; disease progression after; "
        "progression after; progression following; progressed following; disease progression during; disease progression following; progressed through; disease progression on or after; progression during; progression during or after; has progressed on; have progressed on; "
        "disease progression during or after; disease progression on or following; disease progression during or following; progressed despite; has progressed after; have progressed after; progressing after; progressing on; failed; failure of; failed to respond to; failure to; has failed; have failed; who have failed; failing; who failed; treatment failure with; treatment failure on; treatment failure to; "
        "disease progression; progressive disease; progressed; progression of disease; progression; have disease progression on; inadequate response to; insufficient response to; inadequate responder to; not responded to; failed at least; lack of response to; unresponsive to; not responding to; no response to; non responsive to; progression with; progression of disease after; must have progressed on; must have progressed after; experienced disease progression on; whose disease has progressed after; whose disease has progressed on; disease that has progressed after; disease has progressed on; disease has progressed after; documented progression on; progressive disease following; progressive disease during; having progressed on; having progressed after; failure after; failure with; treatment failure; have failed to respond to; inadequately responded to; progressed or recurred after; progressed or relapsed after; poor response to; disease progression with; have progressed following",
        "refractory": "refractory to; resistant to; resistance to; resistance against; platinum resistant; is refractory to; are refractory to; disease refractory to",
        "relapsed": "relapsed after; relapsed following; relapse after; relapse following; recurrence after; recurred after; recurrence following; recurrent after; relapsed on; relapsed or refractory to; relapsed from; relapsed within; have relapsed after; recurred following; disease recurrence after; recurrence on or after; recurrence during or after; relapse during; relapse on; relapse from; relapsed during",
        "intolerant": "intolerant to; intolerant of; intolerance to; intolerance of; unable to tolerate; could not tolerate; not tolerated; cannot tolerate; did not tolerate; inability to tolerate; not tolerate; intolerance or contraindication to; failed or intolerant to; intolerable to; have intolerance to; intolerant or refractory to; intolerable toxicity to; were intolerant to; are intolerant to; was intolerant to; are intolerant of",
        "responded": "responded to; response to; responding to; responsive to; benefit from; benefited from; with response to; have responded to; sensitive to; complete response to; partial response to; achieved response to; have achieved a response to; objective response to; respond to",
        "completed": "completed; completion of; have completed; has completed; must have completed; who completed; who have completed; completing; after completion of; having completed; finished; received and completed",
    },
    "prior": {
        "prior": "prior; previous; previously; previously received; received; have received; has received; having received; prior treatment with; previous treatment with; treated with; prior therapy with; prior use of; previous use of; previous therapy with; prior exposure to; previous exposure to; "
        "previously treated with; who received; who have received; who have been treated with; have been treated with; has been treated with; having previously received; must have received; had; have had; has had; undergone; have undergone; has undergone; having undergone; having underwent; underwent; who underwent; who have undergone; "
        "administration of; received treatment with; having received treatment with; have received treatment with; has received treatment with; any prior; any previous; prior receipt of; receipt of; exposure to; exposed to; use of; used; usage of; any use of; patients treated with; previous administration of; past use of; history of treatment with; "
        "treatment with; therapy with; treatment by; treatments with; have used; has used; taken; have taken; has taken; ever received; previous or ongoing; earlier; past; ever; prior administration of; been treated with; recent; recently received; history of use of; having been treated with; received any; who had; were treated with; was treated with; received prior; received previous; has previously received; have previously received; who have previously received; received at least; pretreated with; pre treated with; pretreatment with; previously exposed to; having had; exposure; received more than; who have had; prior history of; previously treated; have been exposed to; have had prior; have received prior; has received prior; have received any; has received any; history of treatment; history of exposure to; previously underwent; have previously undergone; has previously undergone; prior or concurrent; prior or current; prior or current treatment with; prior or concurrent treatment with; any prior treatment with; initiated; initiation of; start of; started; have received previous; have had previous; who have had prior; change in; use",
        "ongoing": "receiving; currently receiving; concurrent use of; concomitant use of; concurrent treatment with; concomitant treatment with; current use of; currently using; currently taking; current treatment with; on; taking; ongoing treatment with; requiring; requirement for; in need of; being treated with; who are receiving; are receiving; is receiving; "
        "who receive; who take; patients on; currently on; current therapy with; concurrent; concomitant; chronic use of; chronic treatment with; need for; need of; require; requires; required; requires treatment with; require treatment with; requiring treatment with; requiring therapy with; concomitant therapy with; under treatment with; current; currently; ongoing; using; use chronic; concomitant administration of; concurrent administration of; maintained on; long term use of; regular use of; daily use of; chronic; long term; regularly taking; is taking; are taking; currently treated with; currently being treated with; is currently receiving; are currently receiving; is on; are on; undergoing; currently undergoing; co administration of; coadministration of; daily; dependence on; dependent on; continuous use of; continuous; regular; are currently taking; is currently taking; who are taking; who are on; present use of; needs; treatment requiring; concurrent therapy with; taking any; continued use of; who require; on treatment with; under therapy with; on therapy with; under; need to take; continuing use of",
        "planned": "planned; planning; scheduled; scheduled for; planned for; anticipated; anticipated need for; expected to receive; plan to; plans to; planning to; expected; plans for; intended; intention to; is planned; are planned; expectation of; planning to receive; anticipates; anticipate; expected to require; expected to need; will receive; intend to; intends to; anticipation of; going to receive; plan to undergo; planned to receive; scheduled to receive; planned to undergo; scheduled to undergo; expected need for; who will receive; about to receive; who plan to; anticipated use of; planned use of; will undergo; undergo; intend; awaiting; waiting for; who are scheduled for; who will undergo; who are scheduled to undergo; to undergo; to receive; plan to receive",
        "stopped": "discontinued; discontinuation of; stopped; withdrawal of; withdrawn from; stopping; cessation of; have discontinued; has discontinued; off; must have discontinued; ceased; have stopped",
    },
    "line": {
        "line": "line of; lines of; line; lines; lines of prior; lines of systemic; line of systemic; line therapy; line treatment; regimen; regimens; regimens of; regimens for; regimens containing; regimen of; courses of; course of; cycles of; cycle of; course; courses; cycle; cycles; prior regimens; prior lines of; prior line of; previous lines of; previous line of; lines of therapy; line of therapy; lines of treatment; line of treatment; dose of; doses of; systemic regimens; treatment regimens; prior lines; previous lines; prior systemic regimens; prior regimen",
    },
    "nth_line": {
        "1": "first line; 1st line; front line; frontline; 1 line; first line setting",
        "2": "second line; 2nd line; 2 line",
        "3": "third line; 3rd line",
        "4": "fourth line; 4th line",
    },
    "reference": {
        "": "according to; as per; per; based on; as defined by; defined by; defined according to; as assessed by; assessed by; as determined by; determined by; as measured by; measured by; evaluated by; as evaluated by; in accordance with; "
        "as classified by; as confirmed by; as judged by; using; utilizing; by the criteria of; as described in; as outlined in; as specified in; as recommended by; classified according to; as assessed according to; diagnosed according to; as diagnosed by; diagnosed by; in compliance with; following the criteria of; "
        "as documented by; documented by; as evidenced by; evidenced by; confirmed by; as demonstrated by; demonstrated by; as shown by; as indicated by; by means of; as detected by; detected by; verified by; ascertained by; identified by; identified via; identified on; calculated by; calculated using; as calculated by; estimated by; as estimated by; as calculated using; via; as defined in; defined in; defined per; as seen on; seen on; graded according to; graded by; graded per"
    },
    "modal": {
        "": "must; should; shall; have to; has to; need to; needs to; are required to; is required to; required to; must be; should be; must have; should have; are to; is to; must also; must either; should not be; are expected to; ought to"
    },
    "equivalent": {
        "": "or equivalent; or equivalents; equivalent; or its equivalent; or equivalent dose; or equivalent dose of; at equivalent dose; or similar drugs at equivalent dose; "
        "or similar drugs at equivalent doses; or an equivalent dose; or equivalent dose of another corticosteroid; or equivalent corticosteroid; or equivalent doses; equivalent dose; or the equivalent; prednisone equivalent; "
        "or bioequivalent; or its equivalents; or equivalent steroid; or an equivalent; or equivalent dose of other corticosteroids; or equivalent steroids; equivalents; prednisone equivalents; or equivalent corticosteroids; or other equivalent"
    },
    "limit": {
        "ULN": "upper limit of normal; upper limit of the normal range; uln; upper normal limit; upper limit of normal range; upper limits of normal; institutional upper limit of normal; upper limit of normal uln; unl; upper limit; upper limit of the reference range; institutional uln; upper limit of laboratory normal; upper limit of reference range; upper limit of institutional normal; upper limit of normal values",
        "LLN": "lower limit of normal; lower limit of the normal range; lln; lower normal limit; lower limit of normal range; lower limits of normal; institutional lower limit of normal; lower limit of normal lln; lower limit; institutional lln; lower limit of the reference range; lower limit of laboratory normal",
    },
    "naive": {"": "naive"},
    "class": {"": "class; functional class; classes; classification; category"},
    "grade": {
        "": "grade; grades; gr; toxicity grade; CTCAE grade; NCI CTCAE grade; CTC grade; NCI CTC grade; common toxicity criteria grade; of grade; to grade; ctcae v4 grade; severity grade"
    },
    "stage": {
        "": "stage; stages; clinical stage; AJCC stage; FIGO stage; pathologic stage; pathological stage; TNM stage; disease stage; UICC stage; Ann Arbor stage; CKD stage; Dukes stage; INSS stage; clinical stages; American Joint Committee on Cancer stage; American Joint Committee on Cancer AJCC stage; International Federation of Gynecology and Obstetrics FIGO stage; stage group; anatomic stage; prognostic stage; pathological stages; Stg"
    },
    "site": {
        "": "head and neck; lung; liver; breast; bone; brain; lymph node; lymph nodes; esophagus; oesophagus; stomach; colon; rectum; pancreas; kidney; bladder; prostate; ovary; cervix; uterus; skin; thyroid; bone marrow; peritoneum; pleura; spleen; adrenal gland; adrenal; larynx; oropharynx; nasopharynx; oral cavity; hypopharynx; cervix uteri; spinal cord; spine; central nervous system; CNS; heart; eye; anus; bile duct; gallbladder; urothelium; testis; vulva; vagina; soft tissue; gastrointestinal tract; upper gastrointestinal tract; abdomen; pelvis; retina; hip; knee; spinal; mediastinum; gastroesophageal junction; esophagogastric junction; brainstem; leg; legs; arm; foot; hand; shoulder; joint; joints; urinary tract; upper urinary tract; chest; chest wall; nose; ear; throat; mouth; tongue; face; scalp; trunk; extremity; extremities",
    },
}

FILLER = (
    "limit; limits; hydrochloride; not specified; not applicable; will; hospital visit; anyone; is present; are present; predicted; of predicted; predicted normal; predicted normal value; of predicted normal; measured; performed; obtained; administered; occurred; occurring; experienced; available; calculated; done; confirmation of; established; documentation; inclusive; exists; existing; listed; mentioned; above; below; etc; respective; own; fully; fresh; actual; the; a; an; any; all; this; that; these; those; their; his; her; its; such; some; each; every; both; patient; patients; subject; subjects; participant; "
    "participants; individual; individuals; person; persons; people; volunteer; volunteers; candidate; candidates; recipient; recipients; would; may; can; could; has; have; having; "
    "had; is; are; be; been; being; was; were; do; does; who; whom; they; he; she; it; you; your; of; in; at; on; as; to; by; with; for; presence of; presence; present; evidence of; evidence; "
    "diagnosis of; diagnosed with; a diagnosis of; diagnosis; diagnosed; clinical diagnosis of; established diagnosis of; known; documented; confirmed; proven; verified; histologically; cytologically; pathologically; "
    "histologically confirmed; cytologically confirmed; histologically or cytologically confirmed; histologically proven; histologically or cytologically proven; pathologically confirmed; pathologically proven; "
    "histologically or cytologically documented; histologically documented; histological or cytological confirmation of; histologic confirmation of; histological confirmation of; histologically and or cytologically confirmed; histologically or pathologically confirmed; "
    "histologically or cytologically confirmed diagnosis of; histologically confirmed diagnosis of; cytologically or histologically confirmed; biopsy proven; biopsy confirmed; clinically; radiologically; radiographically; radiologically confirmed; radiographically confirmed; laboratory confirmed; confirmed diagnosis of; documented diagnosis of; "
    "by imaging; on imaging; by mri; by ct; by histology; by biopsy; confirmed by imaging; identified via imaging; identified by imaging; confirmed by biopsy; clinical evidence of; radiographic evidence of; laboratory evidence of; objective evidence of; serologic evidence of; serological evidence of; known diagnosis of; signs of; sign of; symptoms of; signs or symptoms of; signs and symptoms of; evidence for; findings of; radiological evidence of; "
    "level; levels; value; values; result; results; score; scores; count; counts; concentration; concentrations; test; tests; total; status; type; types; form; forms; kind; kinds; condition of; state; "
    "eligible; inclusion; criteria; meet; meets; meeting; following; follows; undergo; sufficient; documentation of; demonstrate; demonstrated; demonstrates; shows; show; showing; having a; approximately; about; approx; "
    "also; however; therefore; then; there; other; another; one; ones; time; screening; laboratory; lab; parameters; parameter; based on; defined; as per; per; if applicable; inclusive; including both; only; medical; clinical; clinically; disease status; case of; cases of; "
    "certain; specific; specified; various; given; particular; detectable; identifiable; apparent; obvious; respectively; overall; normal or; study; trial; protocol; participation; time of; day; days; evaluable; patient has; subject has; participant has; patient is; subject is; participant is; patients with; subjects with; participants with; patients who; subjects who; participants who; patients who have; subjects who have; participants who have; those with; those who; those who have; people with; individuals with; individuals who; "
    "has a; have a; is a; history of or; human; adult human; self; reported; self reported; documented by; recorded; note; nb; men and women; otherwise; considered; regarded; deemed; found; seen; noted; detected; identified; demonstrable; been diagnosed with; has been diagnosed with; have been diagnosed with; who have been diagnosed with; who are diagnosed with; diagnosed as; suffering from; suffer from; suffers from; affected by; afflicted with; ill with; living with; carrier of; episode of; episodes of; occurrence of; onset of; incidence of; development of; degree of; use; her; minimum; average; mean; adequate; institutional; local; central; same; least; least one; more; either; ; per protocol; nature; origin; etiology; of any kind; of any type; any type of; any kind of; any form of; all types of; any other; any of the following; one of the following; at least one of the following; one or more of the following; any one of the following; the following; all of the following; regardless of; irrespective of; no matter; whether; whether or not; regardless; any evidence of; any signs of; any known; any documented; patients must have; subjects must have; participants must have; patients must be; must have a; able; has been; have been; had been; will be; was; are known; is known; known to be; known to have; currently known"
)
"""Words that change nothing of what is asked."""

_WAYS = (
    "histologic histological histologically cytologic cytological cytologically pathologic pathological pathologically"
)
FILLER += "; " + "; ".join(
    f"{first}{joint}{second}"
    for first in _WAYS.split()
    for second in _WAYS.split()
    for joint in (" or ", " and ", " and or ", " ")
    if first != second
)
FILLER += "; histologic; histological; cytologic; cytological; proof; proof of; " + "; ".join(
    f"{way} {noun} of"
    for way in _WAYS.split()
    for noun in ("proof", "confirmation", "evidence", "diagnosis", "verification", "documentation", "examination")
)
"""And how a disease was shown: "histologically or cytologically", "pathological/cytological", "histologic proof of"."""
