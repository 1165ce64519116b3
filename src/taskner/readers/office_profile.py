"""What LibreOffice is told before it opens a file that others made.

Source: the schema of LibreOffice's configuration (officecfg/registry/schema). Writer's links
know 0 never, 1 on request, 2 always; Calc's know 0 always, 1 never, 2 on request. Port 9 of
this machine (discard) answers nobody.
"""

from __future__ import annotations

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
_VALUES: tuple[tuple[str, str, object], ...] = (
    (_SECURITY, "MacroSecurityLevel", 3),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 0),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", 1),
    (_INTERNET, "ooInetProxyType", 2),
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", 9),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", 9),
    (_INTERNET, "ooInetFTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetFTPProxyPort", 9),
    (_INTERNET, "ooInetNoProxy", ""),
)


def _profile() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _VALUES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )


PROFILE = _profile()
"""The content of registrymodifications.xcu."""
