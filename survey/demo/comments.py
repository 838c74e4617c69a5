"""Comments of invented customers, combined from a beginning and an end that suit their ratings. Pure."""

from itertools import accumulate, product

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

PRAISE = (
    [
        "师傅很准时，",
        "上门很快，",
        "态度特别好，",
        "预约很方便，",
        "工作人员很耐心，",
        "修得很仔细，",
        "这次维修很满意，",
        "电话一打就通，",
        "收费明明白白，",
        "前台很热情，",
        "零件是原装的，",
        "讲解得很清楚，",
    ],
    [
        "一次就修好了。",
        "现场也收拾干净了。",
        "给个好评！",
        "下次还来。",
        "已经推荐给邻居了。",
        "价格也公道。",
        "老人都夸好。",
        "比以前进步很多。",
        "问题彻底解决了。",
        "还教我怎么保养。",
        "希望一直保持。",
        "当天就取到了。",
    ],
)
FAIR = (
    ["总体还行，", "修是修好了，", "师傅人不错，", "服务一般，", "态度可以，", "速度马马虎虎，"],
    [
        "就是等得有点久。",
        "但是价格偏高。",
        "希望能提前打电话。",
        "零件等了三天。",
        "停车不太方便。",
        "周末人太多。",
        "发票开得慢。",
        "希望增加晚上的时段。",
    ],
)
BLAME = (
    [
        "约好的时间没来，",
        "等了一个星期，",
        "修了两次还没好，",
        "态度很差，",
        "电话一直打不通，",
        "收费不透明，",
        "说好保修又要收钱，",
        "换了零件还是响，",
        "前台互相推，",
        "师傅很不耐烦，",
    ],
    [
        "很失望。",
        "希望给个说法。",
        "不会再来了。",
        "耽误我请假。",
        "太不负责任了。",
        "请改进！",
        "没有人道歉。",
        "建议加强培训。",
        "差评。",
        "最后还是找别人修的。",
    ],
)
ENGLISH = (
    ("Quick and friendly repair.", "Very professional, thank you!", "Fixed at the first visit."),
    ("Good work, but I waited long.", "Fine, a little expensive."),
    ("Nobody came at the agreed time.", "Still broken after two visits."),
)
GROUPS = [
    *(["".join(parts) for parts in product(*tone)] for tone in (PRAISE, FAIR, BLAME)),
    *(list(texts) for texts in ENGLISH),
]
TEXTS = [text for group in GROUPS for text in group]
"""All comments: Chinese praise, mixed comments and blame, then English ones."""
SIZES = np.array([len(group) for group in GROUPS])
STARTS = np.array([0, *accumulate(SIZES.tolist())][:-1])


def choose_comments(
    random: Generator, overall: NDArray[np.float64] | NDArray[np.int64], english: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return indexes of TEXTS that suit the mean ratings ``overall`` (1–5) of customers."""
    tones = np.where(overall >= 3.8, 0, np.where(overall >= 2.8, 1, 2)) + np.where(english, len(ENGLISH), 0)
    indexes: NDArray[np.int64] = STARTS[tones] + (random.random(len(tones)) * SIZES[tones]).astype(np.int64)
    return indexes
