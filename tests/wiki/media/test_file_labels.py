"""The weight of a file as people read it on their own machine."""

import pytest

from wiki.media.file_labels import weight

SAID = [
    (0, "0 octet"),
    (1, "1 octet"),
    (999, "999 octets"),
    (1024, "1 Ko"),
    (45_875, "45 Ko"),  # « 44,8 Kio »
    (1_048_000, "1 023 Ko"),
    (1_048_576, "1,0 Mo"),
    (1_300_000, "1,2 Mo"),
    (20 * 1024 * 1024, "20 Mo"),
]


@pytest.mark.parametrize(("size", "said"), SAID)
def test_a_weight_is_said_in_round_kilobytes(size, said):
    assert weight(size).replace("\u00a0", " ") == said
