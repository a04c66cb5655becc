"""A question to passages: understood, searched both ways, fused."""
