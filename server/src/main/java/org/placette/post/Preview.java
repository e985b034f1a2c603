package org.placette.post;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.card.CardStore;
import org.placette.card.Cards;
import org.placette.db.Tx;

/** Which link of a post is worth a preview; {@link Cards} makes it. */
final class Preview {

  private Preview() {}

  /** Asks for the previews of new posts. */
  static void want(Tx tx, Collection<Long> stored, Map<Long, Draft> drafts) {
    List<Long> posts = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    for (var id : stored) {
      var draft = drafts.get(id);
      var link = draft == null ? null : link(draft, draft.addressing().visibility());
      if (link == null) continue;
      posts.add(id);
      urls.add(link);
    }
    CardStore.want(tx, posts, urls);
  }

  /** Another text may have another link, or none. */
  static void changed(Tx tx, Post post, Draft draft) {
    var link = link(draft, post.visibility());
    CardStore.forget(tx, post.id(), link);
    if (link != null) CardStore.want(tx, List.of(post.id()), List.of(link));
  }

  /** The link that a post is about; null when it has none, or shows something else already. */
  private static @Nullable String link(Draft draft, Visibility visibility) {
    if (visibility == Visibility.DIRECT || draft.type().equals("Event")) return null;
    if (draft.poll() != null || draft.quote() != null || draft.companionOf() != null) return null;
    String attached = null;
    for (var one : draft.attachment()) {
      if (!one.type().equals("Link")) return null;
      if (attached == null) attached = one.url();
    }
    return attached != null ? attached : Cards.first(draft.words().content());
  }
}
