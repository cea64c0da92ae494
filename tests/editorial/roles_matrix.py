"""Who may open which address of the admin, and do what there. test_role_matrix.py asks each.

A cell has a sign for GET and one for POST, of what somebody would send who wants to publish:

    r  is answered, and nothing has changed     -  is refused, or asked to sign in
    w  is answered, and something has changed   0  is not there, or not for this method
    p  is answered, and readers get something else

A row begins with the name of the address in Django's resolver. Where it belongs to a model, it is
the model (or a group of them) and what of it: its `list`, the forms to `add` and `change`, to
`delete`, its `history`, a `version` to put back, a `sheet` of all rows, and `short`, which leads
to the form.
"""

# Somebody on the staff without a role is a newcomer
PEOPLE = [
    "anonymous",
    "newcomer",
    "translator",
    "editor",
    "publisher",
    "administrator",
    "superuser",
]

# The first group that has a row is the one that counts
GROUPS = {
    # Their order is written in the list itself, for readers at once
    "ordered": ["campaigns.campaign", "editorial.page", "editorial.theme"],
    # Without a state of their own: published as soon as they are added
    "frame": ["editorial.theme", "timeline.decade"],
    "entry": [
        "campaigns.campaign",
        "editorial.picture",
        "editorial.page",
        "editorial.theme",
        "sections.achievement",
        "sections.section",
        "timeline.decade",
        "timeline.timelineevent",
    ],
}

ADDRESSES = """
                             anonymous newcomer translator editor publisher administrator superuser

ordered list                     --       --        rr       rr       rp          rr          rp
frame add                        --       --        --       --       rp          --          rp
editorial.picture add            --       --        --       rw       rw          --          rw
entry list                       --       --        rr       rr       rr          rr          rr
entry add                        --       --        --       rw       rp          --          rp
entry change                     --       --        r-       rw       rp          r-          rp
entry version                    --       --        r-       rw       rp          r-          rp
entry history                    --       --        rr       rr       rr          rr          rr
entry delete                     --       --        --       --       rp          --          rp
entry sheet                      --       --        r-       rw       rw          r-          rw
entry sheet_preview              --       --        --       r-       rp          --          rp
entry sheet_file                 --       --        rr       rr       rr         rr          rr

editorial.translation list       --       --        rr       rr       rr          --          rr
editorial.translation change     --       --        rw       rw       rp          --          rp
editorial.translation files      --       --        rw       rw       rw          --          rw
editorial.translation history    --       --        rr       rr       rr          --          rr
editorial.translation add        --       --        00       00       00          --          00
editorial.translation delete     --       --        --       --       --          --          --

auth.user list                   --       --        --       --       --          rr          rr
auth.user add                    --       --        --       --       --          rw          rw
auth.user change                 --       --        --       --       --          rw          rw
auth.user password_change        --       --        --       --       --          rw          rw
auth.user delete                 --       --        --       --       --          rw          rw
auth.user history                --       --        --       --       --          rr          rr

auth.group list                  --       --        --       --       --          rr          rr
auth.group change                --       --        --       --       --          r-          r-
auth.group history               --       --        --       --       --          rr          rr
auth.group add                   --       --        --       --       --          --          --
auth.group delete                --       --        --       --       --          --          --

admin.logentry list              --       --        --       --       --          rr          rr
admin.logentry change            --       --        --       --       --          r-          r-
admin.logentry history           --       --        --       --       --          rr          rr
admin.logentry add               --       --        --       --       --          --          --
admin.logentry delete            --       --        --       --       --          --          --

visitors.visitorcount list       --       --        --       --       --          rr          rr
visitors.visitorcount change     --       --        --       --       --          rw          rw
visitors.visitorcount history    --       --        --       --       --          rr          rr
visitors.visitorcount add        --       --        --       --       --          --          --
visitors.visitorcount delete     --       --        --       --       --          --          --

visitors.visitorday list         --       --        rr       rr       rr          rr          rr
visitors.visitorday change       --       --        r-       r-       r-          r-          r-
visitors.visitorday history      --       --        rr       rr       rr          rr          rr
visitors.visitorday add          --       --        --       --       --          --          --
visitors.visitorday delete       --       --        --       --       --          --          --

second_factor                    --       rr        rr       rr       rr          rr          rr
second_factor_qr                 --       00        00       00       00          00          00
handbook                         --       r0        r0       r0       r0          r0          r0
index                            --       rr        rr       rr       rr          rr          rr
app_list                         --       00        rr       rr       rr          rr          rr
login                            rr       rr        rr       rr       rr          rr          rr
logout                           rr       0r        0r       0r       0r          0r          0r
password_change                  --       rw        rw       rw       rw          rw          rw
password_change_done             --       r0        r0       r0       r0          r0          r0
autocomplete                     --       -0        r0       r0       r0          r0          r0
jsi18n                           --       r0        r0       r0       r0          r0          r0
view_on_site                     --       rr        rr       rr       rr          rr          rr
every short                      --       rr        rr       rr       rr          rr          rr
anything else                    --       00        00       00       00          00          00
"""

# What is done from a list to entries chosen there, by POST alone: r where it is not offered
ACTIONS = """
                             anonymous newcomer translator editor publisher administrator superuser

entry approve_translation        -        -         w        w        w           r           w
entry publish                    -        -         r        r        p           r           p
entry publish_en                 -        -         r        r        p           r           p
entry publish_mn                 -        -         r        r        p           r           p
entry unpublish                  -        -         r        r        p           r           p
entry confirm_year               -        -         r        w        w           r           w
entry delete_selected            -        -         r        r        p           r           p
auth.user delete_selected        -        -         -        -        -           w           w
auth.user remove_second_factor   -        -         -        -        -           w           w
"""


def read(table):
    """The rows of a table: a dict of names, each with a dict of people and their cells."""
    head, *rows = [line.split() for line in table.splitlines() if line]
    assert head == PEOPLE
    places = slice(None, -len(PEOPLE)), slice(-len(PEOPLE), None)
    split = [[row[place] for place in places] for row in rows]
    return {" ".join(name): dict(zip(PEOPLE, cells, strict=True)) for name, cells in split}


def declaring(table, name):
    """The name of the row for an address or an action, which may be of a group; None if none."""
    model, _space, what = name.partition(" ")
    of_groups = [f"{group} {what}" for group, models in GROUPS.items() if model in models]
    return next((row for row in (name, *of_groups, f"every {what}") if row in read(table)), None)
