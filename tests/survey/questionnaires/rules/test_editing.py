from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.wordings import WORDINGS
from survey.questionnaires.rules import editing, starting
from survey.questionnaires.rules.editing import CodeTaken, ItemChanged, ItemReferenced, digest


def item(code, **more):
    return {"code": code, "kind": "rating", "texts": {"zh": code}} | more


def document(*items):
    return {"title": {"zh": "问卷"}, "languages": ["zh", "en"], "questions": list(items)}


def order(changed):
    return [question["code"] for question in changed["questions"]]


A, B, C = item("a"), item("b"), item("c")
ON_A = {"code": "a_why", "kind": "text", "about": "a", "texts": {"zh": "为什么"}}
ASKS_A = item(
    "d",
    show={
        "all": [
            {"question": "a", "is": "less", "value": 3},
            {"not": {"context": "place", "is": "equal", "value": "P"}},
        ]
    },
)


def test_an_item_is_added_at_the_end_or_after_another_with_its_comment():
    assert order(editing.add(document(A, B), C)) == ["a", "b", "c"]
    assert order(editing.add(document(A, ON_A, B), C, "a")) == ["a", "a_why", "c", "b"]
    with pytest.raises(CodeTaken):
        editing.add(document(A), A)
    with pytest.raises(ItemChanged):
        editing.add(document(A), B, "gone")


def test_a_proposed_code_was_never_used():
    assert editing.propose_code("single_choice", set()) == "choice_1"
    assert editing.propose_code("nps", {"nps_1", "nps_2"}) == "nps_3"


def test_an_item_is_replaced_only_as_it_was_seen():
    unchanged = document(A, B)
    replacement = item("a", required=True)
    assert editing.replace(unchanged, "a", digest(A), replacement)["questions"] == [replacement, B]
    changed_document = document(item("a", scale=7), B)
    with pytest.raises(ItemChanged) as changed:
        editing.replace(changed_document, "a", digest(A), replacement)
    assert changed.value.now == item("a", scale=7)
    with pytest.raises(ItemChanged) as missing:
        editing.replace(document(B), "a", digest(A), replacement)
    assert missing.value.now is None


def test_the_same_replacement_twice_is_no_conflict():
    replacement = item("a", required=True)
    once = editing.replace(document(A), "a", digest(A), replacement)
    assert editing.replace(once, "a", digest(A), replacement) == once


def test_references_follow_a_changed_code():
    changed = editing.replace(document(A, ON_A, ASKS_A), "a", digest(A), item("first"))
    assert order(changed) == ["first", "a_why", "d"]
    assert changed["questions"][1]["about"] == "first"
    assert changed["questions"][2]["show"]["all"][0] == {"question": "first", "is": "less", "value": 3}
    assert changed["questions"][2]["show"]["all"][1] == ASKS_A["show"]["all"][1]
    with pytest.raises(CodeTaken):
        editing.replace(document(A, B), "a", digest(A), item("b"))


def test_items_move_before_others_with_their_comments():
    there = document(A, ON_A, B, C)
    assert order(editing.move(there, "a", "c")) == ["b", "a", "a_why", "c"]
    assert order(editing.move(there, "c", "a")) == ["c", "a", "a_why", "b"]
    assert order(editing.move(there, "a", None)) == ["b", "c", "a", "a_why"]
    assert editing.move(there, "a", "a_why") == there
    with pytest.raises(ItemChanged):
        editing.move(there, "gone", "a")
    with pytest.raises(ItemChanged):
        editing.move(there, "a", "gone")


def test_items_step_up_and_down_over_whole_questions():
    there = document(A, ON_A, B, C)
    assert order(editing.step(there, "b", True, 2)) == ["b", "a", "a_why", "c"]
    assert order(editing.step(there, "a", False, 0)) == ["b", "a", "a_why", "c"]
    assert order(editing.step(there, "b", False, 2)) == ["a", "a_why", "c", "b"]
    assert editing.step(there, "a", True, 0) == there
    assert editing.step(there, "c", False, 3) == there


def test_a_repeated_step_is_made_once():
    there = document(A, ON_A, B, C)
    for up, code, at in ((True, "c", 3), (False, "a", 0), (False, "b", 2)):
        once = editing.step(there, code, up, at)
        assert once != there
        assert editing.step(once, code, up, at) == once


def test_a_duplicate_follows_its_original_with_a_code_of_its_own():
    changed, code = editing.duplicate(document(A, B), "a", {"rating_1"})
    assert (order(changed), code) == (["a", "rating_2", "b"], "rating_2")
    assert changed["questions"][1]["texts"] == A["texts"]


def test_a_referenced_item_is_removed_only_with_its_references():
    there = document(A, ON_A, ASKS_A)
    with pytest.raises(ItemReferenced) as referred:
        editing.remove(there, "a")
    assert referred.value.by == ["a_why", "d"]
    changed = editing.remove(there, "a", cascade=True)
    assert order(changed) == ["d"]
    assert "show" not in changed["questions"][0]
    assert order(editing.remove(there, "d")) == ["a", "a_why"]


def test_removing_a_comment_deletes_conditions_on_it_too():
    asks = item("e", show={"question": "a_why", "is": "answered"})
    assert "show" not in editing.remove(document(A, ON_A, asks), "a", cascade=True)["questions"][0]


def test_only_questions_on_the_page_are_required_or_not():
    changed = editing.require(
        document(item("a", required=True), B, item("c", required=True)), {"b"}, {"a", "b"}
    )
    assert [question.get("required", False) for question in changed["questions"]] == [False, True, True]


def test_weights_of_one_are_not_written():
    there = document(item("a", weight=3), B)
    changed = editing.weigh(there, {"quality": 2, "value": 1}, {"a": 1, "b": 2.5})
    assert changed["weights"] == {"quality": 2}
    assert [question.get("weight") for question in changed["questions"]] == [None, 2.5]
    assert "weights" not in editing.weigh(document(A), {"quality": 1}, {})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["up", "down", "move", "duplicate", "remove"]),
            st.integers(0, 9),
            st.integers(0, 9),
        )
    )
)
def test_no_change_loses_or_doubles_an_item_or_leaves_references(changes):
    changed = document(A, ON_A, B, ASKS_A, C)
    for change, first, second in changes:
        before = deepcopy(changed)
        codes = order(changed)
        if not codes:
            break
        code, target = codes[first % len(codes)], codes[second % len(codes)]
        if change in ("up", "down"):
            changed = editing.step(changed, code, change == "up", first % len(codes))
        elif change == "move":
            changed = editing.move(changed, code, target)
        elif change == "duplicate":
            changed, _code = editing.duplicate(changed, code, set())
        else:
            changed = editing.remove(changed, code, cascade=True)
            assert code not in order(changed)
            assert not [
                by
                for removed in order(before)
                if removed not in order(changed)
                for by in editing.referring(changed, removed)
            ]
            continue
        assert sorted(order(changed)) == sorted([*codes, *([_code] if change == "duplicate" else [])])


@pytest.mark.parametrize("kind", [*KINDS, "page"])
@pytest.mark.parametrize("languages", [["zh", "en"], ["en"], ["ug", "zh"]])
def test_a_new_question_is_complete(kind, languages):
    new_item = starting.new_item(kind, "x", languages)
    assert new_item["code"] == "x"
    definition = Definition.parse({"languages": languages, "questions": [new_item]})
    if kind != "page":
        assert definition.questions[0].texts[languages[0]]
        assert set(new_item["texts"]) <= set(languages)
    if kind in KINDS and "options" in KINDS[kind].settings:
        assert [text["code"] for text in new_item["options"]] == ["o1", "o2", "o3"]


def test_usual_labels_are_in_the_languages_of_the_questionnaire():
    assert starting.labels_of("satisfied", ["en"])[0] == {"en": "Very dissatisfied"}
    assert starting.labels_of("good", ["zh", "en"])[4] == {"zh": "很好", "en": "Very good"}
    assert all(len(label.labels) == 5 for label in WORDINGS.values())
