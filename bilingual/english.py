"""What English grammar asks of the code."""


def ordinal(n):
    """`n` as the n-th counted thing: 887766 → "887,766th", 1012 → "1,012th"."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"


def decade(year):
    """The decade that begins in `year`: 1960 → "1960s"."""
    return f"{year}s"
