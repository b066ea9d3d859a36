"""Methods for reading what young people wrote and counting it safely: no web, no database, nothing of the house."""
