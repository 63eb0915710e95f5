"""Cells of CSV files that nobody's spreadsheet should run as a formula."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """What a csv writer needs of a file: the line comes back from `writerow`."""

    def write(self, text: str) -> str:
        return text


def safe(text: str) -> str:
    """Text that does not begin like a formula. Never use it on numbers."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
