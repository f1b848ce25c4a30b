"""Thai and Arabic digits, both ways."""

_TO_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)}
_TO_THAI = {ord(str(digit)): chr(0x0E50 + digit) for digit in range(10)}


def arabic_digits(text: str) -> str:
    """`text` with ๐ to ๙ written 0 to 9; everything else as it was."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """`text` with 0 to 9 written ๐ to ๙; everything else as it was."""
    return text.translate(_TO_THAI)
