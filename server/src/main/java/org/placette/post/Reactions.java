package org.placette.post;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.web.Problem;

/** What residents do to posts of others: Like, Announce, and taking these back. */
public final class Reactions {

  /** How many posts may be pinned. */
  private static final int PINNED = 5;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Outbox outbox;
  private final Targets targets;

  public Reactions(Db db, Actors actors, Posts posts, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.outbox = outbox;
    this.targets = targets;
  }

  /** Likes a post; harmless when it is liked already. */
  public void like(Actor actor, long postId) {
    var post = posts.shown(postId, actor);
    var author = author(post);
    var uri = outbox.newActivityUri();
    db.transact(
        tx -> {
          if (!ReactionStore.like(tx, actor.id(), post.id(), uri, null, Instant.now())) return;
          NotificationStore.tell(tx, author.id(), Type.Like, actor.id(), post.id());
          if (author.local()) return;
          var like = PostObject.about("Like", uri, actor, named(tx, post), to(author), List.of());
          var unused = outbox.send(tx, actor, like, targets.of(tx, List.of(author)));
        });
  }

  /** Takes a Like back; harmless when there is none. */
  public void unlike(Actor actor, long postId) {
    var post = posts.shown(postId, actor);
    var author = author(post);
    db.transact(
        tx -> {
          var like = ReactionStore.likeOf(tx, actor.id(), post.id());
          if (like == null || !ReactionStore.unlike(tx, actor.id(), post.id())) return;
          NotificationStore.untell(tx, author.id(), Type.Like, actor.id(), post.id());
          if (author.local()) return;
          var undone =
              PostObject.about("Like", like.uri(), actor, named(tx, post), to(author), List.of());
          var undo = PostObject.undo(outbox.newActivityUri(), undone);
          var unused = outbox.send(tx, actor, undo, targets.of(tx, List.of(author)));
        });
  }

  /**
   * Announces a post to one's followers; harmless when that was done already.
   *
   * @throws Problem.Forbidden when not everybody may read it
   */
  public void announce(Actor actor, long postId) {
    announce(actor, postId, Visibility.PUBLIC);
  }

  /**
   * The same to those whom it is for: everybody, or one's followers. What one wrote for followers
   * is for followers again.
   */
  void announce(Actor actor, long postId, Visibility wanted) {
    var post = posts.shown(postId, actor);
    var again = post.visibility() == Visibility.FOLLOWERS && post.actorId() == actor.id();
    if (!post.visibility().open() && !again)
      throw new Problem.Forbidden("Not everybody may read this");
    var to = again ? Visibility.FOLLOWERS : wanted;
    var author = author(post);
    var uri = outbox.newActivityUri();
    db.transact(
        tx -> {
          if (!ReactionStore.announce(tx, actor.id(), post.id(), uri, Instant.now(), to)) return;
          NotificationStore.tell(tx, author.id(), Type.Announce, actor.id(), post.id());
          var announce = GroupVoice.announce(uri, actor, post.uri(), to);
          announce.withArray("cc").add(author.uri());
          var unused =
              outbox.send(
                  tx,
                  actor,
                  announce,
                  targets.followersAnd(tx, Set.of(actor.id()), List.of(author)));
        });
  }

  /** Takes an Announce back; harmless when there is none. */
  public void unannounce(Actor actor, long postId) {
    var post = posts.shown(postId, actor);
    var author = author(post);
    db.transact(
        tx -> {
          var announce = ReactionStore.announceOf(tx, actor.id(), post.id());
          var to = ReactionStore.announcedTo(tx, actor.id(), post.id());
          if (announce == null || !ReactionStore.unannounce(tx, actor.id(), post.id())) return;
          NotificationStore.untell(tx, author.id(), Type.Announce, actor.id(), post.id());
          var undone = GroupVoice.announce(announce.uri(), actor, post.uri(), to);
          undone.withArray("cc").add(author.uri());
          var undo = PostObject.undo(outbox.newActivityUri(), undone);
          var unused =
              outbox.send(
                  tx, actor, undo, targets.followersAnd(tx, Set.of(actor.id()), List.of(author)));
        });
  }

  /**
   * Pins a post of one's own to the top of one's page; harmless when it is there.
   *
   * @throws Problem.Invalid when there are too many already
   */
  void pin(Actor actor, long postId) {
    var post = posts.shown(postId, actor);
    db.transact(
        tx -> {
          if (ReactionStore.isFeatured(tx, actor.id(), post.id())) return;
          if (ReactionStore.featuredCount(tx, actor.id()) >= PINNED)
            throw new Problem.Invalid(
                "Validation failed: You have already pinned the maximum number of posts",
                Map.of("base", "ERR_LIMIT"));
          ReactionStore.feature(tx, actor.id(), post.id());
          if (post.visibility().open()) featured(tx, "Add", actor, post);
        });
  }

  /** Pins what was posted to a Group of this server to its page, or takes it down. */
  public void pin(Actor group, Post post, boolean pinned) {
    db.transact(
        tx -> {
          if (ReactionStore.isFeatured(tx, group.id(), post.id()) == pinned) return;
          if (pinned) ReactionStore.feature(tx, group.id(), post.id());
          else ReactionStore.unfeature(tx, group.id(), post.id());
          if (post.visibility().open()) featured(tx, pinned ? "Add" : "Remove", group, post);
        });
  }

  /** Takes a pin back; harmless when there is none. */
  void unpin(Actor actor, long postId) {
    var post = posts.shown(postId, actor);
    db.transact(
        tx -> {
          if (!ReactionStore.isFeatured(tx, actor.id(), post.id())) return;
          ReactionStore.unfeature(tx, actor.id(), post.id());
          if (post.visibility().open()) featured(tx, "Remove", actor, post);
        });
  }

  private void featured(Tx tx, String type, Actor actor, Post post) {
    var collection = actor.featured() == null ? actor.uri() + "/featured" : actor.featured();
    var followers = actor.followers() == null ? actor.uri() + "/followers" : actor.followers();
    var activity =
        PostObject.about(
            type,
            outbox.newActivityUri(),
            actor,
            post.uri(),
            List.of(AsObject.PUBLIC),
            List.of(followers));
    activity.put("target", collection);
    var unused = outbox.send(tx, actor, activity, targets.followersOf(tx, List.of(actor.id())));
  }

  private Actor author(Post post) {
    var author = actors.byId(post.actorId());
    if (author == null) throw new Problem.NotFound();
    return author;
  }

  private static List<String> to(Actor author) {
    return List.of(author.uri());
  }

  private static String named(Tx tx, Post post) {
    return AliasStore.name(tx, post.id(), post.uri());
  }

  /** What a Group of this server shared that everybody may read, the newest first. */
  public List<Passed> passedBy(Actor group, long before, int limit) {
    return ReactionStore.passedBy(db, group.id(), before, limit);
  }

  /** How much of that there is. */
  public long passedCount(Actor group) {
    return ReactionStore.passedCount(db, group.id());
  }

  /**
   * A post that a Group shared.
   *
   * @param id the number of its Announce
   * @param uri the id of its Announce
   * @param post the id of the post
   */
  public record Passed(long id, String uri, String post) {}
}
