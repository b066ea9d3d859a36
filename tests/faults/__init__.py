"""What breaks a real installation on purpose (killed processes, a database that is away, guesses, hostile words)."""
