import gzip
import re

from survey import assets


def test_a_file_is_published_under_a_name_that_changes_with_its_content(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "css").mkdir(parents=True)
    sheet = source / "css/admin.css"
    sheet.write_text("a")
    first = assets.publish(source, target)["css/admin.css"]
    sheet.write_text("b")
    second = assets.publish(source, target)["css/admin.css"]
    assert re.fullmatch(r"css/admin\.[0-9a-f]{10}\.css", first)
    assert first != second
    assert (target / first).read_text() == "a", "pages already sent still find theirs"
    assert gzip.decompress((target / f"{second}.gz").read_bytes()) == b"b"


def test_a_published_file_is_kept_for_ever_and_sent_compressed(embedded_client):
    name = embedded_client.application.config["ASSETS"]["css/admin.css"]
    plain = embedded_client.get(f"/static/{name}")
    packed = embedded_client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_length == len(packed.data)
    assert packed.content_length < plain.content_length / 2


def test_a_picture_is_sent_as_it_is_and_head_sends_no_body(embedded_client):
    name = embedded_client.application.config["ASSETS"]["icons/apple-touch-icon.png"]
    reply = embedded_client.head(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
    assert reply.content_type == "image/png"
    assert "Content-Encoding" not in reply.headers
    assert reply.data == b""
    assert int(reply.headers["Content-Length"]) > 0


def test_unknown_files_and_other_methods_go_on_to_flask(embedded_client):
    name = embedded_client.application.config["ASSETS"]["css/admin.css"]
    assert embedded_client.get("/static/css/none.css").status_code == 404
    assert embedded_client.get("/static/../wsgi.py").status_code == 404
    assert embedded_client.post(f"/static/{name}").status_code == 405
