"""How a gazetteer is made: the one that ships with the package, and a user's own from GeoNames dumps.

`python -m marsad.gazetteer.making` makes the first from its publishers' data, `marsad gazetteer build`
the second. Both end in `files.py`, so that both read alike.
"""
