"""Results that are kept between two runs of the script, for all visitors or for one."""
