package org.placette.group;

import java.util.List;

/**
 * What a local Group is beyond its actor.
 *
 * @param kind theme, commission or club
 * @param charter Markdown as typed; empty for none
 * @param tags hashtags that belong to it, without the sign, in lower case
 * @param audience whom posts in it are for when nobody says otherwise: public, local or ring
 * @param posting who may write in an open one: everyone or members
 */
public record Theme(
    long actorId,
    String kind,
    Access access,
    String charter,
    List<String> tags,
    String audience,
    String posting) {

  /** Who may join and read. */
  public enum Access {
    /** Everybody reads, everybody joins. */
    PUBLIC,
    /** Everybody reads, members are let in one by one. */
    APPROVAL,
    /** Members alone read, and are let in one by one. */
    PRIVATE;

    /** The word in the database and in forms. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Theme {
    tags = List.copyOf(tags);
  }

  /** Whether what anybody says there is passed on, whoever they are. */
  public boolean everybodyPosts() {
    return access == Access.PUBLIC && posting.equals("everyone");
  }

  public boolean isPrivate() {
    return access == Access.PRIVATE;
  }
}
