"""Fetching from the web: politely, within limits, and from nowhere that a source may not lead."""
