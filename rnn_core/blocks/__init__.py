"""Building blocks beside the cells: readout and losses, attention, convolution, CTC."""
