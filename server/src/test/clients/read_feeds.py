"""Publishes awkward events, then reads every feed with parsers that others wrote: python3-icalendar, feedparser,
mf2py and extruct; the addresses of the calendars are printed last, for read_feeds.mjs.
Usage: read_feeds.py ORIGIN TOKEN [MORE_CALENDAR_PATHS...], of somebody who may publish; run by hand."""

import datetime
import json
import re
import sys
import urllib.request

import extruct
import feedparser
import icalendar
import mf2py

ORIGIN, TOKEN = sys.argv[1:3]
TITLE = "Fête ; « été », l'après-midi \\ 🎉 " + "très longue " * 9
wrong = []


def call(path, data=None, method=None, headers=None):
    """Gives (status, headers, text) of an answer."""
    body = None if data is None else json.dumps(data).encode()
    head = {"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"} if data is not None else {}
    request = urllib.request.Request(ORIGIN + path, body, {**head, **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.headers, e.read().decode()


def publish(**fields):
    status, _, text = call("/api/placette/v1/events", fields)
    if status != 200:
        raise SystemExit(f"publishing: {status} {text}")
    return json.loads(text)


def at(days, time, zone="+01:00"):
    return (datetime.date.today() + datetime.timedelta(days)).isoformat() + "T" + time + ":00" + zone


def check(ok, what):
    if not ok:
        wrong.append(what)
        print("WRONG", what)


def events():
    """Some of each awkward kind; gives the series' and one event's page."""
    publish(name=TITLE[:190], status="Ligne 1\n\n**gras** #fête\n\nA: BEGIN:VEVENT", start_time=at(8, "22:30"),
            end_time=at(9, "02:15"), price="5 €; gratuit, si < 12 ans", **{"place": {"name": "Salle; du, \"haut\""}})
    publish(name="Visio avec Tokyo", start_time=at(10, "09:00", "+09:00"), timezone="Asia/Tokyo")
    off = publish(name="Annulé d'avance", start_time=at(11, "10:00"), **{"place": {"name": "Mairie"}})
    publish(name="Sans fin", start_time=at(12, "10:00"), state="tentative")
    check(call("/api/placette/v1/events/" + off["id"], {"state": "cancelled"}, "PUT")[0] == 200, "cancelling")
    series = publish(name="Marché du vendredi", start_time=at(3, "08:00"), end_time=at(3, "12:00"), repeat="weekly",
                     repeat_count=6, **{"place": {"name": "Place du marché"}})
    return series["url"].replace(ORIGIN, ""), off["url"].replace(ORIGIN, "")


def calendar(path):
    status, headers, text = call(path)
    check(status == 200, f"{path}: {status}")
    if status != 200:
        return None
    check(headers["Content-Type"] == "text/calendar; charset=utf-8", path + " type")
    check(all(len(line.encode()) <= 75 for line in text.split("\r\n")), path + " a line over 75 octets")
    check("\n" not in text.replace("\r\n", ""), path + " a bare newline")
    again, _, _ = call(path, headers={"If-None-Match": headers["ETag"]})
    check(again == 304, path + " ETag")
    read = icalendar.Calendar.from_ical(text)
    zones = {str(z["TZID"]) for z in read.walk("VTIMEZONE")}
    names = set()
    for event in read.walk("VEVENT"):
        for field in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "URL"):
            check(field in event, f"{path} {event.get('SUMMARY')} without {field}")
        zone = event["DTSTART"].params.get("TZID")
        check(zone is None or zone in zones, f"{path} zone {zone}")
        check(event["DTEND"].dt > event["DTSTART"].dt, f"{path} ends before it begins")
        key = (str(event["UID"]), event.get("RECURRENCE-ID") and event["RECURRENCE-ID"].dt)
        check(key not in names, f"{path} twice {key}")
        names.add(key)
        check(not event.errors, f"{path} {event.errors}")
    print(f"{path}: {len(names)} entries, zones {sorted(zones)}")
    return read


def news(path):
    status, headers, text = call(path)
    check(status == 200, f"{path}: {status}")
    read = feedparser.parse(text, response_headers={"content-type": headers["Content-Type"]})
    check(not read.bozo, f"{path}: {read.get('bozo_exception')}")
    check(read.feed.get("title") and read.feed.get("link"), path + " head")
    for entry in read.entries:
        check(entry.get("id") and entry.get("title") and entry.get("link"), f"{path} {entry.get('title')} parts")
        check(entry.get("published_parsed") or entry.get("updated_parsed"), f"{path} {entry.get('title')} date")
    print(f"{path}: {read.version}, {len(read.entries)} entries")


def page(path, name):
    _, _, text = call(path, headers={"Accept": "text/html"})
    found = [it for it in mf2py.parse(doc=text)["items"] if "h-event" in it["type"]]
    check(len(found) == 1, f"{path}: {len(found)} h-event")
    for it in found:
        check(it["properties"].get("name", [""])[0] == name, f"{path} h-event name {it['properties'].get('name')}")
        for part in ("start", "url", "organizer"):
            check(part in it["properties"], f"{path} h-event without {part}")
        print(path, "h-event", json.dumps({k: v for k, v in it["properties"].items() if k != "content"}, ensure_ascii=False)[:300])
    data = extruct.extract(text, base_url=ORIGIN + path, syntaxes=["json-ld", "opengraph"])
    schema = [it for it in data["json-ld"] if it.get("@type") == "Event"]
    check(len(schema) == 1, f"{path}: {len(schema)} schema.org events")
    for it in schema:
        for part in ("name", "startDate", "eventStatus", "eventAttendanceMode", "organizer", "location", "url"):
            check(part in it, f"{path} schema.org without {part}")
        datetime.datetime.fromisoformat(it["startDate"])
        print(path, "schema.org", json.dumps(it, ensure_ascii=False)[:400])


series, off = events()
first = re.search(r'href="(/users/[^"/]+)"', call(series, headers={"Accept": "text/html"})[2])
paths = ["/calendar.ics", "/calendar.ics?neighbours=1&alarm=60", "/tags/f%C3%AAte/calendar.ics", series + ".ics", off + ".ics"]
if first:
    paths.append(first.group(1) + "/calendar.ics")
repeating = re.search(r'href="(/series/[^"/]+)"', call(series, headers={"Accept": "text/html"})[2])
if repeating:
    paths.append(repeating.group(1) + ".ics")
check(bool(repeating), "a link to the series")
paths += sys.argv[3:]
read = {path: calendar(path) for path in paths}
whole = {str(e["SUMMARY"]): e for e in read["/calendar.ics"].walk("VEVENT")}
check(TITLE[:190].strip() in whole, "the long title")
check(whole["Annulé d'avance"]["STATUS"] == "CANCELLED", "cancelled")
check("RRULE" in whole["Marché du vendredi"], "the rule of a series")
for what in ("events", "posts"):
    for form in ("atom", "rss"):
        news(f"/{what}.{form}")
        if first:
            news(f"{first.group(1)}/{what}.{form}")
page(series, "Marché du vendredi")
page(off, "Annulé d'avance")
print("\n".join(ORIGIN + path for path in paths))
sys.exit(1 if wrong else 0)
