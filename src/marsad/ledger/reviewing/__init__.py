"""Reviews: drafted by people, attached to words, and applied to the newest reading."""
