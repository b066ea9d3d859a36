"""What holds at a forum: its states, its places, who consents, what is missing, when things end. No database."""
