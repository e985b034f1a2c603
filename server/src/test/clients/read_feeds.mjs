// Reads calendars with ical.js and node-ical, and says what each finds: the two must agree.
// Usage: node read_feeds.mjs ADDRESS...   (npm install ical.js node-ical; run by hand, after read_feeds.py)
import ICAL from "ical.js";
import ical from "node-ical";

let wrong = 0;
const check = (ok, what) => {
  if (!ok) {
    wrong++;
    console.log("WRONG", what);
  }
};

for (const address of process.argv.slice(2)) {
  const text = await (await fetch(address)).text();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const other = Object.values(ical.sync.parseICS(text)).filter((it) => it.type === "VEVENT");
  let dates = 0;
  for (const one of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(one);
    if (event.isRecurrenceException()) continue;
    const same = other.find((it) => it.uid === event.uid);
    check(same, `${address} ${event.uid} not found by node-ical`);
    if (!same) continue;
    const start = event.startDate.toJSDate();
    check(same.start.getTime() === start.getTime(), `${address} ${event.summary}: ${same.start.toISOString()} and ${start.toISOString()}`);
    check(String(same.summary) === event.summary, `${address} titles ${same.summary} and ${event.summary}`);
    check((same.location ?? "") === (event.location ?? ""), `${address} places ${same.location} and ${event.location}`);
    if (!event.isRecurring()) {
      dates++;
      continue;
    }
    const mine = [];
    const dated = event.iterator();
    for (let next = dated.next(); next && mine.length < 20; next = dated.next()) mine.push(next.toJSDate().toISOString());
    const left = Object.values(same.exdate ?? {}).map((it) => it.toISOString());
    const theirs = same.rrule.all((_, i) => i < 40).map((it) => it.toISOString()).filter((it) => !left.includes(it)).slice(0, 20);
    check(JSON.stringify(mine) === JSON.stringify(theirs), `${address} ${event.summary}\n ${mine}\n ${theirs}`);
    dates += mine.length;
  }
  console.log(`${address}: ${other.length} entries, ${dates} dates`);
}
process.exit(wrong ? 1 : 0);
