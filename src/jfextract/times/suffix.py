"""The words behind a date that open it to one side: 以来, 以前, 之后, 起, 前后, 期间."""

from __future__ import annotations

import re
from dataclasses import replace

from jfextract.times.expression import Reading, edtf_of
from jfextract.times.piece import Scene

__all__ = ["with_suffix"]

_BEFORE_NOT = "后往来期提景列沿进夕三两台端方线身辈任行者首0-9一二四五六七八九十"
_AFTER_NOT = "期来续勤者备卫方面台果代世市段遗盾半宫院患"
_SUFFIX = re.compile(
    r"(?:(?P<since>[^\s,，。、；;：:0-9()（）“”《》为是的创达比较成]{0,12}?以来|来(?=[,，])"
    # 2014年两国建立开放务实的全面合作伙伴关系以来: what began then is told at length
    r"|[^\s,，。、；;：:0-9()（）为是]{0,8}?(?:[建成设]立|启动|实施|施行|召开|提出|开[展通始播]|建交|加入|投产|通车|运行|签署|推行|组建|上任|执政|当选|爆发|暴发)(?!的)[^\s,，。；;：:是为创达]{0,20}?以来)"
    rf"|(?P<before>及以前|或之前|及之前|以前|之前|前(?![{_BEFORE_NOT}]))"
    rf"|(?P<after>及以后|或之后|及之后|以后|之后|起?至今(?![天年晚早日后春夏秋冬])|开始(?=[,，。；;]|$)|起(?![点义诉源步飞伏草码到来降火名重])|后(?![{_AFTER_NOT}]))"
    r"|(?P<about>前后|左右|上下|许)"
    r"|(?P<plain>期间|之间|时期|当天|当日|当晚|以内|内(?![蒙容部涵在外阁地])))"
)


def with_suffix(scene: Scene, end: int, reading: Reading | None) -> tuple[Reading | None, int, str]:
    """Read the word behind an expression that ends at ``end``; give the new meaning, end and its name."""
    match = _SUFFIX.match(scene.text, end)
    if match is None:
        return reading, end, ""
    name = match.lastgroup or ""
    if reading is None:
        return None, match.end(), name
    if reading.edtf is not None:
        sides = {"since": f"{reading.edtf}/..", "after": f"{reading.edtf}/..", "before": f"../{reading.edtf}"}
        return replace(reading, edtf=sides.get(name, reading.edtf)), match.end(), name
    if name in ("since", "after"):
        if reading.begin is None:
            return reading, end, ""  # 十八大以前后 is open on one side already
        reading = replace(reading, end=None)
    elif name == "before" and (reading.begin is None or edtf_of(reading).count("/") == 0):
        reading = replace(reading, begin=None)
    elif name == "about":
        reading = replace(reading, approx=True)
    return reading, match.end(), name
