package org.placette.post;

import java.util.Objects;
import org.placette.db.Tx;

/** Posts that those who moderate hid: whom they are for is kept beside. */
public final class HiddenStore {

  private HiddenStore() {}

  /** Hides a post from everybody but its author, or shows it again to whom it is for. */
  public static void hide(Tx tx, long id, boolean hidden) {
    if (hidden)
      tx.update(
          """
          update post set hidden_from = visibility, visibility = 'hidden'
          where id = $1 and visibility <> 'hidden'
          """,
          id);
    else
      tx.update(
          """
          update post set visibility = hidden_from, hidden_from = null
          where id = $1 and hidden_from is not null
          """,
          id);
  }

  /** The post as it was before it was hidden. */
  static Post shown(Tx tx, Post post) {
    if (post.visibility() != Visibility.HIDDEN) return post;
    hide(tx, post.id(), false);
    return Objects.requireNonNullElse(PostStore.byId(tx, post.id()), post);
  }
}
