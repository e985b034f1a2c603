// Does with masto.js what a resident does with an app.
// Usage: use_masto.mjs ORIGIN TOKEN OTHER_TOKEN, of two people on one server.
import assert from "node:assert";
import { createRestAPIClient, createStreamingAPIClient } from "masto";
import WebSocket from "ws";

// What masto expects of a newer Node.
globalThis.WebSocket ??= WebSocket;
Promise.withResolvers ??= () => {
  const held = {};
  held.promise = new Promise((resolve, reject) => Object.assign(held, { resolve, reject }));
  return held;
};

const [origin, token, otherToken] = process.argv.slice(2);
const me = createRestAPIClient({ url: origin, accessToken: token });
const other = createRestAPIClient({ url: origin, accessToken: otherToken });
const gif = Buffer.from("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=", "base64");

const mine = await me.v1.accounts.verifyCredentials();
const theirs = await other.v1.accounts.verifyCredentials();

const media = await me.v2.media.create({ file: new Blob([gif], { type: "image/gif" }), description: "Un point" });
const shown = await me.v1.statuses.create({ status: "Un point #village", mediaIds: [media.id], language: "fr" });
assert.equal(shown.mediaAttachments[0].description, "Un point");

const asked = await other.v1.statuses.create({
  status: "Quel jour ?",
  poll: { options: ["lundi", "mardi"], expiresIn: 3600, multiple: true },
});
const voted = await me.v1.polls.$select(asked.poll.id).votes.create({ choices: [0, 1] });
assert.deepEqual(voted.ownVotes, [0, 1]);
assert.equal(voted.votersCount, 1);

assert.ok((await me.v1.accounts.$select(theirs.id).follow()).following);
for (let i = 0; i < 5; i++) await other.v1.statuses.create({ status: "Numéro " + i });
const pages = me.v1.timelines.home.list({ limit: 3 }).values();
const first = (await pages.next()).value;
const second = (await pages.next()).value;
assert.equal(second.length, 3);
assert.ok(BigInt(first.at(-1).id) > BigInt(second[0].id));
const back = await me.v1.timelines.home.list({ limit: 3, minId: second[0].id });
assert.deepEqual(back.map((one) => one.id), first.map((one) => one.id));

const select = (client, id) => client.v1.statuses.$select(id);
const reply = await me.v1.statuses.create({ status: `@${theirs.acct} Les deux`, inReplyToId: asked.id });
assert.equal(reply.mentions[0].id, theirs.id);
assert.deepEqual((await select(other, asked.id).context.fetch()).descendants.map((one) => one.id), [reply.id]);
assert.equal((await select(me, asked.id).reblog()).reblog.id, asked.id);
assert.ok((await select(me, asked.id).favourite()).favourited);
assert.equal((await select(other, asked.id).favouritedBy.list())[0].id, mine.id);
const edited = await select(me, reply.id).update({ status: "Mardi", spoilerText: "non" });
assert.ok(edited.editedAt && edited.spoilerText === "non");
assert.equal((await select(me, reply.id).history.list()).length, 2);
assert.equal((await select(me, reply.id).source.fetch()).text, "Mardi");
const later = await me.v1.statuses.create({ status: "Plus tard", scheduledAt: "2099-01-01T00:00:00.000Z" });
assert.equal(later.params.text, "Plus tard");
await me.v1.scheduledStatuses.$select(later.id).remove();
await me.v1.markers.create({ home: { lastReadId: asked.id } });
assert.equal((await me.v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, asked.id);
assert.equal((await select(me, reply.id).remove()).text, "Mardi");

const told = await other.v1.notifications.list();
assert.ok(told.some((one) => one.type === "reblog"));
const grouped = await other.v2.notifications.list({ groupedTypes: ["favourite", "reblog", "follow"] });
const liked = grouped.notificationGroups.find((one) => one.type === "favourite");
assert.equal(liked.statusId, asked.id);
assert.deepEqual(liked.sampleAccountIds, [mine.id]);
assert.ok(grouped.accounts.some((one) => one.id === mine.id));
assert.ok(grouped.statuses.some((one) => one.id === asked.id));
assert.ok((await other.v2.notifications.unreadCount.fetch()).count > 0);
console.log("notifications read");

const instance = await me.v2.instance.fetch();
const streaming = createStreamingAPIClient({
  streamingApiUrl: instance.configuration.urls.streaming,
  accessToken: token,
  implementation: WebSocket,
});
const events = streaming.user.subscribe().values();
const heard = async (event) => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error("no " + event)), 5000).unref());
  const next = await Promise.race([events.next(), late]);
  assert.equal(next.value.event, event);
  return next.value.payload;
};
const firstHeard = heard("update");
await new Promise((done) => setTimeout(done, 1000));
const said = await other.v1.statuses.create({ status: "Le four est chaud" });
assert.equal((await firstHeard).id, said.id);
await select(other, said.id).update({ status: "Le four est froid" });
assert.ok((await heard("status.update")).content.includes("froid"));
await select(other, said.id).remove();
assert.equal(await heard("delete"), said.id);
await select(other, shown.id).reblog();
assert.equal((await heard("notification")).type, "reblog");
const filter = await me.v2.filters.create({ title: "Foot", context: ["home"], keywordsAttributes: [{ keyword: "foot" }] });
assert.equal((await me.v2.filters.$select(filter.id).keywords.list())[0].keyword, "foot");
await heard("filters_changed");
streaming.close();
console.log("streams heard");
console.log("masto did it all");
process.exit(0);
