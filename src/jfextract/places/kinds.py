"""Is a place name used as a place, or does it stand inside the name of an institution, event, road …?"""

from __future__ import annotations

from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.places.words import Clauses

__all__ = ["org_end"]

_LONGEST = 24  # characters between a place and the head of its institution: 中国|证券监督管理委员会
_NOMINAL = {"n", "nz", "nt", "nr", "nrt", "ns", "vn", "j", "b", "a", "an", "ng", "s", "f", "l", "i", "m", "x", "eng", "nrfg", "g", "q"}
_NOT_HEADS = {  # end like an institution and are none
    *("全部 内部 外部 中部 东部 西部 南部 北部 局部 干部 总部 东北部 西北部 东南部 西南部 大部 底部 顶部 腹部 头部 沿海部".split()),
    *("结局 布局 格局 大局 时局 局 部 处 各处 好处 到处 用处 深处 之处 署 部署 厅 客厅 街头 道路 公路网 思路 出路 网络 套路 一路 之路 思路".split()),
    *("站 网站 号 口号 信号 称号 一号 二号 三号 记号 型号 队 部队 军队 军 港 路 街 党 政党 我党 赛 杯 比赛 世界杯 节 香港 议会 中队".split()),
    *("企业家 网 互联网 国务委员 银行家 公司法 路线 思路 门路 线路 铁路 公路 机场 车站 码头 医院 学校 大学 中学 小学 博物馆 水库 公司 银行 法院 研究所".split()),
}
_SOLO_OK = {  # generic nouns that do form a name right after a place: 北京|大学, 上海|机场
    *("医院 大学 中学 小学 机场 车站 火车站 博物馆 水库 公司 银行 法院 铁路 公路 码头 研究所 检察院 海关 路 街 港 站 队 军 党 号 局 厅 杯 节 处".split()),
}


@lru_cache(maxsize=1)
def _heads() -> tuple[dict[str, str], int]:
    table = {row["head"]: row["how"] for row in room_table("places", "org_heads.tsv", ("head", "how"), key="head")}
    return table, max(map(len, table))


def _head(word: str, tag: str, first: bool) -> str | None:
    """How ``word`` heads an institution's name (see org_heads.tsv), None if it does not."""
    table, longest = _heads()
    if word in _NOT_HEADS and not (first and word in _SOLO_OK):
        return None
    for size in range(min(len(word), longest), 0, -1):
        how = table.get(word[-size:])
        if how == "word" and size != len(word):
            continue
        if how == "road" and (len(word) == 1) != first and tag != "ns":
            continue
        if how == "ministry":
            return how if len(word) > 2 or tag == "nt" else None
        if how:
            return how if how != "never" else None
    return None


def org_end(clauses: Clauses, end: int, mentions: dict[int, int]) -> int | None:
    """End of the institution's name that the place ending at ``end`` opens; None when it opens none.

    ``mentions`` are the other places of the text, start to end: they are stepped over as parts of a name.
    """
    verbs = False
    first = True
    at = end
    for start, stop, tag, word in clauses.after(end):
        if start < at:
            continue
        if start - end > _LONGEST or not word.strip():
            return None
        if start in mentions and mentions[start] >= stop:
            at, first = mentions[start], False
            continue
        how = _head(word, tag, first)
        if how is not None and (how == "far" or not verbs):
            return stop
        if tag == "c" and word in "和与及暨" and not first:
            verbs = True
        elif tag in ("v", "vd", "vi", "d", "ad", "zg") and len(word) > 1 and not first:
            verbs = True
        elif tag not in _NOMINAL or word in "、,，·:：()（）《》“”\"'‘’-—":
            return None
        first = False
    return None
