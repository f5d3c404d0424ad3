"""The truth of a criterion for a person: one meaning, which `in_memory` defines and other engines must equal."""
