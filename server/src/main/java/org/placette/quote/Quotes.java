package org.placette.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.outbox.Outbox;
import org.placette.outbox.Target;
import org.placette.outbox.Targets;
import org.placette.post.Consent;
import org.placette.post.Post;
import org.placette.post.PostObject;
import org.placette.post.PostStore;
import org.placette.post.Posts;
import org.placette.post.QuoteStore;
import org.placette.post.StampStore;

/** Asks for consent to quotes, gives it, and hears of it (FEP-044f). */
public final class Quotes {

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Outbox outbox;
  private final Targets targets;

  public Quotes(Db db, Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.outbox = outbox;
    this.targets = targets;
  }

  /**
   * A resident quotes something in a new post: what was written here may be quoted by whoever may
   * read it; elsewhere its author is asked, and the quote waits.
   */
  public void wrote(Tx tx, Actor author, Post post) {
    var quoted = post.quote() == null ? null : PostStore.byUri(tx, post.quote());
    var by = quoted == null ? null : actors.byId(tx, quoted.actorId());
    if (quoted == null || by == null) return;
    if (by.local()) {
      if (by.id() != author.id()) {
        var stamp = StampStore.give(tx, quoted.id(), post.uri(), author.id());
        StampStore.keep(tx, post.id(), Consent.accepted(address(stamp)));
        NotificationStore.tell(tx, by.id(), Type.Quote, author.id(), post.id());
      }
      QuoteStore.count(tx, quoted.uri());
      return;
    }
    StampStore.keep(tx, post.id(), new Consent(Consent.State.PENDING, null));
    var audience = post.audienceId() == null ? null : actors.byId(tx, post.audienceId());
    var object = PostObject.of(post, author, audience, actors.urls());
    var ask = QuoteObject.request(request(post.uri()), author.uri(), quoted.uri(), object);
    var unused = outbox.send(tx, author, ask, List.of(Target.personal(by)));
  }

  /** The id of the request for the quote in a post of this server. */
  static String request(String post) {
    return post + "#quote";
  }

  /** The post whose request has this id; null when it is none of ours. */
  @Nullable Post asked(String request) {
    var ours = actors.urls().isOurs(request) && request.endsWith("#quote");
    return ours ? posts.byUri(request.substring(0, request.length() - "#quote".length())) : null;
  }

  /**
   * Somebody elsewhere asks to quote a post of this server: yes where they may read it as everybody
   * may and its author has not said otherwise, no else.
   *
   * @param id of the request
   * @param quoting the id of what quotes it
   */
  void received(Tx tx, Actor from, Actor author, Post quoted, String id, String quoting) {
    var request = QuoteObject.named(id, from.uri(), quoted.uri(), quoting);
    var may =
        quoted.visibility().open()
            && AudienceStore.reads(tx, from.id(), quoted.id())
            && QuoteStore.allowed(tx, quoted.id(), from.id())
            && !StampStore.isRevoked(tx, quoting);
    var type = may ? "Accept" : "Reject";
    ObjectNode answer = QuoteObject.answer(type, outbox.newActivityUri(), author.uri(), request);
    if (may) answer.put("result", address(StampStore.give(tx, quoted.id(), quoting, from.id())));
    var unused = outbox.send(tx, author, answer, List.of(Target.personal(from)));
  }

  /** Whoever was asked has answered; those who got the post are told of the stamp. */
  void answered(Tx tx, Post post, Actor author, @Nullable String stamp) {
    var state = stamp == null ? Consent.State.REJECTED : Consent.State.ACCEPTED;
    StampStore.keep(tx, post.id(), new Consent(state, stamp));
    QuoteStore.count(tx, post.quote());
    var now = PostStore.byId(tx, post.id());
    if (now != null && stamp != null) posts.tellChange(tx, author, now, List.of());
  }

  /**
   * Whoever was quoted wants it no more: the quote is shown without what it quoted, here and
   * wherever the stamp was believed.
   */
  void revoke(Tx tx, Actor author, Post quoted, Post quoting) {
    var by = actors.byId(tx, quoting.actorId());
    StampStore.keep(tx, quoting.id(), new Consent(Consent.State.REVOKED, null));
    QuoteStore.count(tx, quoted.uri());
    var stamp = StampStore.take(tx, quoted.id(), quoting.uri());
    if (by == null) return;
    if (stamp != null) {
      var delete = QuoteObject.delete(outbox.newActivityUri(), address(stamp.id()), stamp);
      var told = targets.followersAnd(tx, List.of(author.id()), List.of(by));
      var unused = outbox.send(tx, author, delete, told);
    }
    var now = by.local() ? PostStore.byId(tx, quoting.id()) : null;
    if (now != null) posts.tellChange(tx, by, now, List.of());
  }

  /** What a stamp given here says; null when it does not hold. */
  @Nullable ObjectNode authorization(UUID id) {
    var stamp = StampStore.byId(db, id);
    return stamp == null ? null : QuoteObject.authorization(address(id), stamp);
  }

  private String address(UUID stamp) {
    return actors.urls().at("/quotes/" + stamp);
  }
}
