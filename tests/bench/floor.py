"""The floor: the least a survey can cost. Minimal Flask and SQLAlchemy, one form, one row a post, WAL and FULL sync."""

import base64
import gzip
import os
import secrets

from flask import Flask, Response, redirect, request, session
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert

app = Flask(__name__)
app.secret_key = "only for measuring"
engine = create_engine(os.environ.get("FLOOR_DB", "sqlite:///floor.db"))
everything = MetaData()
sent = Table("sent", everything, Column("id", Integer, primary_key=True), Column("answers", Text))
QUESTIONS = [
    ("How safe do you feel where you live?", ["Very safe", "Safe", "In between", "Unsafe", "Very unsafe"]),
    ("How safe do you feel on your way to school?", ["Very safe", "Safe", "In between", "Unsafe", "Very unsafe"]),
    ("How well do adults listen to you?", ["Very well", "Well", "In between", "Not well", "Not at all"]),
    ("How easy is it to find somebody to talk to?", ["Very easy", "Easy", "In between", "Hard", "Very hard"]),
    ("Who do you talk to when something worries you?", ["A parent", "A friend", "A teacher", "A worker", "Nobody"]),
    ("How often are you asked what you think?", ["Always", "Often", "Sometimes", "Never"]),
    ("Do you know how to complain?", ["Yes", "No"]),
    ("What would help you most?", ["Bus fares", "Food", "Somebody to come along", "Other times", "Plain words"]),
]
PAGE = app.jinja_env.from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Floor</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>
body{font:18px/1.5 system-ui,sans-serif;margin:0;color:#111;background:#fff}main{max-width:40rem;padding:1rem}
fieldset{border:0;margin:0 0 1.5rem;padding:0}legend,.q{font-weight:600;display:block;margin-bottom:.4rem}
.o{display:flex;gap:.6rem;align-items:center;min-height:44px}input[type=radio]{width:24px;height:24px}
textarea{width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:2px solid #333}
button{font:inherit;padding:.8rem 1.5rem;background:#054;color:#fff;border:0}:focus{outline:3px solid #fd0}
</style></head><body><main><h1>Ten questions</h1><form method="post">
<input type="hidden" name="csrf_token" value="{{ token }}">
{% for words, options in questions %}{% set name = "q%d" % loop.index0 %}<fieldset><legend>{{ words }}</legend>
{% for option in options %}<label class="o"><input type="radio" name="{{ name }}" value="{{ loop.index0 }}">
{{ option }}</label>{% endfor %}</fieldset>{% endfor %}
{% for name in ("good", "words") %}<label class="q" for="{{ name }}">Tell us more</label>
<textarea rows="4" id="{{ name }}" name="{{ name }}"></textarea>{% endfor %}
<button>Send</button></form></main></body></html>"""
)


@event.listens_for(engine, "connect")
def prepare(connection, _record):
    if engine.dialect.name == "sqlite":
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA busy_timeout=15000")


@event.listens_for(engine, "begin")
def begin(connection):
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


if os.environ.get("FLOOR_DB"):
    everything.create_all(engine)
    engine.dispose()  # gunicorn forks from here


@app.get("/s")
def show():
    session.setdefault("token", secrets.token_urlsafe(16))
    return PAGE.render(token=session["token"], questions=QUESTIONS)


@app.post("/s")
def send():
    if not secrets.compare_digest(session.get("token", ""), request.form.get("csrf_token", "-")):
        return "no", 400
    with engine.begin() as connection:
        connection.execute(insert(sent).values(answers=str(request.form.to_dict(flat=False))))
    return redirect("/thanks", 303)


@app.get("/thanks")
def thanks():
    return "<!doctype html><html lang=en><title>Thank you</title><h1>Thank you</h1>"


@app.get("/bare")
def bare():
    """Show the same page padded with noise to a little over 14 kB as it travels, headers counted."""
    padding = base64.b64encode(os.urandom(13_000)).decode()
    page = gzip.compress((PAGE.render(token="", questions=QUESTIONS) + f"<!-- {padding} -->").encode(), 6)
    return Response(page, headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"})
