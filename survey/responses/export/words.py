"""Fixed texts of an export. Its language is that of the file's readers, not that of the user's screens."""

from collections.abc import Mapping

WORDS = {
    "en": {
        "response": "Response",
        "day": "Day",
        "quarter": "Quarter",
        "region_code": "Region code",
        "region_name": "Region name",
        "place_code": "Unit code",
        "place_name": "Unit name",
        "employee_code": "Employee number",
        "employee_name": "Employee name",
        "channel": "Channel",
        "language": "Language",
        "alike": "Six or more identical ratings in a row",
        "all_best": "All ratings are the highest",
        "hasty": "Less than two seconds per question",
        "na": "Not applicable",
        "yes": "Yes",
        "no": "No",
        "responses": "Responses",
        "columns": "Columns",
    },
    "zh": {
        "response": "答卷",
        "day": "日期",
        "quarter": "季度",
        "region_code": "区域编码",
        "region_name": "区域名称",
        "place_code": "机构编码",
        "place_name": "机构名称",
        "employee_code": "工号",
        "employee_name": "员工姓名",
        "channel": "渠道",
        "language": "语言",
        "alike": "连续六题及以上评分相同",
        "all_best": "全部选择最高分",
        "hasty": "平均每题用时不足 2 秒",
        "na": "不适用",
        "yes": "是",
        "no": "否",
        "responses": "答卷",
        "columns": "列说明",
    },
}


def words(language: str) -> Mapping[str, str]:
    """Return the texts in ``language``, or in English when they are not translated."""
    return WORDS.get(language, WORDS["en"])
