"""What RSS, Atom and JSON Feed are read with."""
