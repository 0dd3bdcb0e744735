"""Whole numbers in words, from 0 to 999,999, in English and in Chinese, and back.

One convention each, so that every number has one translation:

* English with "and" before the last part below a hundred: three hundred and forty-two, ten thousand and ten.
* Chinese with 二 everywhere, never 两; 十 alone where it comes first (十五, 十二万), 一十 elsewhere (一百一十五); one 零 for the
  places that are skipped, also after 万 (一千零一, 一万零一十, 一万零五百), and none where no place is skipped (十万五千).
"""

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
DIGITS = "零一二三四五六七八九"
PLACES = {1000: "千", 100: "百", 10: "十"}
LARGEST = 999_999
ENGLISH_WORDS = (*ONES, *TENS, "hundred", "thousand", "and")
CHINESE_LETTERS = (*DIGITS, "十", "百", "千", "万")


def english(number: int) -> str:
    """The number in English words, with hyphens: seventy-seven."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens = TENS[number // 10 - 2]
        return f"{tens}-{ONES[number % 10]}" if number % 10 else tens
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    above, rest = divmod(number, unit)
    words = f"{english(above)} {name}"
    if rest:
        words += f" {'and ' if rest < 100 else ''}{english(rest)}"
    return words


def chinese(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    above, rest = divmod(number, 10_000)
    text = f"{_below_ten_thousand(above)}万" if above else ""
    if rest:
        text += ("零" if above and rest < 1000 else "") + _below_ten_thousand(rest)
    return text.removeprefix("一") if text.startswith("一十") else text


def _below_ten_thousand(number: int) -> str:
    text, skipped = "", False
    for unit, name in PLACES.items():
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if skipped else "") + DIGITS[digit] + name
            skipped = False
        else:
            skipped = bool(text)
    return text + (("零" if skipped else "") + DIGITS[number] if number else "")


def english_words(text: str) -> list[str]:
    """The words of a number, whatever its capitals, hyphens, commas and spaces."""
    return text.casefold().replace("-", " ").replace(",", " ").split()


def from_english(text: str) -> int | None:
    """The number of this text, with or without hyphens; None if it is no number."""
    total = part = 0
    for word in english_words(text):
        if word in ONES:
            part += ONES.index(word)
        elif word in TENS:
            part += 10 * (TENS.index(word) + 2)
        elif word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = 1000 * part, 0
        elif word != "and":
            return None
    number = total + part
    known = number <= LARGEST and english_words(english(number)) == english_words(text)
    return number if known else None


def from_chinese(text: str) -> int | None:
    total = part = digit = 0
    units = {name: unit for unit, name in PLACES.items()}
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in units:
            part += (digit or 1) * units[letter]
            digit = 0
        elif letter == "万":
            total, part, digit = 10_000 * (part + digit), 0, 0
        else:
            return None
    number = total + part + digit
    return number if number <= LARGEST and chinese(number) == text else None
