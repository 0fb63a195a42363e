"""Reading finished pages back: what went in has come out, stands where it should, and can be seen."""
