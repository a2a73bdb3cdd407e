"""What a page of either zone carries besides its body, and how an answer differs from that."""

POLICY, KEEPING, HSTS = "Content-Security-Policy", "Cache-Control", "Strict-Transport-Security"
STRICT = {
    "base-uri": "'none'",
    "connect-src": "'self'",
    "default-src": "'none'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
ALWAYS = {
    POLICY: STRICT,
    HSTS: "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def differing(response, wanted: dict) -> dict:
    """The headers that are not as wanted: as they are, and as they must be."""
    found = {name: response.get(name) for name in wanted}
    if POLICY in wanted:
        found[POLICY] = dict(part.split(" ", 1) for part in (found[POLICY] or "x -").split("; "))
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}


def keeping(response) -> set[str]:
    """What the answer says about keeping it."""
    return set(filter(None, response.get(KEEPING, "").split(", ")))
