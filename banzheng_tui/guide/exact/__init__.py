"""Exact truth over all situations: a procedure's rules as decision diagrams."""
