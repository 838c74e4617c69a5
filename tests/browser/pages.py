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
    ("/admin/places/", "administrator"),
    ("/admin/places/?q=P", "manager"),
    ("/admin/places/{point}", "auditor"),
    ("/admin/places/{point}/move", "administrator"),
    ("/admin/employees/new/at/{point}", "administrator"),
    ("/admin/places/-/import/", "administrator"),
    ("/admin/staff/", "administrator"),
    ("/admin/staff/-/new", "administrator"),
)
