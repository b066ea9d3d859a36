"""What other features may know of surveys: ids and frozen records."""
