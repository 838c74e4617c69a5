"""The pages that a browser visits in both languages and both colour schemes; add yours here.

Each is (path, who): who is "" for anybody, else a role that is signed in. ``{link}`` is a link's code,
``{point}`` a service point's.
"""

PAGES: tuple[tuple[str, str], ...] = (
    ("/nothing/here", ""),
    ("/s/{link}", ""),
    ("/s/none", ""),
    ("/admin/sign-in", ""),
    ("/admin/nothing/here", ""),
    ("/admin/", "administrator"),
    ("/admin/account", "administrator"),
)
