"""Live rooms: a teacher asks, students answer on their own devices, and the class sees the spread of its answers."""
