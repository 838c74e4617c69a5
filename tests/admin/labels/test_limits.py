from flask_babel import force_locale, gettext

from admin.labels.limits import limit_sentences
from survey.questionnaires.rules.limits import ResponseLimits
from tests.admin.links.test_limits import LIMIT


def test_each_bound_has_a_sentence_in_the_companys_time(embedded_app):
    with embedded_app.test_request_context(), force_locale("zh_Hans_CN"):
        assert limit_sentences(ResponseLimits(), "Asia/Shanghai") == []
        sentences = limit_sentences(LIMIT, "Asia/Shanghai")
        assert sentences == [
            gettext("Opens on %(moment)s.", moment="2026年12月1日 08:00"),
            gettext("Closes on %(moment)s.", moment="2026年12月31日 20:30"),
            *sentences[2:],
        ]
        assert "500" in sentences[2]
        assert len(sentences) == 4
