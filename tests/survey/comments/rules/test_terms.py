from survey.comments.rules.terms import frequent


def terms(texts, least=3, most=10):
    return {term.text: term.n for term in frequent(texts, least, most)}


def test_chinese_words_are_found_without_a_dictionary():
    texts = ["师傅的态度很好", "服务态度一般", "态度可以", "他态度差", "客服态度不错", "电话态度好"]
    assert terms(texts) == {"态度": 6}


def test_parts_of_a_word_do_not_count_as_words():
    texts = [f"{before}服务点{after}" for before, after in ("这近", "那远", "新很", "旧不", "好比", "小都")]
    counts = terms(texts)
    assert counts["服务点"] == 6
    assert "服务" not in counts
    assert "务点" not in counts


def test_english_words_count_once_per_text_and_stop_words_not_at_all():
    texts = ["The price, the PRICE!", "price is too high", "a fair price", "very very very good"]
    assert terms(texts) == {"price": 3}


def test_a_term_of_few_texts_is_not_returned():
    assert terms(["价格高", "价格贵"], least=5) == {}
    assert frequent([], 1) == []


def test_the_most_used_terms_come_first():
    texts = ["slow slow", "slow price", "price slow", "price"]
    assert [term.text for term in frequent(texts, 2, 1)] == ["price"]  # both three: by the alphabet
