package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Sql;

/** What the Groups of this server ask of those who write to them; the group feature decides. */
public interface GroupRules {

  /** Everybody may write to any Group, and everybody may read it. */
  GroupRules OPEN = new GroupRules() {};

  /** True when only its members may read what is posted to a Group of this server. */
  default boolean isPrivate(Sql sql, Actor group) {
    return false;
  }

  /** The Groups that somebody may write to, besides that of the whole place. */
  default List<PostForm.Room> rooms(Sql sql, Actor author) {
    return List.of();
  }

  /**
   * Whether somebody may begin a discussion in a Group of this server, and is passed on by it. The
   * answers of others are stored and shown, and passed on by nobody.
   */
  default boolean mayPost(Sql sql, Actor author, Actor group) {
    return true;
  }

  /** The Group that a hashtag belongs to; null when there is none. */
  default @Nullable Long tagged(Sql sql, List<String> tags) {
    return null;
  }
}
