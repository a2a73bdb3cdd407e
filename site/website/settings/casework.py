"""The casework zone: referrals and who may see them. No Wagtail, its own database, keys and cookies; only the sign-in is open."""

from datetime import timedelta

from .base import *  # noqa: F403
from .base import CSRF_COOKIE_NAME as PUBLIC_CSRF_COOKIE
from .base import DEMO, LANGUAGES, MFA_FORMS, THROWAWAY, VAR, database
from .base import SESSION_COOKIE_NAME as PUBLIC_SESSION_COOKIE
from .environment import env, read, refuse, secret_key

KEYS = read(env.str, "EXPOR_KEYS", str(VAR / "keys") if THROWAWAY else "")
if not KEYS:
    refuse("EXPOR_KEYS is not set. Name the folder with the key files of casework, such as systemd's credentials folder.")
# The public halves of the keys that backups are sealed to.
REFERRAL_KEYS = read(env.str, "EXPOR_REFERRAL_KEYS", KEYS)
SECRET_KEY = secret_key("EXPOR_SECRET_KEY", throwaway=THROWAWAY, path=VAR / "keys" / "casework-secret-key")
SITE_URL = read(env.str, "EXPOR_SITE_URL", "http://casework.localhost:8001" if THROWAWAY else "").rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    refuse("EXPOR_SITE_URL must be the address of this zone, such as https://casus.expo-r.example.")
if THROWAWAY:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "casework.localhost"]  # noqa: F405

ROOT_URLCONF = "website.urls.casework"
CSRF_FAILURE_VIEW = "casework.views.frame.stale_form"
SESSION_COOKIE_NAME = PUBLIC_SESSION_COOKIE.replace("expor_", "expor_casework_")
CSRF_COOKIE_NAME = PUBLIC_CSRF_COOKIE.replace("expor_", "expor_casework_")
LANGUAGES = LANGUAGES[:1]  # Dutch only
NOTHING_IS_KEPT = True

STATIC_ROOT = VAR / "casework-static"  # what the other zone collects holds more, and is named otherwise

# What is ours, and the four tables of the exchange in the public database: the only thing there that this zone can reach.
DATABASES = {
    "default": database("EXPOR_DATABASE_URL", "casework.sqlite3"),
    "exchange": database("EXPOR_EXCHANGE_URL", "public.sqlite3"),
}
DATABASE_ROUTERS = ["exchange.router.ExchangeRouter"]
EXCHANGE_ROLES = {"default": "casework_app", "exchange": "exchange_pull"}
GRANTED_ROLES = ["casework_app"]
AT_START = ["exchange.guard.install"]

INSTALLED_APPS = [
    "casework",
    "people",
    "exchange",
    "shared",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "shared.logs.RequestIdMiddleware",
    "shared.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casework.closed.FailClosedMiddleware",
    "casework.entrance.drafts.DraftMiddleware",
    "casework.entrance.signed_sessions.SignedSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casework.entrance.sealed_accounts.SealMiddleware",
    "casework.entrance.doors.SignedInMiddleware",
    "casework.entrance.session_clock.SessionClockMiddleware",
    "people.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casework.views.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "shared.templatetags.expor"],
        },
    }
]
FORM_RENDERER = "shared.forms.Renderer"

# The name on the pages; the public zone's brand lies in a database that this one can't read.
BRAND = {
    "team": read(env.str, "EXPOR_TEAM", "EXPO-R"),
    "city": read(env.str, "EXPOR_CITY", "Gent"),
    "colour": read(env.str, "EXPOR_COLOUR", "#00709f"),
    "contact_email": read(env.str, "EXPOR_CONTACT_EMAIL", "expo-r@stad.demo" if DEMO else ""),
    "contact_phone": read(env.str, "EXPOR_CONTACT_PHONE", "09 000 00 00" if DEMO else ""),
}

# Signing in: a password (or a passkey), always with a second factor; nothing is ever mailed that opens a door.
EVERYBODY_NEEDS_SECOND_FACTOR = True
AUTHENTICATION_BACKENDS = ["casework.entrance.sealed_accounts.SealedBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = TEAM_URL = "/"
WELCOME_URL = ""
ACCOUNT_ADAPTER = "casework.entrance.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "people.forms.ChangePasswordForm",
    "login": "people.forms.PasswordLoginForm",
    "reauthenticate": "people.forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = False
# Also where there is a Redis: it holds the data of a session without any signature, so that none could be bound to its key.
SESSION_ENGINE = "casework.entrance.bound_sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60  # see casework.entrance.session_clock
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# allauth's own limits are off: its lock closes an account for everybody, and its keys hold addresses. See casework.entrance.limits.
ACCOUNT_RATE_LIMITS = False
MFA_FORMS = MFA_FORMS | {
    "authenticate": "casework.entrance.forms.ProveForm",
    "reauthenticate": "casework.entrance.forms.ProveAgainForm",
}
MFA_TOTP_ISSUER = "EXPO-R casussen"

# The city's own sign-in in place of the password, by OpenID Connect; where it is not named, no part of it is installed.
OIDC_URL = read(env.str, "EXPOR_OIDC_URL", "").rstrip("/")
OIDC_CLIENT = read(env.str, "EXPOR_OIDC_CLIENT", "")
OIDC_SECRET = read(env.str, "EXPOR_OIDC_SECRET", "")
SOCIALACCOUNT_ADAPTER = "casework.entrance.city_sign_in.CitySignInAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
if OIDC_URL:
    if not (OIDC_URL.startswith("https://") or (THROWAWAY and OIDC_URL.startswith("http://"))) or not (OIDC_CLIENT and OIDC_SECRET):
        refuse("EXPOR_OIDC_URL must be an https address, and EXPOR_OIDC_CLIENT and EXPOR_OIDC_SECRET come with it.")
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
    OIDC_APP = {"provider_id": "stad", "name": "stad", "client_id": OIDC_CLIENT, "secret": OIDC_SECRET}
    OIDC_APP["settings"] = {"server_url": OIDC_URL, "oauth_pkce_enabled": True, "fetch_userinfo": False}
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP], "SCOPE": ["openid"], "OAUTH_PKCE_ENABLED": True}}
    # A form that leads on to another origin needs its permission.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("/".join(OIDC_URL.split("/")[:3]))  # noqa: F405

# Within how many working days a referrer may count on an answer; the public zone has the same setting for what it promises.
ANSWER_WITHIN_DAYS = read(env.int, "EXPOR_ANSWER_WITHIN_DAYS", 3)

# How long what is closed is kept, and who says so; the controller decides, the DPO advises.
RETENTION_SOURCE = read(env.str, "EXPOR_RETENTION_SOURCE", "")
RETENTION = {
    "advised_closed": {"months": 6, "source": RETENTION_SOURCE},
    "redirected": {"days": 30, "source": RETENTION_SOURCE},
    "to_prevention": {"days": 30, "source": RETENTION_SOURCE},
    "withdrawn": {"days": 30, "source": RETENTION_SOURCE},
}
# What watches over the zone: the audit log is checked every few minutes, and the health check says when that no longer happens.
READY_NOTES = ["casework.log.checking.note"]
LOG_CHECK_TOO_OLD = timedelta(minutes=30)
PULL_LATE = timedelta(minutes=5)
CANARY_LATE = timedelta(minutes=70)
# Reading of one account within an hour that goes beyond this is told to administrators and data protection officers.
UNUSUAL_REFERRALS = read(env.int, "EXPOR_UNUSUAL_REFERRALS", 15)
UNUSUAL_LOOKUPS = read(env.int, "EXPOR_UNUSUAL_LOOKUPS", 30)
# The public site, where every hour a trial referral is posted through the form, as anybody would.
PUBLIC_URL = read(env.str, "EXPOR_PUBLIC_URL", "http://localhost:8000" if THROWAWAY else "").rstrip("/")
if not PUBLIC_URL.startswith(("https://", "http://")):
    refuse("EXPOR_PUBLIC_URL must be the address of the public site, such as https://expo-r.example.")
# The form takes nothing that was filled in faster than a person could: seconds between its page and its sending.
CANARY_WAIT = read(env.float, "EXPOR_CANARY_WAIT", 8.0)

# How often the worker looks at what the public site sealed, and brings answers there: the referrer is promised a minute.
PULL_SECONDS = read(env.int, "EXPOR_PULL_SECONDS", 20)

WORKER_TASKS = [
    ("casework.log.checking.check_due", 300),
    ("casework.log.anchors.drop_due", 600),
    ("casework.watching.canary.send_due", 60),
    ("casework.watching.watch.look_around", 60),
    ("shared.outbox.send_due", 2),
    ("shared.outbox.sound_alarm", 60),
    ("casework.referrals.pull.pull", PULL_SECONDS),
    # Oftener than an alarm may be quiet: what goes on failing is one alarm.
    ("casework.referrals.retention.erase_due", 1800),
    ("casework.entrance.drafts.forget_old", 600),
    ("casework.forgetting.forget_pulled", 3600),
    ("casework.forgetting.forget_unreadable", 3600),
    ("casework.forgetting.forget_decided", 3600),
    ("casework.forgetting.forget_answers", 3600),
    ("people.signin.forget_ended_sessions", 3600),
    ("shared.expiry.forget_sessions", 3600),
    ("shared.expiry.forget_cached", 3600),
    ("shared.expiry.forget_mail", 3600),
]
# Off where it would come between: when tests look at what a worker takes in.
if THROWAWAY and not read(env.bool, "EXPOR_CANARY", True):
    WORKER_TASKS = [task for task in WORKER_TASKS if task[0] != "casework.watching.canary.send_due"]

if DEMO:
    MAIL_TRANSPORT = "website.demo.post.Mailbox"
