"""Who does what in a clause, without a trained parser."""
