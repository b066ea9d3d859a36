"""The only writers of forums: places, sign-ups, offers, consents, the plan."""
