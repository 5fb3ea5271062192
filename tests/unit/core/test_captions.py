"""Captions: only times and plain words are kept of a WebVTT file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.core.captions import CaptionsError, Cue, is_webvtt, load, write

OF_OTHERS = """\ufeffWEBVTT - made by a program
Kind: captions

STYLE
::cue { background: url(https://example.org/x) }

REGION
id:fred

NOTE
The room is loud.

1
00:01.000 --> 00:04,500 align:start position:10%
<v.loud Dana Reyes>I&#39;m <b>not</b> sure.</v>

second part
00:00:04.500 --> 01:00:06.000
<00:05.000><c.yellow>- Take</c> your time.
- Mm. &lt;laughs&gt;
"""


def test_a_file_of_others_is_read_for_times_and_words():
    """Styles, regions, notes, settings and tags go; who speaks stands before the words."""
    assert load(OF_OTHERS) == (
        Cue(start_ms=1000, end_ms=4500, text="Dana Reyes: I'm not sure."),
        Cue(start_ms=4500, end_ms=3_606_000, text="- Take your time.\n- Mm. <laughs>"),
    )


def test_what_is_written_holds_nothing_but_times_and_words():
    """Neither a tag nor a setting of the file that was sent is passed on."""
    written = write(load(OF_OTHERS))
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nDana Reyes: I'm not sure.\n\n"
        "00:00:04.500 --> 01:00:06.000\n- Take your time.\n- Mm. &lt;laughs&gt;\n"
    )


LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1
)
WORDS = st.lists(LINES.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**6), WORDS), min_size=1))
def test_what_is_written_is_read_again(given_cues):
    """Whatever people say, tags, arrows and keywords among it."""
    cues = tuple(
        Cue(start_ms=start, end_ms=start + lasts, text=text.replace("-->", "→")[:900].strip())
        for start, lasts, text in sorted(given_cues)
    )
    assert load(write(cues)) == cues


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "header", 1),
        ("1\n00:01.000 --> 00:02.000\nHi", "header", 1),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nHi", "header", 1),
        ("WEBVTT\n\n", "empty", 1),
        ("WEBVTT\n\nNOTE nothing\n", "empty", 1),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", "empty", 1),
        ("WEBVTT\n\nHi there", "times", 3),
        ("WEBVTT\n\n1\n0:1 --> 0:2\nHi", "times", 4),
        ("WEBVTT\n\n00:01.000-->00:02.000\nHi", "times", 3),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nHi", "times", 3),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHi", "order", 3),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nHi\n\n00:01.000 --> 00:04.000\nHo", "order", 6),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 1001, "long", 3),
        ("WEBVTT" + "\n\n00:01.000 --> 00:02.000\nHi" * 5001, "long", 15003),
    ],
)
def test_what_is_no_webvtt_is_refused_by_line(text, why, line):
    """What is wrong has a code and a line."""
    with pytest.raises(CaptionsError) as refused:
        load(text)
    assert refused.value.facts == {"why": why, "line": line}


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("WEBVTT\n", True),
        ("\ufeff\nWEBVTT x", True),
        ("Me: WEBVTT is a format", False),
        ("", False),
    ],
)
def test_captions_are_told_from_a_transcript(text, is_it):
    """By how they begin."""
    assert is_webvtt(text) is is_it
