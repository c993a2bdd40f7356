"""Which claims of many say the same: pure functions of what is known of each, arrays in and arrays out.

facts       what is compared of a claim, as columns of numbers
words       the content of its words
blocking    the pairs worth comparing, so that a million claims need no million million comparisons
comparing   what parts two claims whatever their words, and how alike their words are
grouping    groups around the claim that was known first

Order of the claims never matters: they are ranked by when they were known, then by their keys.
"""
