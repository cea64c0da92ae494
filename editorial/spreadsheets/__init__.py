"""Entries as the rows of a spreadsheet, out and in.

`files` reads and writes files, `cells` turns values into cells and back, `rows` says what each
row would change, `uploads` keeps a sheet until somebody decides, and takes it over.
"""
