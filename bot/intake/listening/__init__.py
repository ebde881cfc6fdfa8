"""Listening to the sources that are asked, and noticing when one is not heard."""
