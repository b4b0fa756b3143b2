"""The commands of ``banzheng``: what each takes, and what it does."""
