"""Bodies as readers see them, and what stands around them."""
