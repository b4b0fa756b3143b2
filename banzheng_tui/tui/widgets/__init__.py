"""Widgets: they draw what they are shown and say what was pressed; they know no rule."""
