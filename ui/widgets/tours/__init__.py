"""Tours: views of the app in an order, each with a sentence, what to look at, and sometimes one thing to do first."""
