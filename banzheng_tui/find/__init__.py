"""From a caller's words to procedures."""
