// Does with megalodon what a resident does with an app.
// Usage: use_megalodon.mjs ORIGIN TOKEN OTHER_TOKEN, of two people on one server.
import assert from "node:assert";
import { createReadStream, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import megalodon from "megalodon";

const generator = megalodon.default ?? megalodon;
const [origin, token, otherToken] = process.argv.slice(2);
const me = generator("mastodon", origin, token);
const other = generator("mastodon", origin, otherToken);
const file = join(tmpdir(), `placette-${process.pid}.gif`);
writeFileSync(file, Buffer.from("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=", "base64"));

const theirs = (await other.verifyAccountCredentials()).data;
const media = (await me.uploadMedia(createReadStream(file), { description: "Un point" })).data;
const shown = (await me.postStatus("Un point #village", { media_ids: [media.id] })).data;
assert.equal(shown.media_attachments[0].description, "Un point");
const asked = (await other.postStatus("Quel jour ?", { poll: { options: ["lundi", "mardi"], expires_in: 3600 } })).data;
assert.deepEqual((await me.votePoll(asked.poll.id, [1])).data.own_votes, [1]);
assert.ok((await me.followAccount(theirs.id)).data.following);
for (let i = 0; i < 5; i++) await other.postStatus("Numéro " + i);
const first = (await me.getHomeTimeline({ limit: 3 })).data;
const second = (await me.getHomeTimeline({ limit: 3, max_id: first.at(-1).id })).data;
const back = (await me.getHomeTimeline({ limit: 3, min_id: second[0].id })).data;
assert.deepEqual(back.map((one) => one.id), first.map((one) => one.id));
const reply = (await me.postStatus("Mardi", { in_reply_to_id: asked.id })).data;
assert.equal((await me.reblogStatus(asked.id)).data.reblog.id, asked.id);
assert.ok((await me.favouriteStatus(asked.id)).data.favourited);
assert.ok((await me.bookmarkStatus(asked.id)).data.bookmarked);
assert.ok((await me.editStatus(reply.id, { status: "Lundi" })).data.content.includes("Lundi"));
assert.equal((await me.getStatusContext(asked.id)).data.descendants[0].id, reply.id);
await me.deleteStatus(reply.id);
assert.ok((await other.getNotifications()).data.some((one) => one.type === "reblog"));
console.log("notifications read");

const stream = await me.userStreaming();
const heard = (event) =>
  new Promise((done, no) => {
    setTimeout(() => no(new Error("no " + event)), 5000).unref();
    stream.once(event, done);
  });
stream.on("error", (problem) => { throw problem; });
await heard("connect");
let said;
const post = async () => { said = (await other.postStatus("Le four est chaud")).data; };
const [update] = await Promise.all([heard("update"), post()]);
assert.equal(update.id, said.id);
const [edit] = await Promise.all([heard("status_update"), other.editStatus(said.id, { status: "Le four est froid" })]);
assert.ok(edit.content.includes("froid"));
const [gone] = await Promise.all([heard("delete"), other.deleteStatus(said.id)]);
assert.equal(String(gone), said.id);
const [note] = await Promise.all([heard("notification"), other.favouriteStatus(shown.id)]);
assert.equal(note.type, "favourite");
stream.stop();
console.log("streams heard");
console.log("megalodon did it all");
process.exit(0);
