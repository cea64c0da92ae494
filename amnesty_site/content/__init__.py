"""The site's content as plain files, out (`dumping`) and in (`loading`), in one form.

`files` knows which files there are, `keys` how a key of a file is a field of its model, `beside`
what stands beside an entry, `pictures` the files of pictures.
"""
