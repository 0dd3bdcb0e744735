"""How much a room and its visitors may take. A class of three hundred reaches none of these limits."""

LIFETIME = 24 * 3600.0  # seconds from the opening of a room to its end
MOST_ROOMS = 200
MOST_STUDENTS = 300  # of a room
MOST_ROUNDS = 100  # questions that are asked in one room
MOST_STOPS = 60  # of a room's list
MOST_MINUTES = 600  # of one stop
LONGEST_PLAN = 600_000  # characters of the list, with the computed curves of its questions

LONGEST_NAME = 24
LONGEST_TEXT = 600  # of a question of the teacher's own
LONGEST_OPTION = 160
MOST_OPTIONS = 8
LONGEST_VIEW = 2000
LARGEST_BODY = 8 * 1024  # bytes of a message from a browser
LARGEST_NUMBER = 1e15
POINTS = 41  # of a sketched curve, evenly spread over its axis

WAIT = 25.0  # seconds that a browser's question for news is held
LOOK = 0.25  # seconds between two looks into the store while somebody waits
MOST_WAITING = 1500  # questions for news of all rooms that this process holds

# (how many, in how many seconds)
ANSWERS = (12, 10.0)  # of one student
JOINS = (400, 60.0)  # from one address: a school's whole network may have one
REQUESTS = (2000, 10.0)  # from one address
OPENINGS = (20, 3600.0)  # rooms that one address opens
GUESSES = (20, 60.0)  # codes of no room, from one address, that are answered at once
SLOWED = 2.0  # seconds that each further one waits
MOST_SLOWED = 8  # that wait together; whoever asks beyond is refused
