"""The safe: sealed backups, bringing one back, and changing keys while everything runs.

A backup holds the database and no key, and is sealed with a key that is derived from the key file; a backup that was
cut off, changed, or sealed with other keys is refused before anything is touched (2026-11).
"""
