package org.placette.post;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.feed.FeedStore;
import org.placette.notification.NotificationStore;

/**
 * What those who moderate take away, for now or for good, and give back. Here it is gone from every
 * screen; elsewhere the Group that passed it on takes its Announces back, which can be undone, and
 * says in FEP-1b12's words that a moderator removed it.
 */
public final class Takedown {

  private final Actors actors;
  private final CarersVoice voice;

  public Takedown(Actors actors, CarersVoice voice) {
    this.actors = actors;
    this.voice = voice;
  }

  /** Hides a post from everybody but its author; harmless when that was done. */
  public void hide(Tx tx, long id) {
    var post = PostStore.lock(tx, id);
    if (post == null || post.visibility() == Visibility.HIDDEN) return;
    var group = group(tx, post);
    if (group != null) voice.removed(tx, group, post);
    HiddenStore.hide(tx, id, true);
    FeedStore.hidden(tx, id);
    NotificationStore.hidden(tx, id);
    PostStore.gone(tx, post);
  }

  /** Shows it again to whom it is for; harmless when it is not hidden. */
  public void show(Tx tx, long id) {
    var hidden = PostStore.lock(tx, id);
    if (hidden == null || hidden.visibility() != Visibility.HIDDEN) return;
    var post = HiddenStore.shown(tx, hidden);
    FeedStore.posted(tx, List.of(id));
    Arrivals.tell(tx, List.of(HiddenStore.told(tx, post)));
    var group = group(tx, post);
    if (group != null) voice.restored(tx, group, post);
  }

  /** The post as it was before it was hidden; null when there is none. */
  public @Nullable Post uncovered(Tx tx, long id) {
    var post = PostStore.lock(tx, id);
    return post == null ? null : HiddenStore.shown(tx, post);
  }

  /** Ends a post of another server, here and in the Group that passed it on. */
  public void remove(Tx tx, Post post) {
    var group = group(tx, post);
    if (group != null) voice.removed(tx, group, post);
    PostStore.delete(tx, post);
  }

  private @Nullable Actor group(Tx tx, Post post) {
    var id = Passing.groupOf(tx, post);
    var group = id == null ? null : actors.byId(tx, id);
    return group == null || !group.local() ? null : group;
  }
}
