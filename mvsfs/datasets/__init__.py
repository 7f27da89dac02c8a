"""What is done with data sets: OPEN, allocation, members, generations, aliases, clusters."""
