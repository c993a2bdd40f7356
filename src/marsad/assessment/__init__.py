"""What an analyst does with a ledger: a function of it at one `as_known`, so that it can be had again.

series         figures of one measure, subject, scope and basis over time; `ranges`: the current best one
voices         which names are of one voice
reasons        why a range was chosen or a credibility proposed, as a sentence of any language
agreement      claims that say the same, with their independent origins
contradiction  questions that sources answer in ways that exclude each other
watch          a file that names a subject, an area and indicators
board          a watch at a date: each indicator with its direction, figures, voices and gaps
alerts         what changed on a board since a date
"""
