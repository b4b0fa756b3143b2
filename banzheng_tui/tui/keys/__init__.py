"""What the keys of a call do, a subject each; the screen says which key belongs to whom."""
