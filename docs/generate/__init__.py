"""Writes the pages that follow from the code: detections, their index, the picture of the flow."""
