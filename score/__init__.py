"""Scores the detections against the ground truth of the demo marketplace."""
