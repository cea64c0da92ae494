"""YAML whose every key and value knows its line, so that a mistake can be shown where it is.

Values stay as they are written: `no` is a word and 1961 is "1961", until a field says otherwise.
What is written here reads as if a person had typed it.
"""

import math
import re
from dataclasses import dataclass

import yaml

OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")  # which a block would turn into its own


@dataclass(frozen=True)
class Mistake:
    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}, line {self.line}: {self.sentence}"


class ContentError(Exception):
    """What is wrong with one or more files, as a list of `Mistake`."""

    def __init__(self, mistakes):
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Value:
    """A text, list or mapping of a file: `content` is a str, a list or a dict of `Value`s."""

    content: object
    file: str
    line: int

    def mistake(self, sentence):
        return ContentError([Mistake(self.file, self.line, sentence)])

    def mapping(self):
        if not isinstance(self.content, dict):
            raise self.mistake("“key: value” lines are needed here.")
        return self.content

    def items(self):
        if not isinstance(self.content, list):
            raise self.mistake("a list is needed here, each entry beginning with “- ”.")
        return self.content

    def text(self):
        if not isinstance(self.content, str):
            raise self.mistake("a plain text is needed here.")
        if "\0" in self.content:
            raise self.mistake("a NUL character stands in this text.")
        return self.content


class Loader(yaml.BaseLoader):
    """Values as they are written; no aliases, which can make a small file endless."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="“*” names are not used here", problem_mark=mark)
        return super().compose_node(parent, index)


def read(path, name):
    """The content of the YAML file at `path` as a `Value`; `ContentError` speak of it as `name`."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        mistake = Mistake(name, line, "this is not UTF-8 text. Save it as UTF-8.")
        raise ContentError([mistake]) from error
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark or error.context_mark).line + 1
        raise ContentError([Mistake(name, line, f"this is not YAML: {error.problem}.")]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ContentError([Mistake(name, 1, f"this is not YAML: {error}.")]) from error
    except OSError as error:
        raise ContentError([Mistake(name, 1, f"the file cannot be read: {error}.")]) from error
    if node is None:
        raise ContentError([Mistake(name, 1, "the file is empty.")])
    return to_value(node, name)


def to_value(node, name):
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Value(node.value, name, line)
    if isinstance(node, yaml.SequenceNode):
        return Value([to_value(item, name) for item in node.value], name, line)
    content = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            line = key.start_mark.line + 1
            raise ContentError([Mistake(name, line, "a key is one plain word.")])
        if key.value in content:
            sentence = f"{key.value}: this key stands here a second time."
            raise ContentError([Mistake(name, key.start_mark.line + 1, sentence)])
        made = to_value(value, name)
        # A mistake in a long text is looked for at its key
        content[key.value] = Value(made.content, name, key.start_mark.line + 1)
    return Value(content, name, line)


class Writer(
    yaml.emitter.Emitter,
    yaml.serializer.Serializer,
    yaml.representer.Representer,
    yaml.resolver.BaseResolver,
):
    """The form of `content/`: no mark where none is needed, lists indented, long lines whole."""

    def __init__(self, stream, **options):
        yaml.emitter.Emitter.__init__(self, stream, allow_unicode=True, width=math.inf)
        yaml.serializer.Serializer.__init__(self)
        yaml.representer.Representer.__init__(self)
        yaml.resolver.BaseResolver.__init__(self)

    def increase_indent(self, flow=False, indentless=False):
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self):
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


def write(value):
    """YAML of texts, lists and dicts of them, of which `read` makes the same again.

    A text with line breaks stands as a block, a list of texts on one line.
    """
    return yaml.serialize(to_node(value), Dumper=Writer)


def to_node(value):
    if isinstance(value, dict):
        pairs = [(to_node(key), to_node(part)) for key, part in value.items()]
        return yaml.MappingNode(Writer.DEFAULT_MAPPING_TAG, pairs, flow_style=False)
    if isinstance(value, list):
        is_short = all(isinstance(item, str) for item in value)
        items = [to_node(item) for item in value]
        return yaml.SequenceNode(Writer.DEFAULT_SEQUENCE_TAG, items, flow_style=is_short)
    is_block = "\n" in value and not OTHER_BREAKS.search(value)
    return yaml.ScalarNode(Writer.DEFAULT_SCALAR_TAG, value, style="|" if is_block else None)
