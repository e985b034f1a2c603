package org.placette.post;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Ids;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.inbox.Received;
import org.placette.web.Limit;

/**
 * Which Group of this server passes on what came from elsewhere: the one it was sent to, else the
 * one whose discussion it answers, so that the tree is whole for everybody who follows it. An open
 * Group passes on what it accepts from anybody; of those who are no members only so much in an
 * hour, so that nobody makes it shout.
 */
final class Passing {

  private static final Duration KNOWN = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Limit unknown = new Limit(5, HOUR);
  private final Limit guests = new Limit(20, HOUR);
  private final Limit together = new Limit(200, HOUR);
  private final Actors actors;
  private final GroupRules rules;
  private final GroupVoice voice;

  Passing(Actors actors, GroupRules rules, GroupVoice voice) {
    this.voice = voice;
    this.actors = actors;
    this.rules = rules;
  }

  /**
   * The Group that tells its followers of the post; null when none does.
   *
   * @param counted false for what is always said, such as the end of a post
   */
  @Nullable Actor of(Tx tx, Post post, boolean counted) {
    var group = group(tx, post);
    if (group == null || !group.local()) return null;
    if (ReactionStore.isMember(tx, group.id(), post.actorId()))
      return post.visibility().open() && rules.isPrivate(tx, group) ? null : group;
    var author = post.visibility().open() ? actors.byId(tx, post.actorId()) : null;
    if (author == null || !rules.mayPost(tx, author, group)) return null;
    return !counted || within(group, author) ? group : null;
  }

  /** What a neighbour answers in a discussion of ours goes on to the others of our ring. */
  void toRing(Tx tx, Post post, Received received) {
    if (post.visibility() != Visibility.RING || post.audienceId() != null) return;
    var relay = actors.byUri(tx, actors.urls().relay());
    if (relay == null) return;
    var others =
        AudienceStore.ring(tx).stream()
            .map(id -> actors.byId(tx, id))
            .flatMap(Stream::ofNullable)
            .filter(one -> !Objects.equals(one.host(), received.actor().host()))
            .toList();
    voice.forward(tx, relay, received.activity().json(), others);
  }

  private @Nullable Actor group(Tx tx, Post post) {
    var id = groupOf(tx, post);
    return id == null ? null : actors.byId(tx, id);
  }

  /** The Group that a post is in, by its own word or by the discussion that it answers. */
  static @Nullable Long groupOf(Sql sql, Post post) {
    var id = post.audienceId();
    if (id != null || post.inReplyTo() == null || !post.visibility().open()) return id;
    var root = PostStore.byId(sql, post.rootId());
    return root == null || !root.visibility().open() ? null : root.audienceId();
  }

  private boolean within(Actor group, Actor author) {
    var known = Ids.instant(author.id()).plus(KNOWN).isBefore(Instant.now());
    var key = group.id() + " " + author.id();
    return (known ? guests : unknown).allows(key) && together.allows(String.valueOf(group.id()));
  }
}
