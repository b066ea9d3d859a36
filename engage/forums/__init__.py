"""Professional and Young People Forums: places, sign-ups, consent by the right adult, the day itself.

A place is taken by one conditional update of the forum's own counters, and the table's constraints repeat the limits:
capacity, quota by type, the floor for young people, the cap of an agency and the ratio hold at every moment. It
refuses to import surveys: what is said at a forum enters the loop through the analysis. It refuses to keep a link:
every link is made from a random key and a key outside the database, so a copy of the tables opens nothing (2026-11).
"""
