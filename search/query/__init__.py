"""What was typed, understood; ranking and extracts."""
