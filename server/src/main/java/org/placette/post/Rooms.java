package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Sql;
import org.placette.web.Problem;

/** The Groups of this server in which something may be published: as forms name them, by number. */
public final class Rooms {

  private final Db db;
  private final Actors actors;
  private final Posts posts;

  public Rooms(Db db, Actors actors, Posts posts) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
  }

  /** Those that somebody may write to, besides that of the whole place. */
  public List<PostForm.Room> open(Actor author) {
    return posts.rules().rooms(db, author).stream().filter(room -> room.host() == null).toList();
  }

  /** Whether somebody may begin something in a Group of this server. */
  public boolean admits(Sql sql, Actor author, Actor group) {
    return group.local()
        && !group.deleted()
        && Destination.admits(author, group, posts.rules(), sql);
  }

  /** Whether what is posted to a Group is for its members alone. */
  public boolean forMembers(Sql sql, Actor group) {
    return Destination.membersOnly(group, posts.rules(), sql);
  }

  /**
   * Whom something new is for: what is posted to a private Group is for its members, whoever asks.
   *
   * @param group null for none
   * @param ring whether it is for residents and confirmed neighbours alone
   * @throws Problem.Forbidden when the Group does not take it from its author
   */
  public Addressing addressing(
      Sql sql, Actor author, @Nullable Actor group, boolean ring, List<String> mentioned) {
    if (group != null && !admits(sql, author, group))
      throw new Problem.Forbidden("Only members write to this group");
    if (group != null && forMembers(sql, group))
      return new Addressing(Visibility.GROUP, List.of(group.uri()), mentioned);
    if (ring) return new Addressing(Visibility.RING, List.of(), mentioned);
    return new Addressing(
        Visibility.PUBLIC, group == null ? List.of() : List.of(group.uri()), mentioned);
  }

  /**
   * The Group of that number, or else that of the whole place.
   *
   * @param number empty for the whole place
   * @throws Problem.NotFound when there is none of that number here
   */
  public Actor of(Sql sql, String number) {
    if (number.isEmpty()) return actors.village();
    var group = number.matches("\\d{1,18}") ? actors.byId(sql, Long.parseLong(number)) : null;
    if (group == null || !group.local() || !group.isType("Group") || group.deleted())
      throw new Problem.NotFound();
    return group;
  }

  /** The number of the Group that something was posted to; empty for the whole place or none. */
  public String of(Post post) {
    @Nullable Long group = post.audienceId();
    return group == null || group == actors.village().id() ? "" : String.valueOf(group);
  }
}
