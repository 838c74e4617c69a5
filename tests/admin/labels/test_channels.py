from admin.labels.channels import CHANNELS, LIVE, channel_name


def test_every_channel_has_a_name_and_an_unknown_channel_shows_its_code(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        assert channel_name("qr") == "QR code"
        assert channel_name("pigeon") == "pigeon"
    assert set(LIVE) < set(CHANNELS)
