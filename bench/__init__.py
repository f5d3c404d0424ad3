"""Measurements, not tests: what is measured, on which data and against what is printed with every number."""
