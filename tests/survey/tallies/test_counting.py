from survey.tallies.counting import ResponseCounter, count_place, exact_sums
from survey.tallies.queries import waiting
from survey.tallies.rules.parts import UNFLAGGED, Common
from tests import factories
from tests.survey.tallies.answers import days, give, release_all, some

QR, SMS = Common("qr", "zh", UNFLAGGED), Common("sms", "zh", UNFLAGGED)


def sizes(counted) -> dict[Common, int]:
    return {common: int(sums.rows[:, 0].sum()) for common, sums in counted.items()}


def test_responses_are_counted_by_version_channel_and_language(app):
    point, version, other = factories.place(), factories.version(), factories.version()
    first, second = days(2)
    give(point, version, *some(6), day=first)
    give(point, version, *some(2), day=second)
    give(point, version, *some(5), day=first, channel="sms")
    give(point, other, *some(7))
    [page] = waiting.pages(point.id, point.id)
    counter = ResponseCounter()
    for _key, response in page:
        counter.count([response])
    counted = counter.sums()
    assert {version_id: sizes(sums_by_common) for version_id, sums_by_common in counted.items()} == {
        version.id: {QR: 8, SMS: 5},
        other.id: {QR: 7},
    }
    assert exact_sums(point.id, counted[version.id]).rows[:, 0].tolist() == [11, 2]
    queue = waiting.Queue(point.id, 0, version.id)
    counter.forget([(queue, SMS)])
    assert sizes(counter.sums()[version.id]) == {QR: 8}
    counter.forget([(queue, QR)])
    assert version.id not in counter.sums()


def test_the_counts_of_a_place_include_only_counted_responses(app):
    point, version = factories.place(), factories.version()
    give(point, version, *some(6))
    assert count_place(point.id) == {}
    release_all()
    give(point, version, *some(3))
    assert sizes(count_place(point.id)[version.id]) == {QR: 6}
