"""Wordings by meaning, one file for each language."""
