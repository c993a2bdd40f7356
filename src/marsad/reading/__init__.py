"""Document to Reading: one module an annotator, put in order by `pipeline.py`."""
