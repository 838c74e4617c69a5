"""The invented company: its regions, service points and employees, and their effects on ratings. Pure."""

from dataclasses import dataclass
from random import Random

TOP = ("DEMO", "安捷家电维修（演示）", "Anjie Appliance Repair (demonstration)")
REGIONS = {
    "DEMO-E": ("华东大区", "East region", 0.12),
    "DEMO-N": ("华北大区", "North region", 0.0),
    "DEMO-S": ("华南大区", "South region", -0.10),
}
CITIES = {
    "DEMO-E": (("上海", "SHA"), ("杭州", "HGH"), ("南京", "NKG"), ("苏州", "SZV"), ("宁波", "NGB")),
    "DEMO-N": (("北京", "PEK"), ("天津", "TSN"), ("石家庄", "SJW"), ("济南", "TNA"), ("青岛", "TAO")),
    "DEMO-S": (("广州", "CAN"), ("深圳", "SZX"), ("佛山", "FUO"), ("厦门", "XMN"), ("长沙", "CSX")),
}
STREETS = ("人民路", "解放路", "中山路", "建设路", "和平路", "新华路", "文化路", "滨江道", "朝阳街", "长江路")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "晓燕")
SPREAD = {"point": 0.26, "employee": 0.15, "trend": 0.18, "dimension": 0.10}
"""Standard deviations of effects, in points of a rating."""


@dataclass(frozen=True)
class InventedEmployee:
    code: str
    name: str
    effect: float


@dataclass(frozen=True)
class InventedPoint:
    """A service point. ``effect`` is added to its ratings, and from a year ago to today ``trend`` more;
    ``weight`` is proportional to its share of customers."""

    region: str
    code: str
    name: str
    name_en: str
    effect: float
    trend: float
    strengths: tuple[float, float, float, float]
    weight: float
    workers: tuple[InventedEmployee, ...]


def invent_points(random: Random) -> list[InventedPoint]:
    """Return 60 service points, four in each city; half of them have two to five employees."""
    points: list[InventedPoint] = []
    for region, (_, _, level) in REGIONS.items():
        for city, short in CITIES[region]:
            for number, street in enumerate(random.sample(STREETS, 4), 1):
                code = f"{short}-{number:02}"
                points.append(
                    InventedPoint(
                        region=region,
                        code=code,
                        name=f"{city}{street}服务点",
                        name_en=f"{short} service point {number}",
                        effect=level + random.gauss(0, SPREAD["point"]),
                        trend=random.gauss(0.05, SPREAD["trend"]),
                        strengths=_strengths(random),
                        weight=random.lognormvariate(0, 0.4),
                        workers=_workers(random, code) if len(points) % 2 == 0 else (),
                    )
                )
    return points


def _workers(random: Random, at: str) -> tuple[InventedEmployee, ...]:
    return tuple(
        InventedEmployee(
            f"{at}-{number}",
            random.choice(SURNAMES) + random.choice(GIVEN),
            random.gauss(0, SPREAD["employee"]),
        )
        for number in range(1, random.randint(2, 5) + 1)
    )


def _strengths(random: Random) -> tuple[float, float, float, float]:
    """Return by how much each of the four dimensions differs at a service point."""
    first, second, third, fourth = (random.gauss(0, SPREAD["dimension"]) for _ in range(4))
    return first, second, third, fourth
