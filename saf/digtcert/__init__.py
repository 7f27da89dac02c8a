"""Digital certificates: kept, made, read, written, shown; key rings; which user a certificate belongs to."""
