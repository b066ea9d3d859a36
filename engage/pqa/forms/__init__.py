"""What staff type on the panel's pages."""
