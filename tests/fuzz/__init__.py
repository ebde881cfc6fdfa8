"""`make fuzz`: a search for texts on which reading raises or breaks its word."""
