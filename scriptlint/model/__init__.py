"""The values that travel through scriptlint: plain frozen data that imports nothing else of ours."""
