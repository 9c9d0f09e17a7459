"""The areas of the economy, one module each."""
