"""One way across procedures: a procedure and those it brings along, as one definition."""
