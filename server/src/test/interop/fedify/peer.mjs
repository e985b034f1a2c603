// One person on a Fedify server, driven by a script: what Placette sends is written down as JSON lines,
// what the person does is asked for on a control port. See README.md beside this file.
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { parseArgs } from "node:util";
import {
  createExponentialBackoffPolicy, createFederation, generateCryptoKeyPair, InProcessMessageQueue, MemoryKvStore,
} from "@fedify/fedify";
import { Temporal } from "@js-temporal/polyfill";
import { verifyObject, verifyRequestDetailed } from "@fedify/fedify/sig";
import {
  Accept, Activity, Announce, Application, Create, Delete, Endpoints, Event, Follow, Group, Join, Leave, Like, Mention,
  Note, Object as ASObject, Person, PUBLIC_COLLECTION, Question, Service, Tombstone, Undo, Update,
} from "@fedify/vocab";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    control: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    user: { type: "string", default: "fay" },
    "actor-type": { type: "string", default: "Person" },
    "first-knock": { type: "string", default: "rfc9421" },
    cert: { type: "string" },
    key: { type: "string" },
    log: { type: "string" },
    only: { type: "string" },
    reject: { type: "boolean", default: false },
    queue: { type: "boolean", default: false },
  },
});
const knock = options["first-knock"] === "cavage" ? "draft-cavage-http-signatures-12" : "rfc9421";
const user = options.user;

/** Everything seen so far, one record per line of the log. */
const seen = [];
function record(entry) {
  const line = { n: seen.length, at: new Date().toISOString(), ...entry };
  seen.push(line);
  if (options.log) appendFileSync(options.log, JSON.stringify(line) + "\n");
}

const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
const followers = new Map(); // actor id -> recipient
const following = new Map(); // actor id -> our Follow, and what was answered
const objects = new Map(); // note id -> Note, or Tombstone
const outbox = []; // newest last
const sent = new Map(); // activity id -> activity, so that it can be undone

const federation = createFederation({
  kv: new MemoryKvStore(),
  queue: options.queue ? new InProcessMessageQueue() : undefined,
  // Fedify's own: after five failures a host is left alone for half an hour.
  circuitBreaker: false,
  outboxRetryPolicy: createExponentialBackoffPolicy({
    initialDelay: { seconds: 2 }, maxDelay: { seconds: 5 }, maxAttempts: 50,
  }),
  allowPrivateAddress: true,
  firstKnock: knock,
  onOutboxError: (error, activity) => record({ event: "not-delivered", id: activity?.id?.href, error: String(error) }),
});

const actorTypes = { Person, Service, Group, Application };
federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => {
    if (identifier !== user) return null;
    const pairs = await ctx.getActorKeyPairs(identifier);
    return new actorTypes[options["actor-type"]]({
      id: ctx.getActorUri(identifier),
      preferredUsername: identifier,
      name: "Fay of Fedify",
      summary: "<p>A neighbour from elsewhere</p>",
      url: ctx.getActorUri(identifier),
      inbox: ctx.getInboxUri(identifier),
      outbox: ctx.getOutboxUri(identifier),
      followers: ctx.getFollowersUri(identifier),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey,
      assertionMethods: pairs.map((pair) => pair.multikey),
    });
  })
  .setKeyPairsDispatcher((_ctx, identifier) => (identifier === user ? keys : []));
federation.setFollowersDispatcher("/users/{identifier}/followers", () => ({ items: [...followers.values()] }));
federation.setOutboxDispatcher("/users/{identifier}/outbox", () => ({ items: outbox.toReversed() }))
  .setCounter(() => outbox.length);
federation.setObjectDispatcher(Note, "/notes/{id}", (ctx, { id }) =>
  objects.get(ctx.getObjectUri(Note, { id }).href) ?? null);
federation.setObjectDispatcher(Event, "/events/{id}", (ctx, { id }) =>
  objects.get(ctx.getObjectUri(Event, { id }).href) ?? null);
federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
  software: { name: "fedify-peer", version: { major: 2, minor: 3, patch: 6 } },
  protocols: ["activitypub"],
  usage: { users: { total: 1 }, localPosts: outbox.length, localComments: 0 },
}));
federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .setSharedKeyDispatcher(() => ({ identifier: user }))
  .on(Follow, async (ctx, follow) => {
    record({ event: "received", type: "Follow", id: follow.id?.href, actor: follow.actorId?.href });
    const follower = await follow.getActor(ctx);
    if (follower === null || options.reject) return;
    followers.set(follower.id.href, follower);
    const accept = new Accept({ id: activityId(ctx), actor: ctx.getActorUri(user), object: follow });
    await ctx.sendActivity({ identifier: user }, follower, accept);
  })
  .on(Undo, async (ctx, undo) => {
    const undone = await embedded(ctx, undo);
    record({ event: "received", type: "Undo", id: undo.id?.href, of: undone?.constructor.name });
    if (undone instanceof Follow) followers.delete(undo.actorId.href);
  })
  .on(Accept, async (ctx, accept) => {
    record({ event: "received", type: "Accept", id: accept.id?.href, of: accept.objectId?.href });
    if (following.has(accept.actorId.href)) following.get(accept.actorId.href).accepted = true;
  })
  .on(Join, async (ctx, join) => {
    record({ event: "received", type: "Join", id: join.id?.href, actor: join.actorId?.href, object: join.objectId?.href });
    const accept = new Accept({ id: activityId(ctx), actor: ctx.getActorUri(user), object: join, to: join.actorId });
    await ctx.sendActivity({ identifier: user }, await join.getActor(ctx), accept);
  })
  .on(Activity, async (ctx, activity) => {
    const object = await embedded(ctx, activity);
    record({
      event: "received",
      type: activity.constructor.name,
      id: activity.id?.href,
      actor: activity.actorId?.href,
      object: object === null || object === undefined ? String(activity.objectId ?? "") : await summaryOf(object),
    });
  })
  .onError((_ctx, error) => record({ event: "refused", error: String(error?.stack ?? error) }))
  .onUnverifiedActivity((_ctx, activity, reason) =>
    record({ event: "unverified", type: activity.constructor.name, reason: JSON.stringify(reason) }));

/** The object of an activity, embedded or fetched; null when it is gone or not ours to see. */
async function embedded(ctx, activity) {
  try {
    return await activity.getObject?.(ctx);
  } catch {
    return null;
  }
}

/** What a reader of this server would see of an object. */
async function summaryOf(object) {
  const shown = {
    type: object.constructor.name,
    id: object.id?.href,
    name: object.name?.toString(),
    content: object.content?.toString(),
    summary: object.summary?.toString(),
  };
  if (object.startTime) shown.startTime = object.startTime.toString();
  if (object.endTime) shown.endTime = object.endTime.toString();
  if (object.updated) shown.updated = object.updated.toString();
  if (object instanceof Question) {
    shown.options = [];
    for await (const option of object.getExclusiveOptions()) shown.options.push(option.name?.toString());
  }
  return shown;
}

let count = 0;
const start = Date.now().toString(36);
const activityId = (ctx) => new URL(`/activities/${start}-${++count}`, ctx.getActorUri(user));

/** Sends to whom the activity concerns besides our followers: the authors of what it is about. */
async function send(ctx, activity, about) {
  sent.set(activity.id.href, activity);
  const recipients = new Map(followers);
  for (const one of about.filter(Boolean)) recipients.set(one.id.href, one);
  await ctx.sendActivity({ identifier: user }, [...recipients.values()], activity);
  record({ event: "sent", type: activity.constructor.name, id: activity.id.href, to: [...recipients.keys()] });
  return { id: activity.id.href, object: activity.objectId?.href };
}

async function look(ctx, url) {
  const documentLoader = await ctx.getDocumentLoader({ identifier: user });
  const found = await ctx.lookupObject(url, { documentLoader });
  if (found === null) throw new Error(`cannot look up ${url}`);
  return found;
}

async function authorOf(ctx, object) {
  if (object.inboxId) return object;
  const documentLoader = await ctx.getDocumentLoader({ identifier: user });
  return object.getAttribution({ ...ctx, documentLoader, contextLoader: ctx.contextLoader });
}

/** The person's verbs. Each takes the JSON of the control request and gives JSON back. */
const verbs = {
  async follow(ctx, { actor }) {
    const followed = await look(ctx, actor);
    const follow = new Follow({ id: activityId(ctx), actor: ctx.getActorUri(user), object: followed.id });
    following.set(followed.id.href, { id: follow.id.href, accepted: false });
    return send(ctx, follow, [followed]);
  },
  async note(ctx, { content, inReplyTo, name, to }) {
    const id = ctx.getObjectUri(Note, { id: `${start}-${++count}` });
    const parent = inReplyTo ? await look(ctx, inReplyTo) : null;
    const author = parent ? await authorOf(ctx, parent) : null;
    const other = to ? await look(ctx, to) : null;
    const mentioned = [author, other].filter(Boolean);
    const isVote = name !== undefined;
    const note = new Note({
      id,
      attribution: ctx.getActorUri(user),
      content: isVote ? undefined : content,
      name: isVote ? name : undefined,
      published: isVote ? undefined : now(),
      replyTarget: parent?.id,
      to: isVote ? author.id : PUBLIC_COLLECTION,
      ccs: isVote ? [] : [ctx.getFollowersUri(user), ...mentioned.map((one) => one.id)],
      tags: isVote ? [] : mentioned.map((one) => new Mention({ href: one.id, name: `@${one.preferredUsername}` })),
      url: isVote ? undefined : id,
    });
    objects.set(id.href, note);
    const create = new Create({
      id: activityId(ctx), actor: ctx.getActorUri(user), object: note, tos: note.toIds.length ? note.toIds : [],
      ccs: note.ccIds,
    });
    if (!isVote) outbox.push(create);
    const result = await send(ctx, create, mentioned);
    return { ...result, object: id.href };
  },
  async event(ctx, { name, startTime }) {
    const id = ctx.getObjectUri(Event, { id: `${start}-${++count}` });
    const event = new Event({
      id, name, attribution: ctx.getActorUri(user), content: "<p>Come</p>", published: now(), url: id,
      startTime: Temporal.Instant.from(startTime), to: PUBLIC_COLLECTION, cc: ctx.getFollowersUri(user),
    });
    objects.set(id.href, event);
    const create = new Create({
      id: activityId(ctx), actor: ctx.getActorUri(user), object: event, tos: event.toIds, ccs: event.ccIds,
    });
    outbox.push(create);
    return { ...await send(ctx, create, []), object: id.href };
  },
  async vote(ctx, { question, name }) {
    return verbs.note(ctx, { name, inReplyTo: question });
  },
  like: (ctx, { object }) => about(ctx, Like, object),
  join: (ctx, { object }) => about(ctx, Join, object),
  leave: (ctx, { object }) => about(ctx, Leave, object),
  announce: (ctx, { object }) => about(ctx, Announce, object, { to: PUBLIC_COLLECTION, cc: ctx.getFollowersUri(user) }),
  async update(ctx, { object, content }) {
    const note = objects.get(object).clone({ content, updated: now() });
    objects.set(object, note);
    const update = new Update({
      id: activityId(ctx), actor: ctx.getActorUri(user), object: note, tos: note.toIds, ccs: note.ccIds,
    });
    return send(ctx, update, await mentionedIn(ctx, note));
  },
  async delete(ctx, { object }) {
    const note = objects.get(object);
    const tombstone = new Tombstone({ id: note.id });
    objects.set(object, tombstone);
    const gone = new Delete({
      id: activityId(ctx), actor: ctx.getActorUri(user), object: tombstone, to: PUBLIC_COLLECTION,
    });
    return send(ctx, gone, await mentionedIn(ctx, note));
  },
  async undo(ctx, { activity }) {
    const undone = sent.get(activity);
    const object = await look(ctx, undone.objectId);
    if (undone instanceof Follow) following.delete(undone.objectId.href);
    const undo = new Undo({ id: activityId(ctx), actor: ctx.getActorUri(user), object: undone, tos: undone.toIds });
    return send(ctx, undo, [await authorOf(ctx, object)]);
  },
  async look(ctx, { url }) {
    const object = await look(ctx, url);
    return object instanceof ASObject ? { ...(await summaryOf(object)), json: await object.toJsonLd() } : object;
  },
  state: () => ({
    actor: `${base}/users/${user}`,
    followers: [...followers.keys()],
    following: Object.fromEntries(following),
    objects: [...objects.keys()],
  }),
  log: (_ctx, { since = 0 }) => seen.slice(since),
};

async function about(ctx, type, object, extra = {}) {
  const found = await look(ctx, object);
  const author = await authorOf(ctx, found);
  const activity = new type({ id: activityId(ctx), actor: ctx.getActorUri(user), object: found.id, to: author?.id, ...extra });
  return send(ctx, activity, [author]);
}

async function mentionedIn(ctx, note) {
  const people = [];
  for await (const tag of note.getTags()) if (tag instanceof Mention) people.push(await look(ctx, tag.href));
  return people;
}

const now = () => Temporal.Now.instant();

/** Node's request as a web Request, with the public address of this server. */
async function webRequest(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
  const withBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const body = Buffer.concat(chunks);
  return { request: new Request(new URL(incoming.url, base), { method: incoming.method, headers, body: withBody ? body : undefined }), body };
}

/** Fedify's own verdict on the signature and on the proof, apart from what it does with the activity. */
async function verdict(request, json) {
  const ctx = federation.createContext(new URL(base), undefined);
  const loaders = { documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader };
  const dialect = request.headers.has("signature-input") ? "rfc9421" : "cavage";
  const spec = dialect === "cavage" ? "draft-cavage-http-signatures-12" : "rfc9421";
  const result = await verifyRequestDetailed(request, { ...loaders, spec });
  let proof = json?.proof ? "invalid" : "none";
  try {
    const { signature: _unproven, ...proven } = json ?? {}; // an old linked-data signature is added after the proof
    if (json?.proof && (await verifyObject(Activity, proven, loaders)) !== null) proof = "valid";
  } catch (error) {
    proof = `failed: ${error}`;
  }
  return { dialect, signature: result.verified ? "valid" : JSON.stringify(result.reason), proof };
}

async function serve(incoming, outgoing) {
  try {
    const { request, body } = await webRequest(incoming);
    const inbox = request.method === "POST";
    let entry = { event: inbox ? "inbox" : "fetched", path: incoming.url };
    if (inbox) {
      let json = null;
      try { json = JSON.parse(body); } catch { /* recorded as it is */ }
      entry = { ...entry, type: json?.type, id: json?.id, ...(await verdict(request.clone(), json)), body: json ?? String(body) };
    } else {
      entry.signed = request.headers.has("signature-input") ? "rfc9421" : request.headers.has("signature") ? "cavage" : "no";
      entry.accept = request.headers.get("accept");
    }
    const gone = request.method === "GET" && objects.get(request.url) instanceof Tombstone;
    const refused = inbox && options.only !== undefined && entry.dialect !== options.only;
    const response = refused
      ? new Response("sign otherwise", { status: 401 })
      : gone
      ? new Response(JSON.stringify(await objects.get(request.url).toJsonLd()), { status: 410, headers: { "content-type": "application/activity+json" } })
      : await federation.fetch(request, { contextData: undefined });
    record({ ...entry, status: response.status });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    record({ event: "error", error: String(error?.stack ?? error) });
    outgoing.writeHead(500).end();
  }
}

async function control(incoming, outgoing) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const verb = verbs[incoming.url.slice(1)];
  try {
    if (!verb) throw new Error(`verbs: ${Object.keys(verbs).join(", ")}`);
    const asked = chunks.length ? JSON.parse(Buffer.concat(chunks)) : {};
    const ctx = federation.createContext(new URL(base), undefined);
    const answer = await verb(ctx, asked);
    outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer ?? null));
  } catch (error) {
    outgoing.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: String(error?.stack ?? error) }));
  }
}

const listening = (server, port) => new Promise((resolve) => server.listen(Number(port), "127.0.0.1", () => resolve(server.address().port)));
const secure = options.cert !== undefined;
const server = secure
  ? createTlsServer({ cert: readFileSync(options.cert), key: readFileSync(options.key) }, serve)
  : createServer(serve);
const port = await listening(server, options.port);
const base = `${secure ? "https" : "http"}://${options.host}:${port}`;
const controlPort = await listening(createServer(control), options.control);
console.log(JSON.stringify({ actor: `${base}/users/${user}`, control: `http://127.0.0.1:${controlPort}` }));
