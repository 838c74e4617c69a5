"""The classes by themselves; tests/test_confidentiality.py walks the schema by them."""

from survey.confidentiality import CLASSES, Side, class_of, is_told


def test_a_table_has_the_class_that_lists_it():
    assert class_of("response") == "answers"
    assert class_of("transfer") == "points"
    assert class_of("nowhere") is None


def test_a_class_refers_only_to_classes_that_exist():
    for name, data_class in CLASSES.items():
        assert CLASSES.keys() >= data_class.refers_to, name


def test_no_value_of_answers_identities_and_unclassified_tables_is_told():
    assert is_told("place")
    assert not any(map(is_told, ("response", "tally", "customer", "contact", "one_time_code", "nowhere")))
    assert not any(
        data_class.told for data_class in CLASSES.values() if data_class.side in (Side.ANSWER, Side.APART)
    )
