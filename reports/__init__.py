"""What a report says: formats, regions, reading, incidents, summaries.

Pure: no I/O beyond the data files packaged here, no clock, no framework.
"""
