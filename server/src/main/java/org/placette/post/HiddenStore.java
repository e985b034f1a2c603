package org.placette.post;

import java.util.Objects;
import org.placette.db.Tx;

/** Posts that those who moderate hid: whom they are for is kept beside. */
final class HiddenStore {

  private HiddenStore() {}

  /** Hides a post from everybody but its author, or shows it again to whom it is for. */
  static void hide(Tx tx, long id, boolean hidden) {
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

  /** Whom a post is to be told of here: who wrote what it answers, and those it mentions. */
  static NewPostStore.Stored told(Tx tx, Post post) {
    var mentioned =
        tx.list(
            "select m.actor_id from mention m join account o on o.actor_id = m.actor_id"
                + " where m.post_id = $1",
            row -> row.getLong(0),
            post.id());
    var above = post.inReplyToId() == null ? null : PostStore.byId(tx, post.inReplyToId());
    return new NewPostStore.Stored(post, above == null ? null : above.actorId(), mentioned);
  }

  /** The post as it was before it was hidden. */
  static Post shown(Tx tx, Post post) {
    if (post.visibility() != Visibility.HIDDEN) return post;
    hide(tx, post.id(), false);
    return Objects.requireNonNullElse(PostStore.byId(tx, post.id()), post);
  }
}
