"""Sources that send their reports themselves."""
