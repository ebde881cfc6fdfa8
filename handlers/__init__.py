"""What happens when something arrives: a command, a button, an official report."""
