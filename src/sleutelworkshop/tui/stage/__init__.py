"""What is drawn for the room: pure functions from a :class:`RoomView` and a size to rows of text.

Nobody can scroll from the room, so everything here is drawn for the place that there is: what does not fit is
shortened, and else stands on a next page.
"""
