"""Who works with young people is heard like anybody else who hurts them, and what only sounds alike is left."""

import pytest

from engage.safeguarding.rules.hearing import heard

# Invented; nobody said these things.
WHO = [
    "a police officer", "the officer", "PC Dunn", "the police", "the nurse", "my doctor", "staff", "my carer",
    "our coach", "my social worker", "my key worker", "the TA", "my teacher", "the priest", "our imam", "the pastor",
    "my boss", "the bus driver", "a security guard", "my counsellor", "the youth worker",
]  # fmt: skip
DID = ["hit me", "hurts me", "touched me", "slapped us", "grabbed me"]
SAID = [
    "he will kill me if I tell", "she'll hurt me if i tell anyone", "they will beat me if we ever say anything",
    "he's gonna kill my mum if i talk", "if i tell he will kill me", "if we ever speak about it they hurt us",
    "he says nobody would believe me", "she told me no one will believe me", "he'd stab me if i snitch",
    "staff at my old unit hurt me", "the worker who does nights there hits us", "the police strip searched me",
    "officers restrained me on the floor", "they pinned me down",
]  # fmt: skip
ALIKE = [
    "the police helped us", "my teacher is kind", "the nurse gave me a plaster",
    "the final boss killed us, then the last boss hits me",
    "the boss fight hits me", "the nurse hurt me with the needle but it was ok",
    "i manage to hit my head on everything", "the post office hit my mum with a bill",
    "more police officers in the park",
    "the doctor never listens", "mum will kill me if i tell her i failed maths", "my mum will kill me if i am late",
    "dad would kill me if i dropped his phone", "nobody would believe how good our coach is",
    "the driver of the 43 is always rude", "staff at the library are nice to me", "our coach and the team won",
    "if i tell a joke my friends laugh", "my new trainers hurt my feet", "i play on my pc with mates",
]  # fmt: skip


@pytest.mark.parametrize("words", [f"{who} {did}" for who in WHO for did in DID] + SAID)
def test_who_works_with_them_is_heard_and_so_is_being_kept_silent(words):
    found = heard(words)
    assert found is not None
    assert found.score >= 0.8  # urgent: read within hours


@pytest.mark.parametrize("words", ALIKE)
def test_what_only_sounds_alike_raises_nothing(words):
    assert heard(words) is None
