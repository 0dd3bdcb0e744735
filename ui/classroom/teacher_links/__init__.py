"""Links of a teacher: what they fix, hide and open, and their QR code."""
