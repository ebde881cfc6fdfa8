"""How far broadcasts are: for admins, the terminal and metrics."""
