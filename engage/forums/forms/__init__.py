"""What young people, their adults, group leaders and professionals type, as typed values; the desk's forms beside."""
