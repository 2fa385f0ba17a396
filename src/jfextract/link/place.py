"""Which place a figure holds for.

The nearest before it in its sentence, then its paragraph, the site of an event report, then the report's own. Places
that only say where somebody comes from or goes to (牙买加小将, 来自中国) and members of a list hold for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.link.events import is_event
from jfextract.link.respective import partner
from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Place, Span
from jfextract.units import Quantity

__all__ = ["Setting", "Where", "read_setting", "where_of"]


@dataclass(frozen=True, slots=True)
class Where:
    """Full simplified name, its code (None: no code), and the rule that linked it."""

    name: str
    adcode: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the figures of a text hold that name no place themselves.

    ``site`` is where the event of the report took place, None in other reports; ``tied`` says that its figures are of
    a place at all, ``nation`` that it speaks for the whole country.
    """

    site: Place | None
    tied: bool
    nation: bool


_OFFICIAL_ENDINGS = frozenset("省市县区州旗盟镇乡")
_LEADING_AWAY = (
    "率先在",
    "居",
    "位居",
    "位列",
    "高于",
    "低于",
    "占",
    "来自",
    "来到",
    "前往",
    "走进",
    "飞往",
    "赴",
    "到访",
    "靠近",
    "邻近",
    "毗邻",
    "紧邻",
    "接壤",
    "不含",
    "不包括",
)
_DEALING_WITH = ("对", "向", "与", "同")
_SHARE_BASE = re.compile(r"(?:的)?\d[\d.]*%的")
_AT = ("在", "于", "从", "自", "到", "抵")
_DATELINE = re.compile(r"(?:\d{1,2}月)?\d{0,2}日?(?:综合)?(?:外电|专电|[电讯]|报道|报导)")
_TEAM_OR_PERSON = lazy_pattern(
    r"[\u4e00-\u9fff]{0,4}?(?:队|男篮|女篮|男足|女足|男排|女排|代表团|选手|名将|小将|老将|球员|运动员|姑娘|籍)|\d{1,2}岁"
)
_SPORT = re.compile(r"[赛队冠]|金牌|奥运")
_HELD = re.compile(
    r"[^,，。;；]{0,12}?(?:举行|开战|展开|上演|打响|进行|落幕|迎来|开赛|开幕|闭幕|赛场|赛区|站)"
)
_MARKET_HEAD = 120
_COMPANY = re.compile(r"[(（](?:[A-Z]{2,6}[:：]\d{4,6}|\d{4,6}\.[A-Z]{2}|[03689]\d{5})[)）]")
"""A stock code behind the name of a company; (2023) is a year."""
_MARKET = re.compile(
    r"(?:A股|[沪深]指(?![导挥出示明])|深证成指|创业板指|恒生指数|道琼斯|纳斯达克|美股|三大股?指数?)"
    r"[^。\n]{0,40}?(?:收盘|报收|收报|收[涨跌]|[涨跌]\d|高开|低开|冲高|回落|震荡|[涨跌]幅)"
)
"""Trading in the head of a report; 稳住经济大盘 and A股上市公司 are none."""
_GAMES = re.compile(r"(?:世锦赛|锦标赛|世界杯|奥运会|冬奥会|亚运会|残奥会|公开赛|大师赛|马拉松|大奖赛|站)")
_SITE_HEAD = 240
_RANKED = re.compile(
    r"率先|领先|前列|首|第[一二三四五六七八九十\d](?!批|次|届|期|季|轮|阶段|产业)|最|唯一|人民代表大会|政协|各地"
)
_SPEAKER = re.compile(
    r"(?:军方|方面|官员|卫生部门|警方|国防军|武装|国防部|外交部)[^,，。;；]{0,10}?(?:称|说|表示|宣布|报道|通报)"
)
"""What makes a place the speaker: 以色列|军方5日说,以军已消灭…"""
_STRUCK = re.compile(
    r"[^,，。;；]{0,16}?(?:展开|发动|实施|发起|空袭|袭击|打击|轰炸|炮击|发射|开火|拨付|预拨|下拨|投放|援助|捐赠|供水|供电|供气|调水|输水|补水)"
)
"""What is done to a place with 对 or 向 and so happens there."""
_BODY = re.compile(
    r"(?:央行|国会|议会|国务院|政府|内阁|财政部|国防部|外交部|统计局|总统府|国土交通省|厚生劳动省|联邦)"
)
_SOURCE = re.compile(r"(?:媒体|当地媒体|[\u4e00-\u9fff]{0,4}?(?:通讯社|电视台|日报|时报))")
"""What makes a place the source of a report and not its scene: 据巴勒斯坦|媒体报道."""
_NATIONAL = lazy_pattern(
    r"(?:国家[\u4e00-\u9fff]{1,6}?(?:局|委|部|署|总局|会)|央行|人民银行|财政部|商务部|海关总署|发改委|发展改革委|国务院)"
)
_NATIONAL_HEAD = 400
_JOINED = re.compile(r"\s*[、和与及—-]\s*")
_NEAR = 6
_HEAD = 4
_EARLIER = 600
_REACH = 1000
_CLAUSE = 40
_NATION = "中国"


def read_setting(scene: Scene) -> Setting:
    """What the whole text says of where its figures hold, read once for ``where_of``."""
    return Setting(_site_of(scene), _is_tied(scene), _is_national(scene))


def where_of(scene: Scene, setting: Setting, figure: Quantity, sentence: Span) -> Where | None:
    """Find the place that a figure of the sentence holds for; None when it is tied to none."""
    start, end = figure.start, figure.end
    before = list(_places(scene, max(sentence[0], start - _REACH), start))
    pair = partner(scene, before, figure, sentence)
    if pair is not None:
        return _where(before[pair], "partner")
    for place in reversed(before):
        if _is_listed(scene.text, before, place):
            continue
        if not _is_beside_the_point(scene, place) and (
            _is_within_home(scene, place) or _opens_phrase(scene.text, place)
        ):
            return _where(place, "same-sentence")
    site = _site_behind(scene, end, sentence[1])
    if site is not None:
        return _where(site, "behind")
    for place in _places(scene, end, min(end + _NEAR, sentence[1])):
        if place.kind == "named" and not set(scene.text[end : place.start]) & set(",，;；、和"):
            return _where(place, "behind")
    if figure.kind == "age" and figure.mod == "exact" and figure.low is None:
        return None  # 一名72岁女教师: how old somebody is
    if setting.site is not None:
        return _where(setting.site, "event")
    if not setting.tied:
        national = _NATIONAL.search(scene.text, sentence[0], start) is not None  # 央行开展|1258亿元逆回购操作
        return Where(_NATION, None, "nation") if national else None
    home = scene.home
    paragraph = span_at(scene.paragraphs, start) or sentence
    roams = home is not None and home.level == "province"
    reach = max(0, paragraph[0] - _EARLIER) if roams else max(paragraph[0], start - _REACH)
    for place in reversed(list(_places(scene, reach, sentence[0]))):
        if (
            _is_within_home(scene, place)
            and (roams or home is None or _opens_sentence(scene, place))
            and not _is_beside_the_point(scene, place)
            and not _is_listed(scene.text, scene.places, place)
            and not (home is not None and place.name == _NATION)
            and (home is not None or place.level == "country" or _is_site(scene.text, place))
        ):
            return _where(place, "paragraph")
    if home is not None:
        return Where(home.name, home.adcode, "home")
    if setting.nation:
        return Where(_NATION, None, "nation")
    return _institution(scene, max(sentence[0], start - _REACH), start)


def _institution(scene: Scene, first: int, start: int) -> Where | None:
    """The country of an institution that the sentence speaks of before the figure: 日本|央行, 美国|国务院."""
    for place in reversed(list(_places(scene, first, start, sites=True))):
        if place.kind == "org" and place.level == "country" and _BODY.match(scene.text, place.end):
            return _where(place, "institution")
    return None


def _is_national(scene: Scene) -> bool:
    """Whether a text without a place of its own speaks for the whole country: 全国, 我国, 国家统计局, 央行."""
    if scene.home is not None:
        return False
    if any(
        place.kind == "deictic" and place.name is None and place.text[0] in "我本" for place in scene.places
    ):
        return False  # 我省 of a report that does not name it
    abroad = sum(place.level == "country" and place.name != _NATION for place in scene.places)
    if abroad * 2 > len(scene.places):
        return False  # news of other countries
    named = {place.name for place in scene.places if place.kind == "deictic" or place.name == _NATION}
    return _NATION in named or _NATIONAL.search(scene.text, 0, _NATIONAL_HEAD) is not None


def _site_behind(scene: Scene, end: int, last: int) -> Place | None:
    """The place that 在 names further on in the clause of a figure: 两架直升机今天在|霹雳州相撞."""
    for place in _places(scene, end, min(end + _CLAUSE, last)):
        if any(mark in scene.text[end : place.start] for mark in ",，;；。、"):
            return None
        if scene.text[place.start - 1] == "在":
            return place
    return None


def _is_tied(scene: Scene) -> bool:
    """Whether the figures of a report are of places: not those of a match, of a company or of a market."""
    if scene.home is not None and scene.home.evidence == "given":
        return True
    head = scene.text[:_MARKET_HEAD]
    scored = any(figure.kind == "score" for figure in scene.figures)
    if scored and _is_sport(scene) and scene.home is not None:
        return False  # the home of a team, where it may not even have played
    return not (_COMPANY.search(head) or _MARKET.search((scene.title or "") + head))


def _is_sport(scene: Scene) -> bool:
    if not is_event(scene):
        return False
    scored = any(figure.kind == "score" for figure in scene.figures)
    return scored or _SPORT.search(scene.text[:_SITE_HEAD]) is not None


def _site_of(scene: Scene) -> Place | None:
    """Where the match of a sport report took place: named with 在…举行 near its head, else in its dateline.

    None in other reports.
    """
    if not _is_sport(scene):
        return None
    near = [place for place in _places(scene, 0, _SITE_HEAD, sites=True) if place.kind != "deictic"]
    for place in near:
        if scene.text[max(0, place.start - 1) : place.start] == "在" and _HELD.match(scene.text, place.end):
            return place
    dated = next((place for place in near if _DATELINE.match(scene.text, place.end)), None)
    return dated or next((place for place in near if _GAMES.match(scene.text, place.end)), None)


def _is_listed(text: str, places: Sequence[Place], place: Place) -> bool:
    """Whether the place is one of several in a row, which a figure behind them cannot be tied to singly."""
    index = first_at(places, place.start)
    before = places[index - 1] if index else None
    after = places[index + 1] if index + 1 < len(places) else None
    return (before is not None and _JOINED.fullmatch(text, before.end, place.start) is not None) or (
        after is not None and _JOINED.fullmatch(text, place.end, after.start) is not None
    )


def _is_within_home(scene: Scene, place: Place) -> bool:
    """Whether the place lies in the report's own, or the report has none, or the word itself points to it."""
    if scene.home is None or place.kind == "deictic":
        return True
    return (place.name or "").startswith((scene.home.name, scene.home.name.removesuffix("省")))


def _opens_phrase(text: str, place: Place) -> bool:
    """Whether the place stands at the head of its phrase, where it is what the phrase speaks of (,德国|出口增长2%)."""
    before = text[max(0, place.start - 1) : place.start]
    if before == "在":  # ,在江苏|海安
        before = text[max(0, place.start - 2) : place.start - 1]
    return not before or not (before.isalnum() or before in "、“《")


def _is_site(text: str, place: Place) -> bool:
    """Whether the text tells of the place, and does not only name it in passing: 在江苏, 从海南, or at the head of a phrase."""
    return _opens_phrase(text, place) or text[max(0, place.start - 2) : place.start].endswith(_AT)


def _opens_sentence(scene: Scene, place: Place) -> bool:
    """Whether the place stands at the head of its sentence, so that the next ones may still speak of it."""
    span = span_at(scene.sentences, place.start)
    return span is not None and place.start - span[0] <= _HEAD


def _places(scene: Scene, start: int, end: int, *, sites: bool = False) -> Iterator[Place]:
    for index in range(first_at(scene.places, start), len(scene.places)):
        place = scene.places[index]
        if place.start >= end:
            return
        if place.name and (
            place.kind != "org" or sites or place.text[-1] in _OFFICIAL_ENDINGS or place.name == _NATION
        ):
            yield place


def _is_beside_the_point(scene: Scene, place: Place) -> bool:
    """Whether the text only compares with the place (在全省率先), comes from it (来自中国), goes there or deals with it."""
    text = scene.text
    if place.kind != "deictic" and _TEAM_OR_PERSON.match(text, place.end):
        return True
    if _DATELINE.match(text, place.end):
        return True
    if _RANKED.match(text, place.end) or _SOURCE.match(text, place.end) or _SPEAKER.match(text, place.end):
        return True
    if place.kind == "deictic":
        return _SHARE_BASE.match(text, place.end) is not None or _led_by(text, place, _LEADING_AWAY)
    if _led_by(text, place, _LEADING_AWAY):
        return True
    dealt_with = scene.home is None and _led_by(text, place, _DEALING_WITH)
    return dealt_with and _STRUCK.match(text, place.end) is None


def _led_by(text: str, place: Place, words: tuple[str, ...]) -> bool:
    return text[max(0, place.start - 3) : place.start].endswith(words)


def _where(place: Place, rule: str) -> Where:
    return Where(place.name or "", place.adcode, rule)
