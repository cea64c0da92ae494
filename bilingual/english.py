"""What English grammar asks of the code."""

from calendar import month_name

MONTH = "|".join(month_name[1:])
# "26 June", "July 4", "Article 14": a regular expression
DATE_OR_ARTICLE = rf"\b(?:{MONTH}|[Aa]rticle) \d+|\b\d+ (?:{MONTH})\b"


def ordinal(n):
    """`n` as the n-th counted thing: 887766 → "887,766th", 1012 → "1,012th"."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"


def decade(year):
    """The decade that begins in `year`: 1960 → "1960s"."""
    return f"{year}s"
