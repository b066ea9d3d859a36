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
PAGE = app.jinja_env.from_string(
    '<!doctype html><html lang="en"><title>Floor</title><h1>Ten questions</h1><form method="post">'
    '<input type="hidden" name="csrf_token" value="{{ token }}">{% for n in range(10) %}<fieldset><legend>Q {{ n }}'
    "</legend>{% for o in range(5) %}<label><input type=radio name=q{{ n }} value={{ o }}> {{ o }}</label>{% endfor %}"
    "</fieldset>{% endfor %}<textarea name=words></textarea><button>Send</button></form>"
)


@event.listens_for(engine, "connect")
def prepare(connection, _record):
    if engine.dialect.name == "sqlite":
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA busy_timeout=15000")


if os.environ.get("FLOOR_DB"):
    everything.create_all(engine)


@app.get("/s")
def show():
    session.setdefault("token", secrets.token_urlsafe(16))
    return PAGE.render(token=session["token"])


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
    """Show the same page padded with noise to 14 kB as it travels."""
    padding = base64.b64encode(os.urandom(9_600)).decode()
    page = gzip.compress((PAGE.render(token="") + f"<!-- {padding} -->").encode(), 6)
    return Response(page, headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"})
