"""Hears first: the ear, alerts and who reads them, messages by receipt, contact requests, the duty rota, help lines.

It refuses to know who wrote something, and which response it came from: an alert holds its own sealed copy of the
words, its own time and the receipt's hash. It refuses to decide: the word list only says who is told at once, and
nothing in here clears, hides or closes an answer (2026-11).
"""
