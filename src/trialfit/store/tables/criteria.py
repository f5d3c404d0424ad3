"""Tables of the computable criteria: what the parser made of each trial's eligibility text."""

from trialfit.store.tables.column import NCT_ID, Column, Table, text

CRITERIA_TABLES = (
    Table(
        "criteria",
        "One row per line of a trial's eligibility text, as the parser read it (filled by `trialfit criteria --all`).",
        (
            NCT_ID,
            Column("position", "INTEGER", "Place of the line in the text, from 0"),
            text("section", "inclusion, exclusion or unlabelled"),
            Column("span_start", "INTEGER", "Where its words begin in eligibility.criteria, in characters from 0"),
            Column("span_end", "INTEGER", "Where they end: behind the last character"),
            text("text", "Its words, as written"),
            text("understood", "all, part or nothing: how many of the leaves of its tree are understood"),
            text("kind", "Kind of its tree, such as age or all_of; the not of an exclusion is passed over"),
            Column("kinds", "VARCHAR[]", "Kinds of the leaves of its tree, each once, in alphabetical order"),
            text("node", "Its tree, as the node of the JSON form of criteria"),
        ),
        per_trial=False,
    ),
    Table(
        "parsed_texts",
        "One row per trial whose eligibility text is parsed; its lines are in criteria.",
        (
            NCT_ID,
            text("text_hash", "SHA-256 (hexadecimal) of the text that was parsed, in UTF-8"),
            Column("parser_version", "INTEGER", "Version of the parser that read it"),
            Column("lines", "INTEGER", "Number of its rows in criteria"),
        ),
        per_trial=False,
    ),
)
