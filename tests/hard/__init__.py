"""The twenty hard things of the trade: one file of failing and passing texts for each."""
