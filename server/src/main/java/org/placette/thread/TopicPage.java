package org.placette.thread;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Byline;
import org.placette.body.Bodies;
import org.placette.post.Attachment;
import org.placette.post.PostView;

/**
 * The page of a discussion.
 *
 * @param shown its first post; null when that was removed
 * @param topic what holds for it; null when it stands in no Group
 * @param group where it stands; null for nowhere
 * @param answer the official answer, when there is one that the viewer may read
 * @param tree what was answered, as the chosen view has it: without children when flat
 * @param next the number after which more comes; 0 when this is all
 * @param voices the bodies that the viewer may answer for
 * @param care what the viewer may do with the whole of it; null for nothing
 */
public record TopicPage(
    long rootId,
    @Nullable PostView shown,
    @Nullable Topic topic,
    @Nullable Byline group,
    @Nullable PostView answer,
    List<Branch> tree,
    boolean flat,
    long next,
    @Nullable Care care,
    List<Bodies.Named> voices) {

  public TopicPage {
    voices = List.copyOf(voices);
    tree = List.copyOf(tree);
  }

  /**
   * A post with the answers to it.
   *
   * @param it null when it was removed
   * @param more how many answers to it are not on this page
   */
  public record Branch(@Nullable PostView it, long id, List<Branch> children, int more) {

    public Branch {
      children = List.copyOf(children);
    }
  }

  /** A Group that it may be moved to. */
  public record Door(long id, String name) {}

  /**
   * What those may do who care for its Group.
   *
   * @param doors where it may be moved to; empty when it must stay
   * @param pinned whether it stands first on its Group's page
   */
  public record Care(List<Door> doors, boolean pinned) {}

  /** A picture for previews; null for none. */
  public @Nullable String picture() {
    if (shown == null || shown.post().sensitive()) return null;
    return shown.post().attachment().stream()
        .filter(Attachment::picture)
        .map(Attachment::url)
        .findFirst()
        .orElse(null);
  }
}
