#!/usr/bin/env python3
"""Writes the Unicode tables of core/text/unicode.cpp, packed, from Python's own unicodedata.

    unicode_tables.py OUTPUT

All numbers are varints: seven bits a byte, the least first, the high bit set on all bytes but the last.
"""
import sys
import unicodedata

# Classes, in the order of `enum class Class` in unicode.cpp.
OTHER, LETTER, MARK, ALPHABETIC_MARK, DECIMAL, CONNECTOR, PUNCTUATION, ALPHABETIC = range(8)

# Marks count as alphabetic (in the sense of the standard's derived property) when they don't combine by class, as vowel
# signs don't. In these ranges it is the other way round.
MARKS_TURNED_ROUND = """
345 34f 5b0-657 659-6dc 6e1-6e8 6ed-73f 816-817 81b-82c 8d4-8df 8e3-8e9 8f0-8ff afd-aff b55 c04 c55-c56 e38-e47 e4c e4e
eb8-eb9 ecc f3e-f72 f74 f7a-f7d f80 108d 17b4-17b5 17c9-17d1 17d3 180b-180f 18a9 1a17-1a18 1abf-1ac0 1ce1 1cf7 1de7-1df4
2de0-2dff a674-a67b a69e-a69f aab0-aabe abec fb1e-fe0f 10376-1037a 10a0d 10a0f 10d24-10eac 11073-11074 11080-11081
110c2-11102 111c9 111cb-111cc 11a33 11a98 16fe4-1cf46 1da00-1e02a 1e947 e0100-e01ef
"""
# Circled and squared letters are symbols by category, but alphabetic.
ALPHABETIC_SYMBOLS = "24b6-24e9 1f130-1f149 1f150-1f169 1f170-1f189"


def code_points(ranges: str) -> set:
    found = set()
    for item in ranges.split():
        first, _, last = item.partition('-')
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def classes() -> list:
    turned, symbols = code_points(MARKS_TURNED_ROUND), code_points(ALPHABETIC_SYMBOLS)

    def classify(point: int) -> int:
        character = chr(point)
        category = unicodedata.category(character)
        if category[0] == 'L':
            return LETTER
        if category[0] == 'M':
            alphabetic = unicodedata.combining(character) == 0 and category != 'Me'
            return ALPHABETIC_MARK if alphabetic != (point in turned) else MARK
        if category == 'Nl' or point in symbols:
            return ALPHABETIC
        if category[0] == 'P':
            return CONNECTOR if category == 'Pc' else PUNCTUATION
        return DECIMAL if category == 'Nd' else OTHER
    return [classify(point) for point in range(0x110000)]


def varint(number: int) -> bytes:
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def count_varints(packed: bytes) -> int:
    return sum(byte < 128 for byte in packed)


def pack_classes() -> bytes:
    """Runs from U+0080 on: length * 8 + class."""
    packed, start, table = b'', 128, classes()
    while start < len(table):
        end = start
        while end < len(table) and table[end] == table[start]:
            end += 1
        packed += varint((end - start) << 3 | table[start])
        start = end
    return packed


def case_pairs() -> dict:
    """(letter, partner) -> 1 if the first becomes the second by upcase, + 2 if the second becomes the first by downcase."""
    pairs = {}
    for point in range(128, 0x110000):
        character = chr(point)
        up, down = character.upper(), character.lower()
        if len(up) == 1 and up != character:
            pairs[point, ord(up)] = 1 | 2 * (up.lower() == character)
        if len(down) == 1 and down != character and down.upper() != character:
            pairs[ord(down), point] = pairs.get((ord(down), point), 0) | 2
    return pairs


def pack_cases() -> bytes:
    """Runs of letters that lie one or two apart and whose partners are equally far away: gap to the run before,
    (count - 1) * 8 + 4 if two apart + the number of case_pairs(), and twice the distance, plus one when the partner lies
    before."""
    runs = []
    for (point, partner), how in sorted(case_pairs().items()):
        last = runs[-1] if runs else None
        if last and last['distance'] == partner - point and last['how'] == how:
            gap = point - last['end']
            if gap in (1, 2) and last['step'] in (0, gap):
                last.update(end=point, step=gap, count=last['count'] + 1)
                continue
        runs.append({'start': point, 'end': point, 'step': 0, 'count': 1, 'distance': partner - point, 'how': how})
    packed, end = b'', 0
    for run in runs:
        distance = run['distance']
        packed += varint(run['start'] - end)
        packed += varint((run['count'] - 1) << 3 | (run['step'] == 2) << 2 | run['how'])
        packed += varint(2 * distance if distance > 0 else -2 * distance + 1)
        end = run['end']
    return packed


def pack_specials() -> bytes:
    """Letters that become several, as text: the letter, how its title case is made of it, its upper case, a space."""
    entries = []
    for point in range(128, 0x110000):
        character = chr(point)
        up, title = character.upper(), character.title()
        if len(up) == 1:
            continue
        if title == up:
            how = 'u'
        elif title == up[0] + up[1:].lower():
            how = 'l'
        elif title == up.replace('\u0399', '\u0345'):
            how = 'i'
        elif len(title) == 1 and ord(title) in (point, point | 8, point + 9):
            how = 't'
        else:
            sys.exit(f'{sys.argv[0]}: U+{point:04X} has a title case of a new kind')
        entries.append(character + how + up + ' ')
    return ''.join(entries).encode()


def pack_latin() -> bytes:
    """What letters from U+00C0 to U+017E become without their accents, each ended by a space."""
    names = {'Æ': 'AE', 'Ð': 'D', '×': 'x', 'Ø': 'O', 'Þ': 'Th', 'ß': 'ss', 'æ': 'ae', 'ð': 'd', '÷': '?', 'ø': 'o',
             'þ': 'th', 'Đ': 'D', 'đ': 'd', 'Ħ': 'H', 'ħ': 'h', 'ı': 'i', 'ĸ': 'k', 'Ł': 'L', 'ł': 'l', 'Ŀ': 'L',
             'ŀ': 'l', 'ŉ': "'n", 'Ŋ': 'NG', 'ŋ': 'ng', 'Œ': 'OE', 'œ': 'oe', 'Ŧ': 'T', 'ŧ': 't'}

    def plain(character: str) -> str:
        decomposed = unicodedata.normalize('NFKD', character)
        return names.get(character) or ''.join(c for c in decomposed if not unicodedata.combining(c))
    return ''.join(plain(chr(point)) + ' ' for point in range(0xC0, 0x17F)).encode()


def main() -> None:
    tables = {'kClasses': pack_classes(), 'kCases': pack_cases(), 'kSpecials': pack_specials(), 'kLatin': pack_latin()}
    lines = [f'// Generated by unicode_tables.py from Unicode {unicodedata.unidata_version}. Do not edit.']
    lines.append(f'constexpr int kClassRuns = {count_varints(tables["kClasses"])};')
    lines.append(f'constexpr int kMaxCasePairs = {len(case_pairs())};')
    for name, packed in tables.items():
        lines.append(f'constexpr unsigned char {name}[] = {{')
        lines += ['  ' + ', '.join(map(str, packed[i:i + 32])) + ',' for i in range(0, len(packed), 32)]
        lines.append('};')
    with open(sys.argv[1], 'w', encoding='ascii') as output:
        output.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
