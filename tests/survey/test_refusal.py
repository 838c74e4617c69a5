import pickle

from survey.refusal import Refused


def test_a_refusal_reads_as_a_sentence_and_can_be_said_in_another_language():
    refused = Refused("At most %(most)s of them.", most=3)
    assert str(refused) == "At most 3 of them."
    assert (refused.text, refused.detail) == ("At most %(most)s of them.", {"most": 3})


def test_a_refusal_comes_back_from_another_process_as_it_was():
    refused = pickle.loads(pickle.dumps(Refused("At most %(most)s of them.", most=3)))
    assert (str(refused), refused.detail) == ("At most 3 of them.", {"most": 3})
