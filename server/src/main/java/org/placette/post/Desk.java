package org.placette.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.mastodon.Account;
import org.placette.mastodon.Call;
import org.placette.mastodon.Status;
import org.placette.mastodon.StatusEdit;
import org.placette.mastodon.Statuses;
import org.placette.media.Media;
import org.placette.web.Problem;

/** What every call about statuses works with: who calls, and which post is meant. */
public final class Desk {

  final Db db;
  final Actors actors;
  final Posts posts;
  final Statuses statuses;
  final PostMedia media;
  private volatile Quoting quoting = (tx, author, post) -> {};
  volatile Editions editions = (post, account) -> null;
  private volatile Heard heard = (tx, author, answered, text) -> {};

  public Desk(Db db, Actors actors, Posts posts, Statuses statuses, Media media) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.statuses = statuses;
    this.media = new PostMedia(media);
  }

  /** Hears what residents answer; in the transaction that stores it. */
  public interface Heard {
    /** A resident answered a post with these words. */
    void wrote(Tx tx, Actor author, long answered, String text);

    /** Whether these words only tell an organiser who wants no comments who comes. */
    default boolean forOrganiserAlone(long answered, String text) {
      return false;
    }
  }

  /** Hears of posts that quote another, in the transaction that stores them. */
  @FunctionalInterface
  public interface Quoting {
    void wrote(Tx tx, Actor author, Post post);
  }

  /** Says who asks for consent to quotes. */
  public void quoting(Quoting given) {
    quoting = given;
  }

  /** What was more than a text, state by state. */
  public interface Editions {

    /** The earliest first; null for a post that is no more than its text. */
    @Nullable List<StatusEdit> of(Post post, Account author);
  }

  /** Says who knows how events were shown. */
  public void editions(Editions given) {
    editions = given;
  }

  /** Says who hears answers. */
  public void heard(Heard given) {
    heard = given;
  }

  /** Why the tables behind these calls exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    List<Retention.Table> all = new ArrayList<>(MarkStore.retention());
    all.add(OnceStore.retention());
    all.add(RevisionStore.retention());
    return all;
  }

  /** The actor who calls. */
  public Actor person(Call call) {
    var actor = actors.byId(call.person().actorId());
    if (actor == null) throw new Problem.Unauthorized("This method requires an authenticated user");
    return actor;
  }

  /**
   * The post of the id in the path, which may also be that of a boost of it.
   *
   * @throws Problem.NotFound when there is none that the viewer may read
   */
  public Post post(Call call) {
    var viewer = call.viewer() == 0 ? null : actors.byId(call.viewer());
    return shown(call.id(), viewer);
  }

  /** The same for a number. */
  public Post shown(long id, @Nullable Actor viewer) {
    var boosted = ReactionStore.postOf(db, id);
    try {
      return posts.shown(Objects.requireNonNullElse(boosted, id), viewer);
    } catch (Problem.Gone e) {
      throw new Problem.NotFound();
    }
  }

  /**
   * A post of the caller's own.
   *
   * @throws Problem.NotFound when it is somebody else's
   */
  Post own(Call call) {
    var post = post(call);
    if (post.actorId() != call.viewer()) throw new Problem.NotFound();
    return post;
  }

  /** A post as its caller sees it. */
  public Status status(Call call, long id) {
    return statuses.one(call.viewer(), id);
  }

  /** What it is written with; null when the app has no name. */
  static @Nullable JsonNode application(Call call) {
    var caller = call.person();
    if (caller.appName() == null) return null;
    var app = JsonNodeFactory.instance.objectNode().put("name", caller.appName());
    return app.put("website", caller.appWebsite());
  }

  /** Whom somebody's posts are for when an app does not say. */
  Visibility usual(Actor author) {
    return Visibility.of(AudienceStore.usual(db, author.id(), 0));
  }

  /**
   * Publishes what was asked for.
   *
   * @param also what is stored with it
   */
  public Post publish(Actor author, WantedPost wanted, @Nullable JsonNode app, Extras.Also also) {
    var ids = wanted.media();
    var files = media.of(db, author.id(), ids);
    var quoted = wanted.quotedStatusId() == null ? null : quoted(wanted.quotedStatusId(), author);
    var poll = wanted.poll() == null ? null : wanted.poll().poll();
    @Nullable Long answered =
        wanted.inReplyToId() == null ? null : shown(wanted.inReplyToId(), author).id();
    Extras.Also all =
        (tx, post) -> {
          also.store(tx, post);
          if (quoted != null)
            quoting.wrote(tx, author, Objects.requireNonNull(PostStore.byId(tx, post)));
          if (!ids.isEmpty()) media.attach(tx, author.id(), ids, post);
          if (answered != null) heard.wrote(tx, author, answered, wanted.text());
        };
    var quotable = Quotable.of(wanted.quoteApprovalPolicy());
    var extras = new Extras(wanted.plain(), wanted.sensitive(), poll, quoted, quotable, app, all);
    var who =
        answered != null && heard.forOrganiserAlone(answered, wanted.text())
            ? Visibility.DIRECT
            : wanted.who();
    var listed = who == Visibility.PUBLIC || who == Visibility.LOCAL;
    return posts.publish(
        author,
        new Posts.NewPost(
            wanted.text(),
            null,
            wanted.spoilerText(),
            who,
            wanted.language(),
            answered,
            listed && answered == null ? actors.village() : null,
            files,
            extras));
  }

  private String quoted(long id, Actor author) {
    var post = shown(id, author);
    if (!post.visibility().open() || !QuoteStore.allowed(db, post.id(), author.id()))
      throw new Problem.Forbidden("This action is not allowed");
    return post.uri();
  }

  /**
   * Uploaded files of these numbers.
   *
   * @throws Problem.Invalid when one is not the owner's
   */
  public List<Attachment> files(Actor owner, List<Long> ids) {
    return media.of(db, owner.id(), ids);
  }
}
