"""The key of a name: its form for comparison, without case, diacritics and punctuation.

The shards are ordered by keys, so the reader (core/travel/key.cpp) must make the same ones. It has
no Unicode tables: the replacements of characters outside of ASCII are in the index, and are made
here from Python's tables. Both sides then do the same with the same table."""

import unicodedata

# Blocks whose letters have cases or marks that a writer may leave out; elsewhere a character is its
# own key.
FOLDED = [
    (0xA0, 0x24F),
    (0x2B0, 0x2FF),
    (0x386, 0x3CE),
    (0x400, 0x52F),
    (0x531, 0x587),
    (0x60C, 0x6D3),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x3000, 0x3030),
    (0x3041, 0x30FE),
    (0xFF01, 0xFF5E),
]
# Letters without a decomposition, as they are written without a keyboard for them.
LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "ı": "i",
    "ə": "e",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ĸ": "k",
    "ς": "σ",
    # Persian and Urdu keyboards have code points of their own for two Arabic letters.
    "ک": "ك",
    "ی": "ي",
    "ى": "ي",
}
# Marks that are dropped: combining diacritics, Hebrew points, Arabic vowels, Japanese voicing,
# invisible ones.
MARKS = [
    (0xAD, 0xAD),
    (0x300, 0x36F),
    (0x591, 0x5C7),
    (0x640, 0x640),
    (0x64B, 0x65F),
    (0x670, 0x670),
    (0x200B, 0x200F),
    (0x3099, 0x309A),
    (0xFE0F, 0xFE0F),
]
# Abbreviated words of names, as whole words.
WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
MAX_KEY = (
    80  # bytes; what is longer is no name of a place (the longest is Bangkok's ceremonial one)
)


def is_mark(code: int) -> bool:
    return any(first <= code <= last for first, last in MARKS)


def fold(character: str) -> str:
    """The replacement of one character outside of ASCII: nothing, a space, or one or two others."""
    lowered = character.lower()
    form = "NFKD" if ord(character) >= 0xFF00 else "NFD"
    parts = [c for c in unicodedata.normalize(form, lowered) if not is_mark(ord(c))]
    text = "".join(LETTERS.get(c, c) for c in parts).lower()
    category = unicodedata.category(character)
    if category[0] == "Z" or category == "Pd":
        return " "
    if category[0] in "PSC" or category == "Lm":
        return ""
    return text if len(text) <= 2 and all(c.isascii() for c in text) or len(text) == 1 else text[:1]


def table() -> dict:
    """Code point → replacement, for all that have one."""
    folds = {}
    for first, last in FOLDED:
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)) != "Cn":
                folds[code] = fold(chr(code))
    for first, last in MARKS:
        folds.update((code, "") for code in range(first, last + 1))
    for letter, text in LETTERS.items():
        folds[ord(letter)] = text
    return {code: text for code, text in sorted(folds.items()) if text != chr(code)}


class Keys:
    """Makes keys by a table. A key has no two spaces together and none at its ends."""

    def __init__(self) -> None:
        self.folds = table()
        self.translation = dict(self.folds)
        for code in range(128):
            c = chr(code)
            self.translation[code] = (
                c.lower() if c.isalnum() else " " if c in " \t\n\v\f\r-_/" else ""
            )

    def of(self, name: str) -> str:
        words = name.translate(self.translation).split(" ")
        return " ".join(WORDS.get(word, word) for word in words if word)
