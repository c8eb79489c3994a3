"""Files of facts in and out: rows on citations, which feed the same records as articles."""
