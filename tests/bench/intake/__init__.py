"""How sources are heard, measured."""
