"""banzheng: the map and memory of a certificate hotline's agent."""

__version__ = "0.1.0"
