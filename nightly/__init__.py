"""The Python edge of the warehouse: gate, run, audit, publish and the run manifest."""
