"""The parts of the HTML report: words, escaping, charts, texts with their findings, and the page around them."""
