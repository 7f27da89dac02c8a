"""The flat-file unload of the database, as utility IRRDBU00 writes it: out of ours, and into ours."""
