package org.placette.quote;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.StampStore;

/** QuoteRequest, the answers to ours, and the Delete of a stamp that was believed (FEP-044f). */
public final class QuoteInbox implements ActivityHandler {

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Quotes quotes;

  public QuoteInbox(Db db, Actors actors, Posts posts, Quotes quotes) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.quotes = quotes;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(
        new Kind("QuoteRequest", "*"),
        new Kind("Accept", "QuoteRequest"),
        new Kind("Accept", ""),
        new Kind("Reject", "QuoteRequest"),
        new Kind("Reject", ""),
        new Kind("Delete", "QuoteAuthorization"),
        new Kind("Delete", ""));
  }

  @Override
  public @Nullable Effect verify(Received received) {
    return switch (received.activity().type()) {
      case "QuoteRequest" -> request(received);
      case "Delete" -> revoked(received);
      default -> answer(received);
    };
  }

  private Effect request(Received received) {
    var from = received.actor();
    var id = received.activity().id();
    var quoting = quoting(received);
    var quoted = wanted(received);
    var author = actors.byId(quoted.actorId());
    if (id == null || author == null) throw new Refused("no-object-id");
    return tx -> quotes.received(tx, from, author, quoted, id, quoting);
  }

  /** What wants to quote: the sender's own, by its id or embedded. */
  private static String quoting(Received received) {
    var from = received.actor().uri();
    var instrument = received.activity().target("instrument");
    var quoting = instrument == null ? null : instrument.id();
    if (instrument == null || quoting == null) throw new Refused("no-instrument");
    var author = instrument.ref("attributedTo");
    if (author != null && !author.equals(from)) throw new Refused("not-the-author");
    if (!AsObject.sameOrigin(quoting, from)) throw new Refused("foreign-object");
    return quoting;
  }

  private Post wanted(Received received) {
    var id = received.object().id();
    var quoted = id == null || !actors.urls().isOurs(id) ? null : posts.byUri(id);
    if (quoted == null) throw new Refused("quote-of-nothing-here");
    return quoted;
  }

  private @Nullable Effect answer(Received received) {
    var id = received.object().id();
    var post = id == null ? null : quotes.asked(id);
    if (post == null) return null;
    var author = actors.byId(post.actorId());
    var quoted = post.quote() == null ? null : posts.byUri(post.quote());
    if (author == null || quoted == null) return Effect.NONE;
    if (quoted.actorId() != received.actor().id()) throw new Refused("answer-not-by-the-target");
    var stamp = received.activity().is("Accept") ? received.activity().ref("result") : null;
    if (stamp != null && !AsObject.sameOrigin(stamp, received.actor().uri()))
      throw new Refused("foreign-object");
    return tx -> quotes.answered(tx, post, author, stamp);
  }

  private @Nullable Effect revoked(Received received) {
    var id = received.object().id();
    if (id == null || !StampStore.relied(db, id)) return null;
    if (!AsObject.sameOrigin(id, received.actor().uri())) throw new Refused("foreign-object");
    return tx -> {
      var unused = StampStore.revoke(tx, id);
    };
  }
}
