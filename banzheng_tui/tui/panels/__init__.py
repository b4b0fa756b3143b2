"""What stands in a pane: pure functions from the call's state to rows."""
