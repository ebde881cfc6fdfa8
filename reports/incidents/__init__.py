"""What is known about one kind of event in one region, and how statements change it."""
