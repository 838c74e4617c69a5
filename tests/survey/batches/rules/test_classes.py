"""Answers are divided into classes that are large, and only the common queue takes what is left."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.batches.rules.classes import COMMON, OWN, Class, class_of, divided, own_classes

OPENED = date(2026, 3, 1)
WANG, LI = 1, 2
QR, SMS = Class(WANG, "qr", "zh", "unflagged"), Class(WANG, "sms", "zh", "unflagged")


def least(number: int):
    return lambda _one: number


def sizes(numbers: dict[Class, int], classes) -> dict[Class, int]:
    """Return how many answers belong to each class."""
    found: Counter[Class] = Counter()
    for one, n in numbers.items():
        found[class_of(one, classes)] += n
    return dict(found)


def test_an_answer_belongs_to_the_most_particular_class():
    classes = {Class(WANG), Class(WANG, "qr"), Class(0, "qr"), Class(0, "", "zh")}
    assert class_of(QR, classes) == Class(WANG, "qr")
    assert class_of(SMS, classes) == Class(WANG)
    assert class_of(Class(LI, "qr", "zh"), classes) == Class(0, "qr")
    assert class_of(Class(LI, "sms", "zh"), classes) == Class(0, "", "zh")
    assert class_of(Class(LI, "sms", "en"), classes) == COMMON
    assert class_of(QR, ()) == COMMON


def test_an_employee_goes_before_a_channel_and_a_channel_before_a_language():
    assert class_of(QR, {Class(WANG), Class(0, "qr", "zh", "unflagged")}) == Class(WANG)
    assert class_of(QR, {Class(0, "qr"), Class(0, "", "zh", "unflagged")}) == Class(0, "qr")


def test_few_answers_stay_together():
    assert divided({QR: 9, SMS: 9}, least(20)) == frozenset()
    assert divided({}, least(20)) == frozenset()


def test_answers_are_divided_by_employee_channel_language_and_care_where_enough_are_left():
    numbers = {QR: 50, SMS: 30, Class(LI, "qr", "zh", "unflagged"): 5}
    assert sizes(numbers, divided(numbers, least(20))) == {QR: 50, SMS: 30, COMMON: 5}


def test_the_smallest_parts_stay_in_a_class_of_which_too_few_would_be_left():
    web = Class(WANG, "web", "zh", "unflagged")
    numbers = {QR: 60, SMS: 25, web: 5}
    found = sizes(numbers, divided(numbers, least(20)))
    assert found == {QR: 60, Class(WANG, "", "zh", "unflagged"): 30}


def test_a_class_may_need_more_than_another():
    """Where a questionnaire is read by employee, six of theirs are enough, and not six by a channel."""
    numbers = {Class(WANG, "qr", "zh"): 8, Class(LI, "qr", "zh"): 4, Class(0, "sms", "zh"): 30}
    classes = divided(numbers, lambda one: 6 if one == Class(one.employee_id) else 80)
    assert classes == {Class(WANG)}


def by_day(first: int, second: int) -> dict[date, int]:
    """Return these numbers of answers in the last two periods of 28 days."""
    return {OPENED - timedelta(40): first, OPENED - timedelta(10): second}


def test_a_class_has_a_queue_of_its_own_if_both_periods_brought_enough():
    assert OWN == 80
    assert own_classes({QR: by_day(80, 80)}, OPENED) == {QR}
    assert own_classes({QR: by_day(79, 500)}, OPENED) == frozenset()
    assert own_classes({QR: by_day(500, 79)}, OPENED) == frozenset()
    assert own_classes({QR: {OPENED: 500, OPENED - timedelta(57): 500}}, OPENED) == frozenset()


def test_an_employee_needs_six_in_both_periods_where_a_questionnaire_is_read_by_employee():
    assert own_classes({QR: by_day(6, 7)}, OPENED) == frozenset()
    assert own_classes({QR: by_day(6, 7)}, OPENED, by_employee=True) == {Class(WANG)}
    assert own_classes({QR: by_day(6, 5)}, OPENED, by_employee=True) == frozenset()


ANSWERS = st.builds(
    Class,
    st.sampled_from((0, 0, WANG, LI, 3)),
    st.sampled_from(("qr", "qr", "sms", "web")),
    st.sampled_from(("zh", "zh", "en")),
    st.sampled_from(("", "unflagged", "flagged")),
)
NUMBERS = st.dictionaries(ANSWERS, st.integers(1, 60), max_size=25)
NEEDED = st.tuples(st.integers(1, 60), st.integers(1, 60)).map(
    lambda two: lambda one: two[0] if one == Class(one.employee_id) else two[1]
)


@given(NUMBERS, NEEDED)
def test_every_class_but_the_common_one_has_what_is_needed(numbers, needed):
    classes = divided(numbers, needed)
    found = sizes(numbers, classes)
    assert COMMON not in classes
    assert found.keys() - {COMMON} == classes
    for one in classes:
        assert found[one] >= needed(one)


@given(NUMBERS, NEEDED)
def test_every_answer_belongs_to_exactly_one_class_that_names_nothing_but_its_own(numbers, needed):
    classes = divided(numbers, needed)
    assert sum(sizes(numbers, classes).values()) == sum(numbers.values())
    for one in numbers:
        mine = class_of(one, classes)
        assert mine in {*classes, COMMON}
        assert all(named in (none, there) for named, none, there in zip(mine, COMMON, one, strict=True))


@given(NUMBERS, st.integers(1, 60), st.randoms())
def test_classes_do_not_depend_on_the_order_of_answers(numbers, number, chance):
    items = list(numbers.items())
    chance.shuffle(items)
    assert divided(dict(items), least(number)) == divided(numbers, least(number))
