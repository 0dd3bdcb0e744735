"""The pages RNN, LSTM, GRU and Compare."""
