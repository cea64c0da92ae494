"""The languages of the site, by code. Settings read this, so it imports nothing of Django's."""

# What each language calls itself; the first is the default
OWN_NAMES = {"en": "English", "mn": "Монгол"}
ENGLISH_NAMES = {"en": "English", "mn": "Mongolian"}  # in the log of changes
SHORT_NAMES = {"en": "EN", "mn": "МН"}
# As social networks name them
LOCALES = {"en": "en_GB", "mn": "mn_MN"}


def column_label(label, language):
    """A translated column's name for staff: the field's, and the language's own."""
    return f"{label} ({OWN_NAMES[language]})"
