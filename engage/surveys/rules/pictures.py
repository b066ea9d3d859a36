"""The drawn pictures a card or an option may show: lines on a sheet of 32 by 32, drawn for this house."""

from collections.abc import Mapping

PICTURES: Mapping[str, str] = {
    "ball": "M16 4a12 12 0 1 0 .1 0zM16 4c-6 7-6 17 0 24M16 4c6 7 6 17 0 24M4.5 13c7 4 16 4 23 0",
    "bed": "M4 8v18M4 20h24v6M28 20v-3H4M8 17v-3h7v3",
    "bus": "M4 7h24v16H4zM4 15h24M9 23v4M23 23v4M12 7v8M20 7v8",
    "child": "M16 12a4.5 4.5 0 1 0-.1 0zM10 29v-7c0-8 12-8 12 0v7M13 29v-5M19 29v-5",
    "cloud": "M8 24h16a5 5 0 0 0 1-10 8 8 0 0 0-16-1A5.5 5.5 0 0 0 8 24z",
    "cross": "M8 8l16 16M24 8L8 24",
    "ear": "M9 13a7 7 0 0 1 14 0c0 6-6 6-6 11a4 4 0 0 1-8 1M13 13a3.5 3.5 0 0 1 7 0c0 3-4 3-4 6",
    "family": "M8 11a3 3 0 1 0-.1 0zM3 27v-7c0-6 10-6 10 0M24 11a3 3 0 1 0-.1 0zM19 20c0-6 10-6 10 0v7"
    "M16 18a2.5 2.5 0 1 0-.1 0zM12 28v-3c0-5 8-5 8 0v3",
    "friends": "M11 12a3.5 3.5 0 1 0-.1 0zM4.5 27v-4c0-8 13-8 13 0v4"
    "M22 12a3 3 0 1 0-.1 0zM20 17.5c5-1.5 8.5 1 8.5 5.5v4",
    "heart": "M16 27C2 17 5 6 11 6c3 0 5 3 5 4 0-1 2-4 5-4 6 0 9 11-5 21z",
    "house": "M4 15 16 5l12 10M7 13v14h18V13M13 27v-8h6v8",
    "pencil": "M6 27l2-8L22 5l5 5-14 14zM19 8l5 5",
    "school": "M8 28V14a8 8 0 0 1 16 0v14zM12 7a4 4 0 0 1 8 0M8 20h16M13 20v3h6v-3",
    "shield": "M16 4l11 4c0 10-3 16-11 20C8 24 5 18 5 8zM11 16l4 4 7-8",
    "speech": "M4 7h24v14H15l-6 6v-6H4z",
    "sun": "M16 10a6 6 0 1 0 .1 0zM16 3v3M16 26v3M3 16h3M26 16h3M7 7l2 2M23 23l2 2M25 7l-2 2M9 23l-2 2",
    "tick": "M6 17l7 7L26 8",
    "tree": "M16 29V16M16 21l5-4M16 4a8 8 0 0 1 5 14H11a8 8 0 0 1 5-14z",
    "why": "M11 12c0-8 11-8 11-1 0 5-6 5-6 9M16 25v.1",
    "worker": "M16 11a4 4 0 1 0-.1 0zM7 28v-6c0-10 18-10 18 0v6M13 20h6v5h-6z",
}
