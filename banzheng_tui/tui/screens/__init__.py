"""The screens of the desks."""
