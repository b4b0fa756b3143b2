"""From a situation to the next question and the plan: pure functions over frozen values."""
