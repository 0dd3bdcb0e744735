"""Controls, prose and tables that pages of several subjects share."""
