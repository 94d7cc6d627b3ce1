"""What a run saw, kept so that somebody else can see it again: WARC, a tape of what the world said, a manifest."""
