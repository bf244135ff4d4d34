"""The binary format of WebAssembly modules (core specification, 5.5): their sections, and data."""

from typing import Iterator, Tuple

DATA_COUNT, DATA = 12, 11


def leb(data: bytes, at: int) -> Tuple[int, int]:
    """An unsigned LEB128 number and the position behind it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def write_leb(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def write_signed_leb(number: int) -> bytes:
    """A number that is not negative, as a signed one: the last byte has its sign."""
    written = write_leb(number)
    return written if not written[-1] & 0x40 else written[:-1] + bytes((written[-1] | 0x80, 0))


def sections(module: bytes) -> Iterator[Tuple[int, bytes]]:
    """Kind and content of each section."""
    at = 8
    while at < len(module):
        kind = module[at]
        size, at = leb(module, at + 1)
        yield kind, module[at : at + size]
        at += size


def section(kind: int, content: bytes) -> bytes:
    return bytes((kind,)) + write_leb(len(content)) + content


def data_segments(content: bytes) -> Iterator[Tuple[int, bytes]]:
    """Address and bytes of each segment. Raises ValueError for one that is not copied to a constant
    address of the first memory when the module starts: the linker writes none.
    """
    count, at = leb(content, 0)
    for _ in range(count):
        if content[at : at + 2] != b"\0\x41":  # active, i32.const
            raise ValueError("a segment of data has no constant address")
        address, at = leb(content, at + 2)
        size, at = leb(content, at + 1)  # behind `end`
        yield address, content[at : at + size]
        at += size
