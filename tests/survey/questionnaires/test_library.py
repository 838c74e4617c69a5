"""The library's files, read as plain JSON, agree with the regulations that they are made from."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.rules.visibility import Context, visible

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "survey/questionnaires/library"
NAMES = sorted(path.stem for path in LIBRARY.glob("*.json"))
QUIZZES = {"r19", "r19-without-key"}
CHECKLISTS = {"r17-sales", "r17-after-sales"}
FITS_A_PHONE = {"zh": 28, "en": 72}
KEYS = {
    *("code", "kind", "texts", "help", "required", "show", "dimension", "weight", "about", "labels", "scale"),
    *("look", "best", "options", "minimum", "maximum", "decimals", "unit", "not_applicable", "withheld"),
    "supplied",
}
SATISFACTION = ["非常不满意", "不满意", "一般", "满意", "很满意"]
# Words of the regulations, as their text has them, that the questionnaire made of it has to use.
FROM_THE_SOURCE = {
    "r1": ["产品性能", "可靠性", "时效性", "沟通与反馈机制", "售后服务", "响应速度", "服务态度"],
    "r2": ["产品质量", "服务态度", "沟通效率", "售后服务", "外观、功能、性能", "技术支持和维护服务"],
    "r3": ["产品质量", "响应速度", "服务态度", "售后支持", "推荐或介绍"],
    "r4-callback": [*SATISFACTION, "很好", "非常差", "服务态度"],
    "r5": ["服务质量", "服务效果", "服务创新", "服务价值", "响应速度", "问题解决能力", "专业水平"],
    "r6": ["分数越高表示", "满意程度越高", "处理时效", "问题或请求"],
    "r7-sales": ["销售过程"],
    "r7-after-sales": ["维修过程", "接待"],
    "r8": ["功能完整性、稳定性、耐用性", "保修期限", "沟通渠道", "产品定制能力", "服务定制能力"],
    "r9-contract": ["节假日", "业主生日", "恶劣天气", "活动邀约", "置业顾问", "短信", "微信"],
    "r9-news": ["短信（微信）", "工程进度"],
    "r9-consultant": ["原置业顾问", "新置业顾问", "交接信息", "一周内", "添加"],
    "r9-inquiry": ["咨询", "投诉", "24小时内"],
    "r10": ["推荐", "品牌", "产品或服务"],
    "r11": ["专业水平", "主动关心客户需求", "积极解答客户的问题", "提供合适的解决方案"],
    "r12": ["价格和价值", "沟通和合作", "个性化需求", "客户支持渠道", "可靠性和稳定性", "性能和功能"],
    "r13": ["安装质量", "服务态度"],
    "r14-csi": ["售后", "返工", "精品", "施工"],
    "r14-ssi": ["SSI", "销售"],
    "r15-callback": ["交车过程", "销售顾问"],
    "r16": ["投诉", "服务质量"],
    "r17-sales": [
        *("保安致意，并引导客户", "展厅门口是否有接待员/销售顾问及时礼貌的迎接了您", "试乘试驾"),
        *("展厅的展示车辆是否都符合展示要求", "洽谈区是否干净，整洁", "展厅经理、两组组长"),
    ],
    "r17-after-sales": ["服务顾问", "客休", "保安"],
    "r18": ["麻烦您为我本次的服务打分", "最高5分，依次为4分、3分、2分，最低1分"],
    "r19": ["资格审查中的SP必须同时具备", "以上都是", "信息费收入", "收入投诉率"],
    "r19-without-key": ["培育期", "20-25日", "5000元/SP", "广东联通各地市分公司业务部门", "免费"],
}


def document(name: str) -> dict[str, Any]:
    return json.loads((LIBRARY / f"{name}.json").read_text("utf-8"))


def questions(name: str) -> list[dict[str, Any]]:
    return [item for item in document(name)["questions"] if item["kind"] != "page"]


def regulation(name: str) -> str:
    source = document(name)["source"]
    return source["regulation"] if isinstance(source, dict) else source.split()[0]


def customer_texts(name: str) -> Iterator[dict[str, str]]:
    """Yield every text that a customer may read."""
    book = document(name)
    yield book["title"]
    for item in book["questions"]:
        yield from (item[key] for key in ("texts", "help", "unit") if key in item)
        yield from item.get("labels", [])
        yield from (option["texts"] for option in item.get("options", []))


def texts(name: str) -> Iterator[dict[str, str]]:
    book = document(name)
    yield book["summary"]
    if isinstance(book["source"], dict):
        yield book["source"]["note"]
    yield from customer_texts(name)


def comparisons(condition: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "not" in condition:
        yield from comparisons(condition["not"])
    elif nested := condition.get("all") or condition.get("any"):
        for inner in nested:
            yield from comparisons(inner)
    else:
        yield condition


def points(name: str) -> dict[str, float]:
    """Return the sums of the weights of a document's items by dimension."""
    sums: dict[str, float] = defaultdict(float)
    for question in questions(name):
        if "dimension" in question:
            sums[question["dimension"]] += question.get("weight", 1)
    return dict(sums)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_both_languages(name):
    assert document(name)["languages"] == ["zh", "en"]
    for text in texts(name):
        assert text.keys() == {"zh", "en"}
        assert all(words == words.strip() != "" for words in text.values()), text
        assert not re.search("[\u4e00-\u9fff]", text["en"]), text


@pytest.mark.parametrize("name", sorted(set(NAMES) - QUIZZES))
def test_every_text_fits_a_phone(name):
    for text in customer_texts(name):
        assert all(len(text[language]) <= most for language, most in FITS_A_PHONE.items()), text


@pytest.mark.parametrize("name", NAMES)
def test_chinese_has_its_own_punctuation(name):
    chinese = [text["zh"] for text in texts(name)]
    assert [text for text in chinese if re.search("[\u4e00-\u9fff][,:;!?]", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_the_documented_form(name):
    items = document(name)["questions"]
    codes = [item["code"] for item in items]
    assert len(set(codes)) == len(codes)
    for item in items:
        assert item["kind"] in {*KINDS, "page"}
        assert item.keys() <= KEYS
        assert re.fullmatch("[a-z][a-z0-9_]{0,39}", item["code"])
        assert len(item.get("labels", [])) in {0, {"rating": item.get("scale", 5)}.get(item["kind"], 2)}
        options = [option["code"] for option in item.get("options", [])]
        assert len(set(options)) == len(options) != 1
        assert bool(options) == (item["kind"] in {"single_choice", "multiple_choice", "ranking"})


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_answerable(name):
    definition = Definition.parse(document(name))
    assert len(definition.by_code) == len(definition.questions)
    assert all(page.questions for page in definition.pages)
    for question in definition.questions:
        assert KINDS[question.kind].names(question)
        assert bool(question.dimension) <= any(c.scored for c in KINDS[question.kind].columns(question))


@pytest.mark.parametrize("name", NAMES)
def test_the_worst_answers_show_every_question_and_the_best_ask_for_no_reason(name):
    definition = Definition.parse(document(name))
    sad = {"complained": 1, "problem": 1, "used": 1, "callback": 1, "progress_received": 1, "confirmed": 1}
    worst: dict[str, Any] = {"matter": "inquiry", "messages": ["signing"]}
    best: dict[str, Any] = {"matter": "other", "messages": ["none"]}
    for question in definition.questions:
        if question.kind == "rating":
            worst[question.code], best[question.code] = 1, question.scale
        elif question.kind == "yes_no":
            worst[question.code] = sad.get(question.code, 0)
            best[question.code] = 1 if question.dimension else 0
    assert visible(definition, worst, Context()).questions == definition.by_code.keys()
    shown = visible(definition, best, Context()).questions
    no_opinions = {"reason", "unsolved", "callback", "contact", "complaint_handling", "means"}
    assert {code for code in shown & no_opinions if not definition.by_code[code].about} == set()


@pytest.mark.parametrize("name", NAMES)
def test_conditions_and_comments_refer_to_earlier_questions(name):
    earlier: dict[str, dict[str, Any]] = {}
    for item in document(name)["questions"]:
        assert item.get("about") is None or item["about"] in earlier
        for comparison in comparisons(item["show"]) if "show" in item else ():
            question = earlier[comparison["question"]]
            if "options" in question and "value" in comparison:
                assert comparison["value"] in [option["code"] for option in question["options"]]
            if question["kind"] == "rating":
                assert 1 <= comparison["value"] < question["scale"]
            if question["kind"] == "yes_no":
                assert comparison["value"] in {0, 1}
        if item["kind"] != "page":
            earlier[item["code"]] = item


@pytest.mark.parametrize("name", NAMES)
def test_only_scored_questions_have_a_dimension_and_every_weight_belongs_to_one(name):
    for question in questions(name):
        right = any(option.get("right") for option in question.get("options", []))
        if "dimension" in question:
            assert question["kind"] in {"rating", "nps", "yes_no"} or right
        else:
            assert "weight" not in question
    assert document(name).get("weights", {}).keys() <= points(name).keys()


@pytest.mark.parametrize("name", sorted(set(NAMES) - CHECKLISTS))
def test_a_customer_is_asked_little_at_a_time(name):
    """Ten questions without comments is the most; R1, R8 and R12 have more, and are split into pages."""
    main = [question for question in questions(name) if "about" not in question]
    pages = [item for item in document(name)["questions"] if item["kind"] == "page"]
    assert len(main) <= 10 or (len(main) <= 13 and len(pages) >= 3)


def test_no_two_questionnaires_have_the_same_slug():
    slugs = [document(name)["slug"] for name in NAMES]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", slug) for slug in slugs)


def test_every_regulation_has_a_questionnaire():
    assert {regulation(name) for name in NAMES} == {f"R{number}" for number in range(1, 20)}
    assert all(name.partition("-")[0].upper() == regulation(name) for name in NAMES)


def test_the_documentation_of_the_library_lists_every_file_and_dimension():
    page = (ROOT / "docs/library.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))
    assert listed == set(NAMES) | {dimension for name in NAMES for dimension in points(name)}


@pytest.mark.parametrize("name", NAMES)
def test_the_wording_of_the_regulations_is_kept(name):
    wording = "\n".join(text["zh"] for text in customer_texts(name))
    assert [words for words in FROM_THE_SOURCE[name] if words not in wording] == []


def test_the_questionnaire_of_r5_has_the_regulation_s_questions_and_requires_none():
    items = {question["code"]: question for question in questions("r5")}
    dimensions = ["quality", "effectiveness", "innovation", "value"]
    assert [q["dimension"] for q in items.values() if "dimension" in q] == dimensions
    assert [q["about"] for q in items.values() if "about" in q] == dimensions
    assert items.keys() >= {"overall", "nps", "comment"}
    assert not any(q.get("required") for q in items.values())


def test_the_callback_of_r4_scores_both_ways_of_saying_it_from_one_to_five():
    items = {question["code"]: question for question in questions("r4-callback")}
    assert [label["zh"] for label in items["overall"]["labels"]] == SATISFACTION
    assert [label["zh"] for label in items["attitude"]["labels"]] == ["非常差", "差", "一般", "好", "很好"]


def test_csi_and_ssi_of_r14_are_apart():
    assert (points("r14-csi").keys(), points("r14-ssi").keys()) == ({"csi"}, {"ssi"})


def test_the_callback_of_r15_is_of_100_points_and_ends_with_the_question_on_coaching():
    assert points("r15-callback") == {"service": 100}
    *others, last = questions("r15-callback")
    assert (last["code"], last["kind"], last["withheld"]) == ("coached", "yes_no", True)
    assert last["texts"]["zh"] == "有没有工作人员要求或暗示您怎样打分？"
    assert "dimension" not in last
    assert not any(question.get("withheld") for question in others)


@pytest.mark.parametrize(
    ("name", "factors", "modules", "from_the_source"),
    [("r17-sales", 37, 7, 4), ("r17-after-sales", 23, 3, 0)],
)
def test_a_mystery_shoppers_checklist_adds_to_100_points(name, factors, modules, from_the_source):
    items = [question for question in questions(name) if question["kind"] == "yes_no"]
    assert len(items) == factors
    assert len([factor for factor in items if not factor.get("supplied")]) == from_the_source
    assert all(factor["required"] and not factor.get("not_applicable") for factor in items)
    assert all(factor["help"]["zh"].startswith(f"{factor['weight']} 分 · 责任人：") for factor in items)
    weights = document(name)["weights"]
    assert points(name) == weights
    assert len(weights) == modules
    assert sum(weights.values()) == 100


def test_a_page_of_the_sales_checklist_is_a_module():
    modules: list[set[str]] = []
    for item in document("r17-sales")["questions"]:
        if item["kind"] == "page":
            modules.append(set())
        elif "dimension" in item:
            modules[-1].add(item["dimension"])
    assert [[dimension] for dimension in document("r17-sales")["weights"]] == [list(m) for m in modules]


def test_the_points_of_r17_are_kept():
    weights = {question["code"]: question.get("weight") for question in questions("r17-sales")}
    own = [weights[code] for code in ("guard", "greeter", "cars", "tidy")]
    assert own == [3, 2, 3, 2]
    sums = points("r17-sales")
    assert (sums["reception"], sums["facilities"]) == (10, 5)
    assert sum(sums[module] for module in ("needs", "presentation", "test_drive", "negotiation")) == 80
    assert points("r17-after-sales") == {"guard": 3, "advisor": 79, "lounge": 18}


def test_the_rating_of_r18_is_one_question_of_five_points():
    (only,) = questions("r18")
    assert (only["kind"], only["scale"]) == ("rating", 5)


def test_the_quiz_of_r19_has_these_right_answers_and_no_other():
    right = {
        question["code"]: [option["code"] for option in question["options"] if option.get("right")]
        for question in questions("r19")
    }
    assert right == {
        "documents": ["d"],
        "training_what": ["d"],
        "tests": ["d"],
        "revenue": ["a"],
        "satisfaction": ["b"],
    }
    assert document("r19")["shows_score"]


def test_no_key_is_invented_for_the_other_questions_of_r19():
    items = questions("r19-without-key")
    assert len(items) + len(questions("r19")) == 14
    assert not any(option.get("right") for question in items for option in question["options"])
    assert not document("r19-without-key").get("shows_score")
