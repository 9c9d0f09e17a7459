"""Benign look-alikes that tempt the detections: one module each."""
