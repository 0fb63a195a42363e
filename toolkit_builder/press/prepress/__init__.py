"""What a print shop gets: pages in the inks of its press, with bleed, as PDF/X-4 (ISO 15930-7). Tags, languages stay.

Bound documents come in, and go through it one way: colours are separated (`separation.py`, with `inks.py` and
`colour_operators.py`), boxes, output intent and metadata written (`pdfx.py`). Beside it, `ink_preflight.py` looks at
the plates, and `job_report.py` tells the shop what it gets. `print_shop.py` goes through them.
"""
