"""Security decisions: users, groups, profiles, certificates and key rings."""
