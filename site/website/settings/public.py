"""The public zone: Wagtail, the catalogue, bookings, the contact point and the team's editing and organising."""

from .base import *  # noqa: F403
from .base import DEMO, LANGUAGES, THROWAWAY, VAR, database
from .environment import env, read, refuse, secret_key

SECRET_KEY = secret_key("EXPOR_SECRET_KEY", throwaway=THROWAWAY, path=VAR / "keys" / "public-secret-key")
SITE_URL = read(env.str, "EXPOR_SITE_URL", "http://localhost:8000" if THROWAWAY else "").rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    refuse("EXPOR_SITE_URL must be the address of this site, such as https://expo-r.example.")

ROOT_URLCONF = "website.urls.public"
CSRF_FAILURE_VIEW = "website.views.stale_form"
DATABASES = {"default": database("EXPOR_DATABASE_URL", "public.sqlite3")}
# What web and worker may do here; see `exchange.privileges`.
EXCHANGE_ROLES = {"default": "public_app"}
# Who comes to the database of this zone: `grant_privileges` gives them what they may.
GRANTED_ROLES = ["public_app", "exchange_pull"]
AT_START = ["exchange.guard.install"]
# The public halves of the keys that a referral is sealed to: casework's, and the one for recovery.
REFERRAL_KEYS = read(env.str, "EXPOR_REFERRAL_KEYS", str(VAR / "keys"))
# Within how many working days a referrer may count on an answer.
ANSWER_WITHIN_DAYS = read(env.int, "EXPOR_ANSWER_WITHIN_DAYS", 3)

INSTALLED_APPS = [
    "website",
    "trainings",
    "knowledge.network",
    "knowledge.library",
    "media",
    "people",
    "exchange",
    "shared",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "website.admin.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "shared.logs.RequestIdMiddleware",
    # What every answer carries stands outermost, so that redirects and refusals of the others carry it too.
    "shared.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shared.kept_answers.KeptAnswersMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.second_factor.SecondFactorMiddleware",
    "website.side_doors.CmsPolicyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "website.redirects.RedirectMiddleware",
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
                "website.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "shared.templatetags.expor"],
        },
    }
]
FORM_RENDERER = "shared.forms.Renderer"

# Sign-in (django-allauth): an e-mailed code, a password or a passkey; a second factor for every account with a group.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"
EVERYBODY_NEEDS_SECOND_FACTOR = False  # partners do not
TEAM_URL = "/cms/"  # where a member of the team begins
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "people.forms.ChangeAddressForm",
    "change_password": "people.forms.ChangePasswordForm",
    "confirm_email_verification_code": "people.forms.AddressCodeForm",
    "confirm_login_code": "people.forms.CodeForm",
    "confirm_password_reset_code": "people.forms.ResetCodeForm",
    "login": "people.forms.PasswordLoginForm",
    "reauthenticate": "people.forms.PasswordAgainForm",
    "reset_password": "people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "people.forms.NewPasswordForm",
    "set_password": "people.forms.FirstPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_FORMAT = CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = CODE_FORMAT
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = CODE_FORMAT
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Ten codes an hour for one address: a mailbox is not flooded, and guessing six digits stays hopeless.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
WELCOME_URL = "network:welcome"  # where an account without a name goes first
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True

# Wagtail, with its side doors closed.
WAGTAIL_SITE_NAME = "EXPO-R"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # "één" becomes "een" in an address
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "ics"]
WAGTAILEMBEDS_FINDERS: list = []  # no request ever leaves for a third party
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_USER_TIME_ZONES = ["Europe/Brussels"]
TAGGIT_CASE_INSENSITIVE = True

# How many days after a session the personal data of its participants are removed; a session can have a date of its own.
PERSONAL_DATA_DAYS = read(env.int, "EXPOR_PERSONAL_DATA_DAYS", 365)
if not 1 <= PERSONAL_DATA_DAYS <= 3650:
    refuse("EXPOR_PERSONAL_DATA_DAYS must be between 1 and 3650.")
# Where the answers of calendars arrive: the mailbox of EXPOR_MAIL_FROM, or a folder that the mail server delivers into.
REPLY_MAILBOX = read(env.str, "EXPOR_REPLY_URL", f"maildir://{VAR / 'replies'}" if DEMO else "")
if REPLY_MAILBOX and not REPLY_MAILBOX.startswith(("imaps://", "imap+tls://", "maildir:///")):
    refuse(
        "EXPOR_REPLY_URL must be the address of a mailbox, such as imaps://user:password@mail.example/INBOX or maildir:///a/folder."
    )

# What is done for an organisation, in the same transaction, when somebody coordinates its trainings no longer.
WHEN_COORDINATING_ENDS = ["trainings.calendars.private_feeds.stop_for_who_left", "trainings.approval.leave_to_the_team"]

# What the worker does, in this order, as often as the seconds say.
WORKER_TASKS = [
    ("shared.outbox.send_due", 2),
    ("shared.outbox.sound_alarm", 60),
    ("trainings.waiting.close_due", 30),
    ("trainings.names.release_due", 60),
    ("trainings.names.remind_due", 600),
    ("trainings.reminders.remind_due", 600),
    ("trainings.privacy.needs.forget_ended", 600),
    ("trainings.privacy.retention.empty_due", 3600),
    ("knowledge.network.history.empty_due", 3600),
    ("website.own.removal.forget_farewells", 600),
    ("trainings.calendars.replies.read_mailbox", 60),
    ("people.signin.forget_unconfirmed", 3600),
    ("people.signin.forget_ended_sessions", 3600),
    ("shared.expiry.forget_sessions", 3600),
    ("shared.expiry.forget_cached", 3600),
    ("shared.expiry.forget_mail", 3600),
]

if DEMO:
    MAIL_TRANSPORT = "website.demo.post.Mailbox"
