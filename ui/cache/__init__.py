"""Results kept between two runs of the script: for everybody, or for one visitor."""
