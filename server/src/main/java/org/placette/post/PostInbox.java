package org.placette.post;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.federation.fetch.FetchProblem;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.JointEffect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;

/** Create, Update and Delete of everything that is published, and Invite to an event. */
public final class PostInbox implements ActivityHandler {

  /** How many people one Invite may name. */
  private static final int INVITED = 100;

  private final Db db;
  private final Actors actors;
  private final RemotePosts remote;
  private final GroupVoice voice;
  private final GroupRules rules;
  private final Passing passing;
  private final JointEffect.Together<Created> createdOnes = this::created;

  public PostInbox(Db db, Actors actors, RemotePosts remote, GroupVoice voice) {
    this(db, actors, remote, voice, GroupRules.OPEN);
  }

  public PostInbox(Db db, Actors actors, RemotePosts remote, GroupVoice voice, GroupRules rules) {
    this.rules = rules;
    this.passing = new Passing(actors, rules, voice);
    this.db = db;
    this.actors = actors;
    this.remote = remote;
    this.voice = voice;
  }

  @Override
  public Set<Kind> kinds() {
    Set<Kind> kinds = new HashSet<>();
    for (var type : PostReader.TYPES) {
      kinds.add(new Kind("Create", type));
      kinds.add(new Kind("Update", type));
      kinds.add(new Kind("Delete", type));
    }
    kinds.add(new Kind("Create", ""));
    kinds.add(new Kind("Update", ""));
    kinds.add(new Kind("Delete", ""));
    kinds.add(new Kind("Delete", "Tombstone"));
    kinds.add(new Kind("Invite", "Event"));
    kinds.add(new Kind("Invite", ""));
    return Set.copyOf(kinds);
  }

  @Override
  public @Nullable Effect verify(Received received) {
    var object = received.object();
    var id = object.id();
    if (id == null) throw new Refused("no-object-id");
    if (!AsObject.sameOrigin(id, received.actor().uri())) {
      // Mobilizon invites to Groups, of whichever server, in the same way: that is no event.
      if (received.activity().is("Invite") && object.raw("type") == null) return null;
      throw new Refused("foreign-object");
    }
    return switch (received.activity().type()) {
      case "Delete" -> delete(received, id);
      case "Update" -> update(received, meant(received, object));
      default -> create(received, object);
    };
  }

  private @Nullable Effect create(Received received, AsObject object) {
    if (PostReader.typeOf(object) == null) return fetched(received, object);
    // Votes belong to the poll they answer; they are never shown.
    if (PostReader.isVote(object)) return null;
    var author = author(received, object);
    var read = placed(remote.read(object, received.activity(), author, received.at()));
    var above = new ArrayList<>(remote.ancestors(read, received.budget()));
    var quoted = remote.quoted(read, received.budget());
    above.addAll(quoted);
    var incoming =
        dated(remote.agreed(object, read, quoted, received.budget()), received.activity());
    var created = new Created(received, incoming);
    if (above.isEmpty()) return new JointEffect<>(created, createdOnes);
    return tx -> {
      for (var one : above) {
        var unused = Arrivals.store(tx, one, false);
      }
      created(tx, List.of(created));
    };
  }

  /**
   * What somebody sends to a private Group of this server, or answers there, is for its members.
   *
   * @throws Refused when the author is none of them
   */
  private Incoming placed(Incoming incoming) {
    var draft = incoming.draft();
    var addressing = draft.addressing();
    if (addressing.visibility().open()) return welcome(incoming);
    var group = privateGroup(draft);
    if (group == null) return incoming;
    if (!ReactionStore.isMember(db, group.id(), draft.actorId())) throw new Refused("not-a-member");
    var inside = new Addressing(Visibility.GROUP, List.of(group.uri()), addressing.mentioned());
    return incoming.as(draft.withAddressing(inside));
  }

  /** A discussion begun by somebody whom a Group does not take it from is not in that Group. */
  private Incoming welcome(Incoming incoming) {
    var draft = incoming.draft();
    var addressing = draft.addressing();
    var author = draft.inReplyTo() == null ? actors.byId(draft.actorId()) : null;
    if (author == null) return incoming;
    var groups = addressing.groups().stream().filter(uri -> takes(uri, author)).toList();
    if (groups.size() == addressing.groups().size()) return incoming;
    var elsewhere = new Addressing(addressing.visibility(), groups, addressing.mentioned());
    return incoming.as(draft.withAddressing(elsewhere));
  }

  private boolean takes(String uri, Actor author) {
    var group = actors.urls().isOurs(uri) ? actors.byUri(uri) : null;
    return group == null || !group.isType("Group") || rules.mayPost(db, author, group);
  }

  private @Nullable Actor privateGroup(Draft draft) {
    for (var uri : draft.addressing().groups()) {
      var actor = actors.urls().isOurs(uri) ? actors.byUri(uri) : null;
      if (actor != null && actor.isType("Group") && rules.isPrivate(db, actor)) return actor;
    }
    var answered = draft.inReplyTo() == null ? null : PostStore.byUri(db, draft.inReplyTo());
    if (answered == null || answered.visibility() != Visibility.GROUP) return null;
    var audience = answered.audienceId() == null ? null : actors.byId(answered.audienceId());
    return audience != null && audience.local() ? audience : null;
  }

  private record Created(Received received, Incoming incoming) {}

  private void created(Tx tx, List<Created> all) {
    for (var one : all) {
      var draft = one.incoming().draft();
      var dated = one.received().object().raw("published") != null;
      if (dated && draft.type().equals("Event"))
        PostStore.reborn(tx, draft.uri(), draft.published());
    }
    var posts = Arrivals.storeAll(tx, all.stream().map(Created::incoming).toList());
    for (var one : all) {
      var incoming = one.incoming();
      var stored = posts.get(incoming.draft().uri());
      if (stored == null) stored = Arrivals.store(tx, incoming, true);
      invited(tx, incoming.draft().uri(), one.received());
      // Mobilizon and relays send a Create again where others send an Update.
      if (stored == null && incoming.draft().updated() != null) {
        var unused = remote.change(tx, incoming);
      }
      if (stored != null) remote.heed(tx, stored, one.received().object());
      if (stored != null) named(tx, stored, one.received());
      if (stored != null) passing.toRing(tx, stored, one.received());
      var group = stored == null ? null : passing.of(tx, stored, true);
      if (stored != null && group != null)
        voice.pass(tx, group, one.received().activity().json(), stored);
    }
  }

  /** Hubzilla knows its events by the Invite that they came in; nobody names those of others. */
  private static void named(Tx tx, Post stored, Received received) {
    var id = received.activity().id();
    if (id == null || !received.activity().is("Invite")) return;
    if (stored.actorId() != received.actor().id() || !AsObject.sameOrigin(id, stored.uri())) return;
    AliasStore.keep(tx, stored.id(), id);
  }

  /** Hubzilla says on the Invite when its event was changed, not on the event. */
  private static Incoming dated(Incoming incoming, AsObject activity) {
    var draft = incoming.draft();
    var updated = activity.is("Invite") ? activity.time("updated") : null;
    return updated == null || draft.updated() != null
        ? incoming
        : incoming.as(draft.at(draft.url(), updated));
  }

  private @Nullable Effect fetched(Received received, AsObject object) {
    var id = object.id();
    if (id == null || object.raw("type") != null) return null;
    if (PostStore.byUri(db, id) != null) return tx -> invited(tx, id, received);
    var incoming = remote.fetch(id, received.budget());
    return tx -> {
      var unused = Arrivals.store(tx, incoming, true);
      invited(tx, incoming.draft().uri(), received);
    };
  }

  /** Whom an Invite names is told, also of an event that is known here or that is for all. */
  private static void invited(Tx tx, String uri, Received received) {
    var activity = received.activity();
    if (!activity.is("Invite")) return;
    var event = PostStore.byUri(tx, uri);
    var people = activity.addressed("to", "cc", "target").stream().limit(INVITED).toList();
    if (event != null && event.type().equals("Event"))
      Arrivals.invite(tx, event, received.actor(), people);
  }

  /** gathio, where each event is an actor, names an event otherwise in a change than before. */
  private AsObject meant(Received received, AsObject object) {
    var id = object.id();
    if (id == null || !object.is("Event") || !RemotePosts.authors(object).isEmpty()) return object;
    var only = PostStore.onlyEvent(db, received.actor());
    if (only == null || PostStore.byUri(db, id) != null) return object;
    return new AsObject(object.json().deepCopy().put("id", only));
  }

  private Effect update(Received received, AsObject object) {
    var id = String.valueOf(object.id());
    var stored = PostStore.byUri(db, id);
    Incoming incoming;
    if (PostReader.typeOf(object) == null) {
      // Some send only the id of what changed.
      if (stored == null) return Effect.NONE;
      incoming = remote.fetch(id, received.budget());
    } else if (isByModerator(received, object)) {
      incoming = confirmed(received, id);
    } else {
      var read = remote.read(object, received.activity(), author(received, object), received.at());
      incoming = remote.agreed(object, read, List.of(), received.budget());
    }
    if (stored != null && stored.actorId() != incoming.draft().actorId())
      throw new Refused("not-the-author");
    var draft = incoming.draft();
    var changed = draft.updated() == null ? draft.at(draft.url(), received.at()) : draft;
    var current = incoming.as(changed);
    return tx -> {
      var post = remote.change(tx, current);
      if (post == null) {
        var unused = Arrivals.store(tx, current, false);
        return;
      }
      remote.heed(tx, post, object);
      repeat(tx, received, post);
    };
  }

  private @Nullable Effect delete(Received received, String id) {
    var object = received.object();
    if (id.equals(received.actor().uri())) return null;
    var named = PostStore.byUri(db, id);
    var stored = named == null ? AliasStore.post(db, id) : named;
    var former = object.text("formerType");
    var type = former != null && PostReader.TYPES.contains(former) ? former : null;
    if (stored == null) return tx -> PostStore.bury(tx, id, type);
    if (stored.actorId() != received.actor().id() && !isGone(received, id))
      throw new Refused("not-the-author");
    return tx -> {
      var post = PostStore.byId(tx, stored.id());
      if (post != null) {
        repeat(tx, received, post);
        remote.deleting(tx, post);
        PostStore.delete(tx, post);
      } else PostStore.bury(tx, id, null);
    };
  }

  /** Tells the members of a local Group of a change to what it passed on. */
  private void repeat(Tx tx, Received received, Post post) {
    passing.toRing(tx, post, received);
    var group = passing.of(tx, post, !received.activity().is("Delete"));
    if (group != null) voice.repeat(tx, group, received.activity().json(), post);
  }

  /**
   * Whether somebody of the author's server changed another's post, as a group's moderators and
   * admins do (FEP-1b12). What the origin itself says then counts, not what was sent.
   */
  private static boolean isByModerator(Received received, AsObject object) {
    var actor = received.actor().uri();
    var authors = object.refs("attributedTo");
    return !authors.isEmpty()
        && !authors.contains(actor)
        && !object.refs("actor").contains(actor)
        && AsObject.sameOrigin(authors.getFirst(), actor);
  }

  private Incoming confirmed(Received received, String id) {
    try {
      return remote.fetch(id, received.budget());
    } catch (FetchProblem e) {
      if (e.reason().isPassing()) throw e;
      throw new Refused("not-the-author");
    }
  }

  /** A moderator's Delete counts when the origin itself says that the object is gone. */
  private boolean isGone(Received received, String id) {
    try {
      var unused = remote.fetch(id, received.budget());
      return false;
    } catch (FetchProblem e) {
      return e.reason() == FetchProblem.Reason.GONE;
    } catch (Refused e) {
      return false;
    }
  }

  /**
   * The author of an embedded object: the activity's actor. Mobilizon writes the person who acts
   * into the object too and attributes it to the group; both are of one origin then.
   */
  private Actor author(Received received, AsObject object) {
    var actor = received.actor();
    var authors = object.refs("attributedTo");
    if (authors.isEmpty() || authors.contains(actor.uri())) {
      return actor;
    }
    if (object.refs("actor").contains(actor.uri())
        && AsObject.sameOrigin(authors.getFirst(), actor.uri()))
      return remote.author(object, received.budget());
    throw new Refused("not-the-author");
  }
}
