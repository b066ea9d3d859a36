"""Give the hand-written words to the invented young people who could have written them."""

from collections.abc import Iterable
from random import Random

from engage.demo.drawing import Youngster
from engage.demo.material import Voice
from engage.surveys.rules.definition import Definition, Item

Spoken = dict[tuple[int, str], Voice]  # (the writer's place among the people, the item) -> what they wrote


def speak(definition: Definition, people: list[Youngster], voices: Iterable[Voice], random: Random) -> Spoken:
    """Let each voice be written by somebody who saw the question; what nobody could have written is left out.

    Rare languages choose first, then worrying words, which go to those for whom things go badly.
    """
    every = [voice for voice in voices for _ in range(voice.times)]
    random.shuffle(every)
    every.sort(key=lambda voice: (voice.page_language(definition.languages) == "en", not voice.worrying))
    spoken: Spoken = {}
    for voice in every:
        language = voice.page_language(definition.languages)
        place = _writer(definition.item(voice.item), voice, language, people, random)
        if place is not None:
            people[place].language = language
            people[place].given[voice.item] = [voice.words]
            spoken[place, voice.item] = voice
    for person in people:
        person.language = person.language or "en"
    return spoken


def _writer(item: Item, voice: Voice, language: str, people: list[Youngster], random: Random) -> int | None:
    could = [place for place, person in enumerate(people) if _could_write(person, item, voice, language)]
    if not could:
        return None
    return min(could, key=lambda place: people[place].ease) if voice.worrying else random.choice(could)


def _could_write(person: Youngster, item: Item, voice: Voice, language: str) -> bool:
    fits = person.language in ("", language) and person.age >= voice.age and (person.girl or voice.gender != "girl")
    return fits and item.code not in person.given and person.is_asked(item)
