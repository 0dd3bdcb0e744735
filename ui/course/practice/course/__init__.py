"""Questions and exercises for a course's own system: Moodle XML and QTI."""
