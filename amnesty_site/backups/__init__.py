"""The whole site in one archive (`saving`), back from it (`restoring`), and from one database to
another (`moving`).

`archive` knows the form of the file; `sqlite` and `postgresql` take the database out and put it
back, in the same words; `pictures` says which files belong to it.
"""
