"""What a courier may be told on a round."""

from pol.kernel.errors import Refused


class NothingPacked(Refused):
    message = "Belum ada pesanan yang siap dibawa. Tanyakan ke lapaknya dulu."


class NothingChosen(Refused):
    message = "Tidak ada pesanan di tangan yang dipilih. Centang pesanannya dulu."
