"""What is the same: copies of one text, and claims that go back to one origin. Pure functions."""
