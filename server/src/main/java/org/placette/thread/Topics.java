package org.placette.thread;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.body.Bodies;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.group.Groups;
import org.placette.post.CarersVoice;
import org.placette.post.ModeratorStore;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Reactions;
import org.placette.post.ReplyRules;
import org.placette.web.Problem;

/**
 * What people do with whole discussions: close them, slow them, name the official answer, move them
 * to another Group. Those may who care for the Group ({@link Groups#mayCare}).
 */
public final class Topics implements ReplyRules {

  private static final int LONGEST_WAIT = 7 * 24 * 60;

  private final Db db;
  private final Actors actors;
  private final Groups groups;
  private final Posts posts;
  private final Reactions reactions;
  private final Bodies bodies;
  private final CarersVoice voice;

  public Topics(
      Db db,
      Actors actors,
      Groups groups,
      Posts posts,
      Reactions reactions,
      Bodies bodies,
      CarersVoice voice) {
    this.voice = voice;
    this.db = db;
    this.actors = actors;
    this.groups = groups;
    this.posts = posts;
    this.reactions = reactions;
    this.bodies = bodies;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.owned("topic", "retention.topic"),
        Retention.Table.owned("topic_read", "retention.topic_read"));
  }

  @Override
  public @Nullable String refusal(Sql sql, long author, String answered, String own, Instant at) {
    return TopicStore.refusal(sql, author, answered, own, at);
  }

  /**
   * The discussions of a Group that somebody may read, those that moved last first.
   *
   * @param viewer 0 for a stranger
   * @param before the {@code lastId} of the last one of the page before; the greatest number at
   *     first
   */
  public static List<TopicLine> of(Db db, long viewer, long group, long before, int limit) {
    return TopicStore.of(db, viewer, group, before, limit);
  }

  /** What holds for the thread of a first post; null when it stands in no Group. */
  @Nullable Topic of(long root) {
    return TopicStore.byRoot(db, root);
  }

  /** Whether somebody cares for a discussion. */
  boolean mayCare(Topic topic, long viewer) {
    var group = viewer == 0 ? null : actors.byId(topic.groupId());
    return group != null && group.local() && groups.mayCare(group, viewer);
  }

  /** What a carer may do with it. */
  TopicPage.Care care(Topic topic) {
    var root = posts.byId(topic.rootId());
    var movable = root != null && root.visibility().open();
    return new TopicPage.Care(
        movable ? TopicStore.doors(db, topic.groupId()) : List.of(),
        TopicStore.isPinned(db, topic.groupId(), topic.rootId()));
  }

  /** Closes a discussion to answers, here and from elsewhere, or opens it again. */
  public void close(Actor by, long root, boolean closed) {
    var topic = cared(by, root);
    db.transact(tx -> decided(tx, topic, closed));
  }

  /** Closes it or opens it again; a Group of this server tells its followers. */
  void decided(Tx tx, Topic topic, boolean closed) {
    if (topic.closed() == closed) return;
    TopicStore.close(tx, topic.rootId(), closed);
    var post = posts.byId(tx, topic.rootId());
    var group = actors.byId(tx, topic.groupId());
    if (post == null || group == null || !group.local()) return;
    voice.locked(tx, group, post, closed);
    var author = actors.byId(tx, post.actorId());
    if (author != null && author.local()) posts.tellChange(tx, author, post, List.of());
  }

  @Override
  public boolean closed(Sql sql, long root) {
    var topic = TopicStore.byRoot(sql, root);
    return topic != null && topic.closed();
  }

  @Override
  public void closedElsewhere(Tx tx, long root, boolean closed) {
    var topic = TopicStore.byRoot(tx, root);
    var group = topic == null ? null : actors.byId(tx, topic.groupId());
    if (group != null && !group.local()) TopicStore.close(tx, root, closed);
  }

  /** Whether somebody elsewhere may decide about a discussion: those who care for its Group. */
  boolean mayDecide(Actor by, Topic topic) {
    var group = actors.byId(topic.groupId());
    if (group == null) return false;
    return group.local() ? groups.mayCare(group, by.id()) : ModeratorStore.moderates(db, group, by);
  }

  /**
   * Makes everybody wait between two answers.
   *
   * @param minutes 0 to 10,080; 0 for no wait
   */
  public void slow(Actor by, long root, int minutes) {
    var topic = cared(by, root);
    if (minutes < 0 || minutes > LONGEST_WAIT) throw new Problem.BadRequest("0 to 10080 minutes");
    db.transact(tx -> TopicStore.slow(tx, topic.rootId(), minutes == 0 ? null : minutes * 60));
  }

  /**
   * Names the official answer: one that an association or the town hall gave in this discussion.
   *
   * @param answer 0 for none
   * @throws Problem.Invalid when a person gave it
   */
  public void answer(Actor by, long root, long answer) {
    var topic = cared(by, root);
    if (answer != 0) {
      var post = posts.shown(answer, by);
      if (post.rootId() != root || post.id() == root) throw new Problem.NotFound();
      var author = actors.byId(post.actorId());
      if (author == null || !author.isType("Service") && !author.isType("Organization"))
        throw new Problem.Invalid(
            "Only an association or the town hall answers officially", java.util.Map.of());
    }
    db.transact(tx -> TopicStore.answer(tx, topic.rootId(), answer == 0 ? null : answer));
  }

  /** For whom somebody may answer officially. */
  List<Bodies.Named> voices(long viewer) {
    return bodies.of(viewer);
  }

  /**
   * Answers in the name of an association or the town hall; that stands first from now on.
   *
   * @param language a BCP 47 tag
   * @throws Problem.Forbidden when {@code by} does not speak for it
   */
  public Post speak(Actor by, long root, long body, String text, String language) {
    var voice = bodies.spokenFor(by, body);
    var first = posts.shown(root, by);
    if (TopicStore.byRoot(db, root) == null) throw new Problem.NotFound();
    var wanted = Posts.NewPost.note(text, language).to(first.visibility()).inReplyTo(root);
    var answer = posts.publish(voice, wanted);
    db.transact(tx -> TopicStore.answer(tx, root, answer.id()));
    return answer;
  }

  /** Puts the first post on top of its Group's page, or takes it down. */
  public void pin(Actor by, long root, boolean pinned) {
    var topic = cared(by, root);
    groups.pin(by, Objects.requireNonNull(actors.byId(topic.groupId())), root, pinned);
  }

  /**
   * Moves a discussion to another open Group of this server: the one takes its Announce back, the
   * other announces it, and what was written here says by an Update where it stands now.
   *
   * @throws Problem.Forbidden when it, or either Group, is not open to everybody
   */
  public void move(Actor by, long root, long group) {
    var topic = cared(by, root);
    var from = Objects.requireNonNull(actors.byId(topic.groupId()));
    var to = actors.byId(group);
    var post = posts.shown(root, by);
    var theme = to == null ? null : groups.theme(to);
    if (to == null || theme == null || to.deleted()) throw new Problem.NotFound();
    if (theme.isPrivate() || !post.visibility().open())
      throw new Problem.Forbidden("Only open discussions move, and only to open groups");
    if (to.id() == from.id()) return;
    if (TopicStore.isPinned(db, from.id(), root)) groups.pin(by, from, root, false);
    reactions.unannounce(from, root);
    db.transact(
        tx -> {
          TopicStore.move(tx, root, to.id());
          voice.moved(tx, from, to, post);
        });
    reactions.announce(to, root);
    tell(post);
  }

  private void tell(Post moved) {
    var author = actors.byId(moved.actorId());
    if (author == null || !author.local()) return;
    var now = posts.byId(moved.id());
    if (now != null) posts.retell(author, now);
  }

  private Topic cared(Actor by, long root) {
    var unused = posts.shown(root, by);
    var topic = TopicStore.byRoot(db, root);
    if (topic == null) throw new Problem.NotFound();
    if (!mayCare(topic, by.id())) throw new Problem.Forbidden("Those who care for the group do it");
    return topic;
  }
}
