"""What a document is, by whom, from when: one file a kind of evidence."""
