"""What stands around the cells: readout and losses, attention, convolution, CTC."""
