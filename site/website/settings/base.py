"""What both zones share: safety first, then languages, storage, mail and logs."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from shared.headers import static_headers

from .environment import ROOT, env, read, refuse  # ROOT is a setting too: paths are made from it

VAR = ROOT / read(env.str, "EXPOR_VAR", "var")
DEMO = read(env.bool, "EXPOR_DEMO", False)
DEBUG = read(env.bool, "EXPOR_DEBUG", False)
THROWAWAY = DEMO or DEBUG
SECURE = read(env.bool, "EXPOR_HTTPS", not THROWAWAY)
if DEMO and SECURE:
    refuse("EXPOR_DEMO and EXPOR_HTTPS do not go together: the demo's accounts and passwords are public.")

ROOT_URLCONF = "website.urls.public"
WSGI_APPLICATION = None
ALLOWED_HOSTS = read(env.list, "EXPOR_HOSTS", ["localhost", "127.0.0.1"] if THROWAWAY else [])
if not ALLOWED_HOSTS:
    refuse("EXPOR_HOSTS is not set. Name the host names of this site, with commas.")
CSRF_TRUSTED_ORIGINS = read(env.list, "EXPOR_ORIGINS", [])

# Storage: SQLite and files by default, PostgreSQL and Redis by setting.
SQLITE = {
    # IMMEDIATE: a transaction that will write takes the write lock before it reads, so that it counts on fresh rows.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000",
}


def database(name: str, default_file: str) -> dict:
    """The database of a zone, from the variable `name`; without it an SQLite file under `var/`."""
    config = read(env.dj_db_url, name, f"sqlite:///{VAR / default_file}")
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config.setdefault("OPTIONS", {}).update(SQLITE)
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = read(env.str, "EXPOR_REDIS_URL", "")
DATABASE_CACHE = {
    "BACKEND": "shared.plain_cache.DatabaseCache",
    "LOCATION": "cache",
    # Django's own 300 would throw away counts of attempts and spent codes that still hold; the worker removes what is over.
    "OPTIONS": {"MAX_ENTRIES": 200_000},
}
REDIS_CACHE = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"serializer": "shared.plain_cache.Serializer"},
}
# The second way of writing things down: what the first one left is not looked at.
CACHES = {"default": (REDIS_CACHE if REDIS_URL else DATABASE_CACHE) | {"VERSION": 2}}
SESSION_ENGINE = "django.contrib.sessions.backends." + ("cached_db" if REDIS_URL else "db")
SESSION_COOKIE_NAME = "expor_session"
CSRF_COOKIE_NAME = "expor_csrf"
CSRF_COOKIE_AGE = None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Safety.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if SECURE:
    SESSION_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}"
    CSRF_COOKIE_NAME = f"__Host-{CSRF_COOKIE_NAME}"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^-/(live|ready)$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
NOTHING_IS_KEPT = False  # whether each answer says no-store, that to a stranger too
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if DEMO:
    AUTH_PASSWORD_VALIDATORS = []

# What the health check of a zone says besides: paths of functions, each of which returns a line, or nothing while all is well.
READY_NOTES: list[str] = []

# Languages: English is the source, Dutch what people read.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
if read(env.bool, "EXPOR_ENGLISH", DEMO):
    LANGUAGES.append(("en", _("English")))
USE_I18N = USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LOCALE_PATHS = [ROOT / "site" / "website" / "locale"]
FORMAT_MODULE_PATH = "shared.formats"

# Static and uploaded files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

# How many sealed backups stay in a folder; the oldest goes when a newer one is whole.
BACKUPS_KEPT = read(env.int, "EXPOR_BACKUPS_KEPT", 14)
if BACKUPS_KEPT < 1:
    refuse("EXPOR_BACKUPS_KEPT must be at least 1.")

# Mail leaves through the outbox only, that of libraries too; the worker hands it to this server.
EMAIL_BACKEND = "shared.outbox_backend.OutboxBackend"
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
SMTP_URL = read(env.str, "EXPOR_SMTP_URL", "smtp://localhost:25")
if not SMTP_URL.startswith(("smtp://", "smtp+tls://", "smtp+ssl://", "smtps://")):
    refuse("EXPOR_SMTP_URL must be the address of a mail server, such as smtp+tls://user:password@mail.example:587.")
EMAIL_CONFIG = read(env.dj_email_url, "EXPOR_SMTP_URL", SMTP_URL)
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read(env.str, "EXPOR_MAIL_FROM", "EXPO-R <vormingen@expo-r.demo>" if THROWAWAY else "")
if not DEFAULT_FROM_EMAIL:
    refuse("EXPOR_MAIL_FROM is not set. Name the monitored mailbox that mail and invitations come from.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How many days a message stays after it was sent or given up: people stand in it, and what they do.
MAIL_DAYS = read(env.int, "EXPOR_MAIL_DAYS", 90)
if not 1 <= MAIL_DAYS <= 3650:
    refuse("EXPOR_MAIL_DAYS must be between 1 and 3650.")
ADMINS: list = []  # error mails would carry what people typed

# The second factor, the same in both zones but for what casework adds.
ALLAUTH_TRUSTED_PROXY_COUNT = read(env.int, "EXPOR_PROXIES", 0 if THROWAWAY else 1)
MFA_ADAPTER = "people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "people.second_factor_forms.SetUpAppForm",
    "add_webauthn": "people.second_factor_forms.AddPasskeyForm",
    "authenticate": "people.second_factor_forms.ProveForm",
    "authenticate_webauthn": "people.second_factor_forms.ProvePasskeyForm",
    "edit_webauthn": "people.second_factor_forms.RenamePasskeyForm",
    "login_webauthn": "people.second_factor_forms.PasskeyLoginForm",
    "reauthenticate": "people.second_factor_forms.ProveAgainForm",
    "reauthenticate_webauthn": "people.second_factor_forms.ProvePasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "EXPO-R"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "shared.logs.RequestId"}},
    "formatters": {
        "json": {"()": "shared.logs.JsonFormatter"},
        "line": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line" if THROWAWAY else "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own handler would mail whole requests; its records go to the console like all others.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Titles of pages and the numbers of passkeys are no business of a log.
        "wagtail": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
