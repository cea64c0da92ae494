"""Mark-up of word processors and mail, rewritten in the marks that rich text has."""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

import nh3

# Every mark that is kept or rewritten, with its name here; a nameless one may carry a style
INLINE = {"strong", "em", "cite"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote"}
NAMES = {name: name for name in INLINE | BLOCKS | {"br", "a"}}
NAMES |= {"div": "p", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
NAMES |= {"b": "strong", "i": "em", "span": "", "font": ""}
KEPT = {"a": {"href", "title", "rel"}, "ol": {"start", "type", "data-type"}}

# The first look: well-formed, without comments, scripts and what an office writes for itself
readable = nh3.Cleaner(
    tags=set(NAMES),
    attributes={name: {"style"} | KEPT.get(name, set()) for name in NAMES},
    clean_content_tags={"script", "style", "title", "xml"},
    link_rel=None,
)

MARKS = {
    "strong": re.compile(r"(?<![\w-])font-weight:\s*(bold|[5-9]00)", re.I),
    "em": re.compile(r"(?<![\w-])font-style:\s*(italic|oblique)", re.I),
}
PLAIN = re.compile(r"(?<![\w-])font-(weight|style):\s*(normal|400)", re.I)

# A list of Word's is paragraphs, each with its dot or its number typed before it
ITEM = re.compile(r'<p style="[^"]*mso-list:\s*l\d[^"]*">(.*?)</p>', re.DOTALL | re.I)
DOT = re.compile(
    r'<span style="[^"]*mso-list:\s*Ignore[^"]*">([^<]*)(?:<span[^>]*>[^<]*</span>)?\s*</span>',
    re.I,
)

BLANKS = re.compile(r"(?:&nbsp;|\s){2,}")
EMPTY = re.compile(
    r"<(p|h2|h3|li|ul|ol|blockquote|strong|em|cite)>((?:&nbsp;|\s|\u200b|<br>)*)</\1>"
)
LEVELS = 4  # of empty marks within each other, more than anybody types

# Pages set the marks of each language around a title; typed ones would double them
QUOTED = re.compile(r"[“«„]<cite>([^<]*)</cite>[”»“]|<cite>\s*[“«„]([^<]*)[”»“]\s*</cite>")


def tidy(html):
    """The same text in the marks of rich text alone; where its links lead is not judged here."""
    rewritten = Rewriter(make_lists(readable.clean(html))).html
    html = readable.clean(rewritten)  # a paragraph that was a div may have held others
    # One hard space holds a number to its noun; several are somebody's layout
    html = BLANKS.sub(lambda match: " " if "&nbsp;" in match[0] else match[0], html)
    for _level in range(LEVELS):
        html = EMPTY.sub(lambda match: " " if match[2] and match[1] in INLINE else "", html)
    return QUOTED.sub(lambda match: f"<cite>{match[1] or match[2]}</cite>", html.strip())


def make_lists(html):
    """Lists in place of the paragraphs that Word makes of them, all of one level."""
    listed = ITEM.sub(list_of_one, html)
    return html if listed == html else re.sub(r"</(ul|ol)>\s*<\1>", "", listed)


def list_of_one(paragraph):
    dot = DOT.search(paragraph[1])
    kind = "ol" if dot and re.match(r"\s*\w+[.)]", dot[1]) else "ul"
    return f"<{kind}><li><p>{DOT.sub('', paragraph[1])}</p></li></{kind}>"


class Rewriter(HTMLParser):
    """Writes well-formed mark-up anew, in the names above, with styles as the marks they mean."""

    def __init__(self, html):
        super().__init__(convert_charrefs=False)
        self.parts = []
        self.opened = []  # for each open tag, what was written for it
        self.marks = Counter()  # how often each stands open
        self.feed(html)
        self.close()

    @property
    def html(self):
        return "".join(self.parts)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        names = self.names(tag, attributes)
        kept = "".join(
            f' {name}="{escape(value or "")}"'
            for name, value in attributes.items()
            if name in KEPT.get(tag, ())
        )
        self.parts += [f"<{name}{kept if name == tag else ''}>" for name in names]
        if tag != "br":
            self.opened.append(names)
            self.marks.update(names)

    def handle_endtag(self, tag):
        names = self.opened.pop()
        self.marks.subtract(names)
        self.parts += [f"</{name}>" for name in reversed(names)]

    def names(self, tag, attributes):
        """What to write for a tag: its own name, and the marks its style stands for."""
        style = attributes.get("style") or ""
        names = [NAMES[tag]] if NAMES[tag] else []
        if (tag == "a" and "href" not in attributes) or (tag in "bi" and PLAIN.search(style)):
            names = []
        names += [mark for mark, pattern in MARKS.items() if pattern.search(style)]
        # A mark within itself says nothing more
        return [name for name in dict.fromkeys(names) if name not in INLINE or not self.marks[name]]

    def handle_data(self, data):
        self.parts.append(data)

    def handle_entityref(self, name):
        self.parts.append(f"&{name};")

    def handle_charref(self, name):
        self.parts.append(f"&#{name};")
