"""What people write when they want their money back: no two alike, unless they are short."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from simulator.batch import Array
from simulator.columns import join_text, pick

_HELLO = ["", "", "", "", "hello, ", "hi. ", "good morning, ", "dear team, ", "hi there - "]
_HELLO += ["good evening, ", "to whom it may concern: ", "sorry to bother you, ", "hey, "]
_BODY = [
    ["does not fit", "too small", "colour is different than i thought", "no need any more",
     "it is too wide at the shoulders", "found the same thing at home", "ordered one too many",
     "it does not match the sofa", "my husband bought one as well", "looks odd on me"],
    ["not like in the picture", "material feels cheap", "wrong size chart", "much thinner cloth",
     "the description said cotton and it is not", "half as big as it looks on the page",
     "the colour has nothing to do with the photo", "says waterproof but it is not"],
    ["stopped working after two days", "arrived broken", "button does nothing", "will not charge",
     "the zip came off the first time", "there is a crack along the side", "screen stays dark",
     "one wheel does not turn", "it makes a loud noise and smells", "the seam is open"],
    ["logo looks fake", "not the original brand", "the serial number is unknown to the maker",
     "the shop in town says this is a copy"],
    ["parcel never came", "says delivered but nothing here", "still waiting", "nothing arrived",
     "the tracking ends in another town", "nobody in the house has seen the parcel",
     "looked everywhere and asked next door, no parcel", "it was not in the locker"],
    ["got another item", "wrong colour was sent", "this is not what i ordered",
     "you sent the left one twice", "i ordered size 42 and got 38", "this is the old model"],
    ["one piece missing in the box", "the cable is missing", "only one of two was inside",
     "there are no screws with it", "the charger was not in the package"],
    ["the box was empty when i opened it", "opened it and there was nothing inside",
     "only paper in the carton"],
]  # fmt: skip
_DETAIL = [
    "", "", "", ". we tried it twice", ". my sister was there when i opened it",
    ". it was meant as a present", ". i bought it for the weekend", ". have been waiting all week",
    ". the neighbour took the parcel in", ". i kept the packaging", ". never had this before",
    ". otherwise i like the shop", ". i work nights so i only saw it now", ". see the photo",
    ". the courier did not ring", ". it cost quite a lot for that", ". my kids are disappointed",
    ". i read the instructions", ". i asked the seller and got no answer", ". what a pity",
    ". i have moved in the meantime", ". the last order was fine", ". you can call me after six",
    ". i need it by friday", ". second time this year", ". a friend has the same and hers is fine",
]  # fmt: skip
_ASK = [
    "", "", "", ". please refund", ". what do you suggest?", ". i would like my money back",
    ". can you send a new one?", ". please tell me where to send it", ". thank you", ". thanks",
    ". i want to return it", ". who pays for the postage?", ". waiting for your answer",
    ". kindly sort it out", ". best regards",
]  # fmt: skip
_START = np.cumsum([0, *[len(texts) for texts in _BODY]])
_COUNT = np.array([len(texts) for texts in _BODY])
_BODIES = [text for texts in _BODY for text in texts]
_TERSE = 0.4  # so many write three words and no more
_SILENT = 0.12


def claim_texts(
    rng: np.random.Generator, reason: Array, story: Array, stories: list[str]
) -> pa.Array:
    """The text of each claim; `story` names one of `stories`, -1: in the customer's own words."""
    n = len(reason)
    body = pick(_BODIES, _START[reason] + (rng.random(n) * _COUNT[reason]).astype(np.int64))
    parts = [rng.integers(0, len(x), n) for x in (_HELLO, _DETAIL, _DETAIL, _ASK)]
    second = np.where(rng.random(n) < 0.5, 0, parts[2])
    long = join_text(
        pick(_HELLO, parts[0]), body, pick(_DETAIL, parts[1]), pick(_DETAIL, second),
        pick(_ASK, parts[3]),
    )  # fmt: skip
    style = rng.random(n)
    text = pc.if_else(pa.array(style < _TERSE), body, long)
    text = pc.if_else(pa.array(style > 1 - _SILENT), pa.scalar(None, pa.string()), text)
    told = pick([*stories, ""], story)
    return pc.if_else(pa.array(story >= 0), told, text)
