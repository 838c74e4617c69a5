from survey.questionnaires.kinds.wordings import WORDINGS, spread_labels


def test_wordings_have_five_points_in_both_languages():
    for wording in WORDINGS.values():
        assert [set(label) for label in wording.labels] == [{"zh", "en"}] * 5
        assert all(text for label in wording.labels for text in label.values())


def test_labels_spread_over_another_scale_keep_their_ends_and_middle():
    five = [{"en": word} for word in "abcde"]

    def words(points, labels=five):
        return "".join(label.get("en", "-") for label in spread_labels(labels, points))

    assert [words(points) for points in (2, 3, 5, 7, 10)] == ["ae", "ace", "abcde", "a-bcd-e", "a-b-c--d-e"]
    assert words(3, five[:1]) == "a--"
