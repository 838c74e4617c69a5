from admin.labels.figures import figure_name


def test_every_figure_has_its_name(embedded_app):
    with embedded_app.test_request_context(headers={"Accept-Language": "en"}):
        assert [
            figure_name(name) for name in ("index", "nps", "satisfied", "dimension:quality", "dimension:价格")
        ] == [
            "Index",
            "NPS",
            "Satisfaction rate",
            "Quality",
            "价格",
        ]
