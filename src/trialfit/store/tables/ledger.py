"""Tables that say where every fact came from: raw records, their history, and the loads."""

from trialfit.store.tables.column import NCT_ID, Column, Table, text

LOAD_ID = Column("load_id", "INTEGER", "The load, from 1 upwards")

_VERSION = (
    Column("version_date", "DATE", "Date of the version: last update posted, else submitted; NULL when undated"),
    Column("version_holder", "DATE", "Day on which the registry produced this copy; NULL when not given"),
    Column(
        "content_hash",
        "VARCHAR",
        "SHA-256 (hexadecimal) of the record as received, less the day of copying that the registry writes into it",
    ),
    Column(
        "raw",
        "BLOB",
        "The record as received, bytes compressed with Zstandard",
        storage=" USING COMPRESSION uncompressed",
    ),
    Column("raw_size", "BIGINT", "Size of the record as received, in bytes"),
)

LEDGER_TABLES = (
    Table(
        "records",
        "One row per trial: its current record as received.",
        (
            NCT_ID,
            text("format", "Format of the record, such as ctgov-v2"),
            text("origin", "Input and place the record was read from"),
            *_VERSION,
            Column("loaded_at", "TIMESTAMP", "When it was loaded (UTC)"),
            LOAD_ID,
        ),
        per_trial=True,
    ),
    Table(
        "history",
        "One row per earlier version of a trial's record, as received.",
        (
            NCT_ID,
            text("format", "Format of the record"),
            text("origin", "Input and place the record was read from"),
            *_VERSION,
            Column("loaded_at", "TIMESTAMP", "When it was loaded (UTC)"),
            LOAD_ID,
            Column("replaced_at", "TIMESTAMP", "When a newer version took its place (UTC)"),
            text("replaced_by", "content_hash of the version that took its place"),
            Column("replaced_load_id", "INTEGER", "The load that brought the newer version"),
        ),
        per_trial=False,
    ),
    Table(
        "changes",
        "One row per field that differs between a version and the one that replaced it.",
        (
            NCT_ID,
            Column("load_id", "INTEGER", "The load that brought the newer version"),
            Column("from_version_date", "DATE", "Date of the older version"),
            Column("to_version_date", "DATE", "Date of the newer version"),
            text("from_hash", "content_hash of the older version, in history"),
            text("to_hash", "content_hash of the newer version"),
            Column("position", "INTEGER", "Place of the change in the comparison, from 0"),
            text(
                "path",
                "JSON path in the API v2 structure; an item of a list is named by what identifies it, not its place",
            ),
            text("kind", "changed, added, removed or reordered"),
            text("old_value", "Value before: text as it is, anything else as JSON; NULL when the field was not there"),
            text("new_value", "Value after; NULL when the field is gone"),
        ),
        per_trial=False,
    ),
    Table(
        "loads",
        "One row per load that changed the store.",
        (
            LOAD_ID,
            Column("started_at", "TIMESTAMP", "Start (UTC)"),
            Column("finished_at", "TIMESTAMP", "End (UTC)"),
            text("trialfit_version", "Version of TrialFit that loaded"),
            Column("records_read", "BIGINT", "Records found in the input, refused ones included"),
            Column("added", "BIGINT", "Trials that were new"),
            Column("updated", "BIGINT", "Records that replaced the stored version"),
            Column("unchanged", "BIGINT", "Records whose content was stored already"),
            Column("older", "BIGINT", "Records not newer than the stored version"),
            Column("duplicates", "BIGINT", "Records whose id came earlier in the same load (counted above as well)"),
            Column("refused", "BIGINT", "Records that could not be read"),
        ),
        per_trial=False,
    ),
    Table(
        "load_inputs",
        "One row per file or folder that a load read.",
        (
            LOAD_ID,
            Column("position", "INTEGER", "Place among the inputs, from 0"),
            text("name", "Name of the input as given"),
            Column("size_bytes", "BIGINT", "Size in bytes"),
            text("sha256", "SHA-256 (hexadecimal); of a folder: over its files' names and hashes; NULL when not known"),
        ),
        per_trial=False,
    ),
    Table(
        "refused",
        "One row per record that a load could not read; at most the first 10,000 of a load.",
        (
            LOAD_ID,
            Column("position", "INTEGER", "Order within the load, from 0"),
            text("name", "Id of the trial where known, else where it stood in the input"),
            text("place", "Where in the record; empty when it is the whole record"),
            text("reason", "Why it was refused"),
        ),
        per_trial=False,
    ),
    Table(
        "meta",
        "One row per fact about the store itself.",
        (text("key", "schema_version or trialfit_version"), text("value", "Its value")),
        per_trial=False,
    ),
)
