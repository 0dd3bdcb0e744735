"""Training as a pure function. Importing this package imports no torch: only `models`, `train`, `check` and what uses
them do, and those run in worker processes."""
