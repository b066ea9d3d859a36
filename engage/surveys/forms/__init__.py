"""What young people and the team type, as typed values."""
