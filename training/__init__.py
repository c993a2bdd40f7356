"""How the reader of claims and entities was trained, from public corpora. The package never imports this."""
