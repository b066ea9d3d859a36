"""An invented borough to look around in."""
