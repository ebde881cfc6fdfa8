"""The one port: health, metrics, pushed reports, and what the wiring adds."""
