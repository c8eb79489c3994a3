"""The pages on which editors work off what waits: review queue, contested fields, drift inbox."""
