"""The screens and widgets of the desks."""
