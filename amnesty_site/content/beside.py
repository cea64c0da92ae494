"""What stands beside an entry, as keys of it: how far its translation is, changes that wait, and
addresses it had. No names of people: who wrote what belongs to the history.
"""

from datetime import UTC

from django.utils.dateparse import parse_datetime

from amnesty_site.content import keys, pictures
from amnesty_site.yaml_files import Mistake
from bilingual.translations import column, columns, languages, translated_fields
from editorial import values
from editorial.addresses import FormerAddress
from editorial.drafts import Draft
from editorial.review import State, Translation, waits
from editorial.values import REST

NAMES = ["translation", "drafts", "former_addresses"]
RIGHT, REST_NAME = "right", "rest"
ABOUT_DRAFT = ["is_minor", "is_reviewed", "handed_in_at", "publish_at", "failure"]


def write(row, translation, drafts, addresses, waiting_since):
    """The keys of what stands beside an entry; those that would be empty are left out.

    `waiting_since` is the time at which texts wait that do not say another.
    """
    written = {
        "translation": write_translation(row, translation, waiting_since) if translation else {},
        "drafts": [write_draft(row, draft) for draft in drafts],
        "former_addresses": sorted(address.path for address in addresses),
    }
    return {name: value for name, value in written.items() if value}


def write_translation(row, translation, waiting_since):
    """ "right" where everything translated is; else, by text, what differs from “to review”."""
    # Not in the order of the JSON, which is another in each database
    known = [name for name in translated_fields(type(row)) if name in translation.fields]
    texts = {
        name: write_state(row, name, translation.fields[name], waiting_since) for name in known
    }
    said = {name: text for name, text in texts.items() if text}
    translated = [name for name in known if translation.fields[name]["state"] != State.MISSING]
    is_right = translated == [*said] and set(map(str, said.values())) == {RIGHT}
    return RIGHT if is_right else said


def write_state(row, name, text, waiting_since):
    if text["state"] == State.RIGHT:
        return RIGHT
    written = {}
    if text["since"] != waiting_since:
        written["since"] = write_since(text["since"])
    if text["state"] == State.STALE:
        field = row._meta.get_field(column(name, row.source_language))
        written["source"] = keys.write_text(field, text["source"])
    return written


def write_since(since):
    return keys.write_time(parse_datetime(since))


def load_translation(row, part, waiting_since):
    """Gives a new entry's translation the states that its file tells."""
    translation = Translation.objects.for_entry(row)
    told = read_states(row, part, translation) if part else {}
    texts = {
        name: told.get(name, {}) | {"known": text} for name, text in translation.fields.items()
    }
    fields = {name: state_of(waiting_since=waiting_since, **text) for name, text in texts.items()}
    if fields != translation.fields:
        translation.set_fields(fields)
        translation.save()


def state_of(known, waiting_since, right=False, source=None, since=None):
    if right:
        return waits({}, State.RIGHT, known["source"])
    since = since or waiting_since
    if source is not None:
        return {"state": str(State.STALE.value), "since": since, "source": source}
    return known | {"since": since}


def read_states(row, part, translation):
    """What a file tells of each text, by its name, as the words of `state_of`."""
    if part.content == RIGHT:
        return {
            name: {"right": True}
            for name, text in translation.fields.items()
            if text["state"] != State.MISSING
        }
    told = {}
    for name, text in part.mapping().items():
        known = translation.fields.get(name)
        if known is None:
            raise text.mistake(f"{name}: there is no such text to translate here.")
        told[name] = {"right": True} if text.content == RIGHT else read_state(row, name, text)
        if known["state"] == State.MISSING and {"right", "source"} & set(told[name]):
            raise text.mistake(f"{name}: the text is missing in {translation.language}.")
    return told


def read_state(row, name, part):
    told = {}
    for key, value in part.mapping().items():
        if key == "since":
            time = keys.read_value(Draft._meta.get_field("publish_at"), value)
            told[key] = time and in_utc(time)
        elif key == "source":
            field = row._meta.get_field(column(name, row.source_language))
            told[key] = keys.read_clean_text(field, value)
        else:
            raise value.mistake(f"{name}: write “right”, or since and source, not {key}.")
    return told


def in_utc(time):
    return time.astimezone(UTC).isoformat(timespec="seconds")


def write_draft(row, draft):
    model = type(row)
    waiting = model()
    values.assign(waiting, draft.values)
    order = [*columns(*translated_fields(model)), "file", *keys.names(model)]
    known = {name: draft.values[name] for name in order if name in draft.values}
    about = {"part": draft.language or REST_NAME}
    for name in ABOUT_DRAFT:
        field = Draft._meta.get_field(name)
        written = keys.write_value(field, getattr(draft, name))
        if written != keys.write_value(field, field.get_default()):
            about[name] = written
    written = {name: write_waiting(waiting, name, value) for name, value in known.items()}
    if draft.language:
        written = {name.removesuffix(f"_{draft.language}"): text for name, text in written.items()}
    return about | ({"values": written} if written else {})


def write_waiting(waiting, name, value):
    if name == "file":
        return pictures.name_in_files(value)
    field = waiting._meta.get_field(name)
    if field.many_to_many:
        return keys.slugs_of(field.related_model.objects.filter(pk__in=value))
    if field.one_to_many:
        return [keys.write_entry(field.related_model(**part)) for part in value]
    if hasattr(field, "translated_field"):
        return keys.write_text(field, getattr(waiting, name) or "")
    return keys.write_field(waiting, name)


def read_drafts(row, part):
    """The drafts that a file tells of an entry, unsaved."""
    drafts = [read_draft(row, item) for item in part.items()]
    if len({draft.language for draft in drafts}) < len(drafts):
        raise part.mistake("drafts: a part stands here a second time.")
    return drafts


def read_draft(row, item):
    about = dict(item.mapping())
    part, waiting = about.pop("part", None), about.pop("values", None)
    if part is None or part.text() not in [*languages(), REST_NAME]:
        known = ", ".join([*languages(), REST_NAME])
        raise item.mistake(f"part: write which part of the entry waits: {known}.")
    draft = Draft(entry=row, language=REST if part.text() == REST_NAME else part.text())
    for name, value in about.items():
        if name not in ABOUT_DRAFT:
            raise value.mistake(f"{name}: there is no such key of a draft.")
        setattr(draft, name, keys.read_value(Draft._meta.get_field(name), value))
    for name, value in (waiting.mapping() if waiting else {}).items():
        stored = column(name, draft.language) if draft.language else name
        draft.values[stored] = read_waiting(row, name, value, draft.language)
    return draft


def read_waiting(row, name, part, language):
    model = type(row)
    is_text = name in translated_fields(model)
    if is_text != bool(language) or not (is_text or values.knows(model, name)):
        raise part.mistake(f"{name}: there is no such key in this part of the entry.")
    if is_text:
        return keys.read_clean_text(model._meta.get_field(column(name, language)), part)
    if name == "file":
        return pictures.stored_name(part.text())
    field = model._meta.get_field(name)
    if field.many_to_many:
        return sorted(theme.pk for theme in keys.find_themes(part))
    if field.one_to_many:
        return [read_part(model, name, item) for item in part.items()]
    waiting = model()
    keys.set_field(waiting, name, part)
    return values.read_field(field, waiting)


def read_part(model, name, item):
    row = model._meta.get_field(name).related_model()
    for key, value in item.mapping().items():
        keys.set_field(row, key, value)
    return {key: getattr(row, key) for key in model.parts[name]}


def files_of_drafts(part):
    """Where the drafts of a picture name another file for it."""
    for draft in part.items() if part else ():
        waiting = draft.mapping().get("values")
        if waiting and "file" in waiting.mapping():
            yield waiting.mapping()["file"]


def load_drafts(row, part, is_new):
    """Has the changes wait that a file tells of a new entry. Those of an entry that was here stay
    as they are, as nothing keeps what they were: where the file tells others, a `Mistake` is
    yielded that says so."""
    drafts = read_drafts(row, part)
    if is_new:
        for draft in drafts:
            draft.save()
    elif {same(draft) for draft in drafts} != {same(draft) for draft in Draft.objects.of(row)}:
        sentence = "drafts: others wait here by now, and were left as they are."
        yield Mistake(part.file, part.line, sentence)


def same(draft):
    """What tells one draft from another, whoever wrote it."""
    return (
        draft.language,
        values.digest(draft.values),
        *(getattr(draft, name) for name in ABOUT_DRAFT),
    )


def load_addresses(row, part):
    """Has addresses lead to the entry that did not; returns whether any."""
    paths = [item.text() for item in part.items()]
    for path in paths:
        if not (path.startswith("/") and path.endswith("/") and len(path) <= 255):
            raise part.mistake(f"former_addresses: {path} does not begin and end with “/”.")
    known = {address.path for address in FormerAddress.objects.of(row)}
    for path in paths:
        if path not in known:
            FormerAddress.objects.remember(path, row)
    return bool(set(paths) - known)
