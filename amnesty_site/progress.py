"""Progress of long work, for a person who watches a terminal."""

WIDTH = 30


class Progress:
    """A bar on a terminal, nothing elsewhere: `for item in Progress(items, "Reading", stream)`."""

    def __init__(self, items, label, stream):
        self.items = list(items)
        self.label = label
        self.stream = stream

    def __iter__(self):
        for done, item in enumerate(self.items):
            self.draw(done)
            yield item
        self.draw(len(self.items), end="\n")

    def draw(self, done, end=""):
        if not self.stream.isatty():
            return
        total = len(self.items)
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        self.stream.write(f"\r{self.label} {bar} {done}/{total}{end}")
        self.stream.flush()
