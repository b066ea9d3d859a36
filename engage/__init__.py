"""Engage: a voice-of-the-child platform. Young people say it, people read it, it becomes a concern, an agency acts,
the young person sees it.

Glossary, one word per thing in code, tables, addresses and pages: a *survey* is begun as a *draft*, and has
*versions*; a *wave* is one fielding of a version; an *item* is one question; a *setting* is where a *response* came
from, a *sheet* is one on paper, a *card* lets one person in and is then *spent*; a *sitting* is a survey being filled
in; a *sign-off* says that a speaker has checked a language; the *receipt* is
four words a young person keeps; an *excerpt* is a redacted piece of an answer; a *theme* belongs to the team's *code
frame*, an *example* says what it means, and a *coding* puts it on an excerpt, which is *coded* once a person went
through it with the whole frame; an *agreement* says how far two people coded alike; a *rise* is what is said more than
in earlier waves; a *draw* picks answers for a second, blind reading; a *cut* is one question by one or two others; what
several ages were asked is *merged*; a
*population* is how many of a group live here, a *gap* a group that was not heard; an *alert* is a possible disclosure
of harm; an answer, alert or request may be *about* an agency, whose people never see it; a *concern* is "you said", an
*action* what one agency agreed to do, an *evidence file* shows it, a *quote* stands beside a concern, a *priority* is
one of a partner's plan, an *update* the public words of "we did", and an *edition* a number for what public pages say,
in English and in each *translation*; a *felt-check* asks young people whether they notice it, by four ways: a receipt,
a wave, the *hands* of a forum, a poster, each with its *tally*, and a *mark* where somebody has answered; a theme that
no concern answers may be *noted*, with the reason; the *scoreboard* says how well the loop closes; a *pack* is what the
panel reads of a *quarter*, a *decision* what it decides on it, a *challenge* what it must answer; a *newsletter*
gathers what became public; a *briefing* tells those who work with young people in seven boxes, and a *use* says that a
team used it; a *follower* hears by e-mail when something new is public.
Whoever works here comes in by an *invitation*, each place of theirs is a *sign-in*, and a
*passkey* opens it without a password. A *claim* is what somebody asks about their own details, or a complaint. The
worker's *heartbeat* says that it lives.
"""

import gc
from collections.abc import Callable
from typing import Any

try:  # what is loaded here stays: to walk through it again and again meanwhile takes a sixth of every start
    gc.disable()
    from flask import Flask, Response
    from flask_wtf import CSRFProtect
    from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
    from typing_extensions import override
    from werkzeug.middleware.proxy_fix import ProxyFix

    from engage import tables as _tables  # noqa: F401  (loads every table)
    from engage.accounts import guards, signing_in
    from engage.accounts.desk import pages as accounts_desk
    from engage.accounts.guards import person
    from engage.analysis.actions.hiding import hide_answers
    from engage.analysis.desk import pages as analysis_desk
    from engage.analysis.queries.checked import checked_words
    from engage.analysis.queries.waiting import unread_since
    from engage.claims.desk import pages as claims_desk
    from engage.comeback.views import pages as comeback
    from engage.forums.desk import pages as forums_desk
    from engage.forums.views import pages as forums
    from engage.pqa.desk import pages as pqa_desk
    from engage.pqa.queries.figures import published_series
    from engage.pqa.queries.not_heard import not_heard
    from engage.public.views import help_lines
    from engage.public.views import pages as public
    from engage.safeguarding.desk import pages as safeguarding_desk
    from engage.settings import Settings
    from engage.shared import assets, crypto, db, headers, languages, logs, problems, sessions
    from engage.shared.addresses import LateRule
    from engage.staff.desk import pages as staff_desk
    from engage.staff.desk import rooms, worker_silence
    from engage.surveys.desk import pages as surveys_desk
    from engage.surveys.desk.sign_offs import unchecked_here
    from engage.surveys.queries.following import following
    from engage.surveys.views import pages as surveys
    from engage.surveys.views.joining import pages as joining
    from engage.surveys.views.preview import preview
    from engage.youwesaid.desk import pages as youwesaid_desk
    from engage.youwesaid.queries.public import is_public
    from engage.youwesaid.views import following as follow_pages
    from engage.youwesaid.views import pages as youwesaid
    from engage.youwesaid.views.felt import pages as felt
finally:
    gc.freeze()
    gc.enable()

PAGES = (
    public, surveys, joining, forums, comeback, youwesaid, follow_pages, felt,
    staff_desk, accounts_desk, surveys_desk, forums_desk, analysis_desk, safeguarding_desk, youwesaid_desk, pqa_desk,
    claims_desk,
)  # fmt: skip


# What lower features and the desk ask of those above them, which they may not know.
ASKED_ACROSS: dict[str, object] = {
    "checked_words": checked_words,
    "concern_is_public": is_public,
    "hide_answers": hide_answers,
    "not_heard": not_heard,
    "preview": preview,
    "published_series": published_series,
    "unread_since": unread_since,
}


class Engage(Flask):
    """Flask, but for three things: addresses are compiled late, no view is asynchronous, the log tells nothing typed.

    Asking each view again at every call would cost more than the routing does.
    """

    url_rule_class = LateRule

    @override
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func

    @override
    def log_exception(self, exc_info: Any) -> None:
        problems.report("a page", exc_info[1])

    @override
    def handle_exception(self, e: Exception) -> Response:
        """What fails only when it is kept, after the page is made, is a problem like any other."""
        if isinstance(e, IntegrityError | InternalError | OperationalError):
            return self.finalize_request(self.handle_user_exception(e), from_error_handler=True)
        return super().handle_exception(e)


def create_app(settings: Settings) -> Flask:
    """Build one app from settings; nothing is read from the environment here."""
    app = Engage(__name__, static_folder="shared/static", template_folder="shared/templates")
    app.config.from_mapping(_flask_settings(settings))
    app.extensions["settings"] = settings
    app.session_interface = sessions.OneSigner()
    app.extensions.update(ASKED_ACROSS)
    if settings.proxies:  # else what a proxy says of who asks is what anybody may say
        # Each proxy adds whom it got a request from; how people came, and to which name, the nearest one says.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=1, x_host=1)  # type: ignore[method-assign]
    logs.init()
    crypto.init_app(app, settings)
    db.init_app(app)
    languages.init_app(app, settings)
    headers.init_app(app)
    assets.init_app(app)
    CSRFProtect(app)
    signing_in.init_app(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    problems.init_app(app)
    guards.init_app(app)
    app.jinja_env.globals.update(
        person=person, rooms=rooms, following=following, unchecked_here=unchecked_here, worker_silence=worker_silence
    )
    app.context_processor(
        lambda: {"demo": settings.demo, "partnership": settings.partnership, "help_lines": help_lines()}
    )
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": db.options(settings.database_url),
        "MAX_CONTENT_LENGTH": 512 * 1024,  # a whole survey is under 100 kB
        "MAX_FORM_MEMORY_SIZE": 512 * 1024,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-engage" if settings.secure_cookies else "engage",  # no other host can set it
        "WTF_CSRF_TIME_LIMIT": None,  # a young person may take all day; the token lives as long as the session
        "WTF_CSRF_SSL_STRICT": False,  # we send no referrer, so there is none to check
    }
