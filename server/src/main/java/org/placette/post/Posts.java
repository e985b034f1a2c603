package org.placette.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;
import org.placette.web.Problem;

/** What residents do with posts: publish, answer, edit and delete; each in one transaction. */
public final class Posts {

  private final Db db;
  private final Actors actors;
  private final Outbox outbox;
  private final Targets targets;
  private final Reach reach;
  private final Writing writing;
  private final GroupVoice voice;
  private final Drafts drafts;
  private volatile PostGate gate = PostGate.OPEN;
  private volatile GroupRules rules = GroupRules.OPEN;
  private volatile Ballots ballots = Ballots.NONE;
  private volatile ReplyRules replies = ReplyRules.OPEN;

  public Posts(Db db, Actors actors, Outbox outbox, Targets targets) {
    this.db = db;
    this.actors = actors;
    this.outbox = outbox;
    this.targets = targets;
    this.writing = new Writing(actors);
    this.voice = new GroupVoice(outbox, targets);
    this.drafts = new Drafts(actors);
    this.reach = new Reach(actors, targets);
  }

  /** How texts become HTML. */
  public Writing writing() {
    return writing;
  }

  /**
   * What a resident wants to publish.
   *
   * @param text as typed
   * @param name a title, or null
   * @param warning a content warning, or null
   * @param language a BCP 47 tag
   * @param inReplyTo the id of the post it answers
   * @param audience the local Group it is posted to; null for that of the post it answers, if any
   * @param extras what apps may add
   */
  public record NewPost(
      String text,
      @Nullable String name,
      @Nullable String warning,
      Visibility visibility,
      @Nullable String language,
      @Nullable Long inReplyTo,
      @Nullable Actor audience,
      List<Attachment> attachments,
      Extras extras) {

    public NewPost(
        String text,
        @Nullable String name,
        @Nullable String warning,
        Visibility visibility,
        @Nullable String language,
        @Nullable Long inReplyTo,
        @Nullable Actor audience,
        List<Attachment> attachments) {
      this(
          text, name, warning, visibility, language, inReplyTo, audience, attachments, Extras.NONE);
    }

    /** A public text without anything else. */
    public static NewPost note(String text, String language) {
      return new NewPost(text, null, null, Visibility.PUBLIC, language, null, null, List.of());
    }

    public NewPost inReplyTo(long post) {
      return new NewPost(
          text, name, warning, visibility, language, post, audience, attachments, extras);
    }

    public NewPost to(Visibility who) {
      return new NewPost(
          text, name, warning, who, language, inReplyTo, audience, attachments, extras);
    }

    public NewPost in(Actor group) {
      return new NewPost(
          text, name, warning, visibility, language, inReplyTo, group, attachments, extras);
    }

    public NewPost titled(String title) {
      return new NewPost(
          text, title, warning, visibility, language, inReplyTo, audience, attachments, extras);
    }
  }

  /** Says what the Groups of this server ask of those who write to them. */
  public void rules(GroupRules given) {
    rules = given;
  }

  /** Says who keeps the votes of polls. */
  public void ballots(Ballots given) {
    ballots = given;
  }

  /** Says what discussions ask of those who answer in them. */
  public void rules(ReplyRules given) {
    replies = given;
  }

  /** Says who may write how much. */
  public void gate(PostGate given) {
    gate = given;
  }

  GroupRules rules() {
    return rules;
  }

  /** The post of an id, whoever may see it; null when there is none. */
  public @Nullable Post byId(long id) {
    return PostStore.byId(db, id);
  }

  /** The stored post of an ActivityPub id; null when there is none. */
  public @Nullable Post byUri(String uri) {
    return PostStore.byUri(db, uri);
  }

  /**
   * The post of an id if the viewer may read it.
   *
   * @param viewer null for a stranger
   * @throws Problem.Gone when it was deleted
   * @throws Problem.NotFound when there is none that this viewer may know of
   */
  public Post shown(long id, @Nullable Actor viewer) {
    var post = PostStore.byId(db, id);
    if (post == null) {
      if (PostStore.tombstone(db, actors.urls().post(id)) != null) throw new Problem.Gone();
      throw new Problem.NotFound();
    }
    if (!readable(post, viewer)) throw new Problem.NotFound();
    return post;
  }

  /** True when the viewer may read it; {@link AudienceStore} says who may. */
  public boolean readable(Post post, @Nullable Actor viewer) {
    return AudienceStore.reads(db, viewer == null ? 0 : viewer.id(), post.id());
  }

  /**
   * The readable part of a thread in order, the root first.
   *
   * @param after the id of the last one of the page before; -1 for the first page
   */
  public List<Post> thread(long root, long after, int limit) {
    return ThreadStore.discussion(db, root, after, limit);
  }

  /**
   * Publishes a text and sends it to whom it concerns.
   *
   * @throws Problem.Invalid when it is empty
   * @throws Problem.NotFound when it answers something that its author may not read
   */
  public Post publish(Actor author, NewPost wanted) {
    var extras = wanted.extras();
    if (wanted.text().isBlank() && wanted.attachments().isEmpty() && extras.poll() == null)
      throw new Problem.Invalid(
          "Validation failed: Text can't be blank", java.util.Map.of("text", "error.required"));
    var parent = wanted.inReplyTo() == null ? null : shown(wanted.inReplyTo(), author);
    // What is for those alone whom it names is no part of the discussion.
    if (parent != null && wanted.visibility() != Visibility.DIRECT)
      replies.check(db, author.id(), parent.uri());
    var composed = writing.compose(wanted);
    var id = Ids.next();
    var place = Destination.of(author, wanted, parent, composed.tags(), actors, rules, db);
    var thread = ThreadStore.context(db, parent);
    var written = drafts.draft(author, wanted, parent, thread, composed, place, id);
    var draft = parent == null ? written : AliasStore.towards(db, parent, written);
    return db.inTransaction(
        tx -> {
          var stored = insert(tx, id, draft);
          var post = stored.post();
          SourceStore.keep(tx, post.id(), wanted.text(), extras);
          if (post.poll() != null) ballots.opened(tx, post.id(), post.poll());
          QuoteStore.quotable(tx, post.id(), extras.quotable());
          extras.also().store(tx, post.id());
          var quotes = extras.quote() != null || extras.quotable() != null;
          return tell(tx, author, quotes ? stored.anew(tx) : stored);
        });
  }

  private NewPostStore.Stored insert(Tx tx, long id, Draft draft) {
    gate.check(tx, draft);
    return Objects.requireNonNull(NewPostStore.insert(tx, id, draft));
  }

  private Post tell(Tx tx, Actor author, NewPostStore.Stored stored) {
    var post = stored.post();
    Arrivals.tell(tx, List.of(stored));
    var audience = audience(tx, post);
    if (post.visibility() == Visibility.LOCAL) {
      if (audience != null) voice.mark(tx, audience, post);
      return post;
    }
    var object = PostObject.of(post, author, audience, actors.urls());
    var create =
        PostObject.wrap("Create", outbox.newActivityUri(), author, object, post.published());
    var unused = outbox.send(tx, author, create, reach.of(tx, post, author, audience));
    if (audience != null && rules.mayPost(tx, author, audience))
      voice.pass(tx, audience, create, post);
    return post;
  }

  private @Nullable Actor audience(Tx tx, Post post) {
    return post.audienceId() == null ? null : actors.byId(tx, post.audienceId());
  }

  /**
   * Changes one's own post.
   *
   * @throws Problem.Forbidden when it is somebody else's
   */
  public Post edit(Actor editor, long id, Change change) {
    var before = own(editor, id);
    var source = SourceStore.of(db, before);
    var text = change.text() == null ? source.text() : change.text();
    var plain = change.plain() == null ? source.plain() : change.plain();
    var composed = writing.compose(text, plain, change, before);
    var draft = change.of(before, composed);
    return db.inTransaction(
        tx -> {
          var post = changed(tx, draft);
          SourceStore.rewrite(tx, id, text, plain);
          if (change.poll() != null) ballots.changed(tx, id, before.poll(), change.poll());
          change.also().store(tx, id);
          tellChange(tx, editor, Objects.requireNonNull(PostStore.byId(tx, post.id())));
          return post;
        });
  }

  private Post changed(Tx tx, Draft draft) {
    gate.checkChange(tx, draft);
    var post = PostStore.update(tx, draft);
    if (post == null) throw new Problem.Conflict("It was changed meanwhile");
    return post;
  }

  /** Says anew what a post of this server is: something about it changed that is not its text. */
  public void retell(Actor author, Post post) {
    db.transact(tx -> tellChange(tx, author, post));
  }

  /** Sends what a post of this server is now to everybody whom it concerns. */
  void tellChange(Tx tx, Actor editor, Post post) {
    tellChange(tx, editor, post, List.of());
  }

  /** The same, and some besides who may not follow. */
  public void tellChange(Tx tx, Actor editor, Post post, List<Actor> besides) {
    if (post.visibility() == Visibility.LOCAL || post.visibility() == Visibility.HIDDEN) return;
    var audience = audience(tx, post);
    var object = object(tx, post, editor, audience);
    var update = PostObject.wrap("Update", outbox.newActivityUri(), editor, object, Instant.now());
    var told = new LinkedHashSet<>(reach.of(tx, post, editor, audience));
    told.addAll(targets.of(tx, besides));
    var unused = outbox.send(tx, editor, update, told);
    if (audience != null) voice.repeat(tx, audience, update, post);
  }

  /**
   * Deletes one's own post; its id answers 410 from now on.
   *
   * @throws Problem.Forbidden when it is somebody else's
   */
  public void delete(Actor editor, long id) {
    var post = own(editor, id);
    db.transact(tx -> remove(tx, editor, post));
  }

  /** Ends a post of this server for those who decided it, and tells everybody whom it concerns. */
  public void remove(Tx tx, Actor editor, Post hidden) {
    // Whoever got it before it was hidden must hear that it is gone.
    var post = HiddenStore.shown(tx, hidden);
    var audience = audience(tx, post);
    var told = reach.of(tx, post, editor, audience);
    PostStore.delete(tx, post);
    if (post.visibility() == Visibility.LOCAL) return;
    var tombstone = PostObject.tombstone(post.uri(), post.type(), post.published(), Instant.now());
    PostObject.address(tombstone, post, editor, audience);
    var delete =
        PostObject.wrap("Delete", outbox.newActivityUri(), editor, tombstone, Instant.now());
    var unused = outbox.send(tx, editor, delete, told);
    if (audience != null) voice.repeat(tx, audience, delete, post);
  }

  /** What a post of this server is, for others; and whether anybody answers it. */
  ObjectNode object(Sql sql, Post post, Actor author, @Nullable Actor audience) {
    var object = PostObject.of(post, author, audience, actors.urls());
    if (post.rootId() == post.id() && replies.closed(sql, post.id())) PostObject.close(object);
    return object;
  }

  private Post own(Actor editor, long id) {
    var post = shown(id, editor);
    if (post.actorId() != editor.id()) throw new Problem.Forbidden("Not your post");
    return post;
  }

  /**
   * What an actor published for everybody, newest first.
   *
   * @param before the id of the last one of the page before; the greatest number for the first
   */
  public List<Post> publishedBy(Actor actor, long before, int limit) {
    return ThreadStore.publishedBy(db, actor.id(), before, limit);
  }

  /** How many posts an actor published for everybody. */
  public long publishedCount(Actor actor) {
    return ThreadStore.publishedCount(db, actor.id());
  }

  /**
   * For features that build on posts: stores one and tells those here whom it concerns. Sending it
   * is the caller's part.
   *
   * @param id the id that its uri was made of
   */
  public Post store(Tx tx, long id, Draft draft) {
    var stored = insert(tx, id, draft);
    var post = stored.post();
    Arrivals.tell(tx, List.of(stored));
    return post;
  }

  /**
   * The same for a change.
   *
   * @throws Problem.Conflict when it was changed meanwhile
   */
  public Post rewrite(Tx tx, Draft draft) {
    return changed(tx, draft);
  }

  /** The same for the end of one. */
  public void bury(Tx tx, Post post) {
    PostStore.delete(tx, post);
  }

  /** The posts that make an event known to servers without events, oldest first. */
  public List<Post> companions(Tx tx, long event) {
    return ThreadStore.companions(tx, event);
  }

  /** The post of that number, or null. */
  public @Nullable Post byId(Tx tx, long id) {
    return PostStore.byId(tx, id);
  }

  /** The authors of a thread's latest posts. */
  public List<Actor> participants(Tx tx, long root) {
    List<Actor> found = new ArrayList<>();
    for (var id : ThreadStore.participants(tx, root)) {
      var actor = actors.byId(tx, id);
      if (actor != null) found.add(actor);
    }
    return found;
  }

  /** Marks a post as announced by an actor of this server. */
  public void announced(Tx tx, Actor actor, Post post, String uri) {
    var unused = ReactionStore.announce(tx, actor.id(), post.id(), uri, Instant.now());
  }

  /** True when something of this id was here and was deleted. */
  public boolean isDeleted(String uri) {
    return PostStore.isDeleted(db, uri);
  }
}
