"""Editions without pages of paper: for the screen, the ear and the fingertip, from the same plans as print.

A plan says which leaves there are, in which order and in which languages; each leaf names a template of its content
(`reading` in `product.yaml`). It is rendered once, as well-formed HTML (`rendering.py`), and becomes web pages
(`website.py`), a book (`book.py`), a document for Word (`word.py`) or braille (`braille.py`).
"""
