"""Which test shows what: the faults and attacks, the privacy rules, the requirements of ASVS 5.0; and the command."""
