"""French: from words to stems, sounds, numbers."""
