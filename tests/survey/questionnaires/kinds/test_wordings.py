from survey.questionnaires.kinds.wordings import WORDINGS


def test_wordings_have_five_points_in_both_languages():
    for wording in WORDINGS.values():
        assert [set(label) for label in wording.labels] == [{"zh", "en"}] * 5
        assert all(text for label in wording.labels for text in label.values())
