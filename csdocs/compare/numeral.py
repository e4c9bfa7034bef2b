"""Chinese numerals, both ways."""

_DIGITS = "零一二三四五六七八九"
_VALUE = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_FORMAL = dict(zip("壹贰貳叁參肆伍陆陸柒捌玖", (1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_SCALE = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; up to 999."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and units:
        out += "零"
    return out + (_DIGITS[units] if units else "") or _DIGITS[0]


def chinese_value(text: str) -> int | None:
    """二十 → 20, 一百零五 → 105, 二〇二六 → 2026; None for what is no whole number (半, 倍)."""
    digits = _VALUE | _FORMAL
    if all(character in digits for character in text):
        return int("".join(str(digits[character]) for character in text))
    total, section, digit = 0, 0, 0
    for character in text:
        if character in digits:
            digit = digits[character]
        elif character in _SCALE:
            section += (digit or 1) * _SCALE[character]
            digit = 0
        elif character in "万萬":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character in "亿億":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            return None
    return total + section + digit
