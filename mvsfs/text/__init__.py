"""Text: lines on the one side, records on the other; pure and by chunks."""
