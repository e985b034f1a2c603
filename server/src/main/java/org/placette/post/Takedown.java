package org.placette.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Tx;
import org.placette.federation.vocab.AsObject;
import org.placette.feed.FeedStore;
import org.placette.notification.NotificationStore;
import org.placette.outbox.Outbox;
import org.placette.outbox.Targets;

/**
 * What those who moderate take away, for now or for good, and give back. Here it is gone from every
 * screen; elsewhere the Group that passed it on takes its Announces back, which can be undone, and
 * says in FEP-1b12's words that a moderator removed it.
 */
public final class Takedown {

  /** Forums take a Delete for a moderator's when it says why; the reason itself stays here. */
  private static final String REASON = "moderation";

  private final Actors actors;
  private final GroupVoice voice;
  private final Outbox outbox;

  public Takedown(Actors actors, Outbox outbox, Targets targets) {
    this.actors = actors;
    this.outbox = outbox;
    this.voice = new GroupVoice(outbox, targets);
  }

  /** Hides a post from everybody but its author; harmless when that was done. */
  public void hide(Tx tx, long id) {
    var post = PostStore.lock(tx, id);
    if (post == null || post.visibility() == Visibility.HIDDEN) return;
    var group = group(tx, post);
    if (group != null) withdraw(tx, group, post);
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
    if (group == null) return;
    var undo = PostObject.undo(outbox.newActivityUri(), removal(group, post));
    voice.repeat(tx, group, undo, post);
    voice.boost(tx, group, post);
  }

  /** The post as it was before it was hidden; null when there is none. */
  public @Nullable Post uncovered(Tx tx, long id) {
    var post = PostStore.lock(tx, id);
    return post == null ? null : HiddenStore.shown(tx, post);
  }

  /** Ends a post of another server, here and in the Group that passed it on. */
  public void remove(Tx tx, Post post) {
    var group = group(tx, post);
    if (group != null) withdraw(tx, group, post);
    PostStore.delete(tx, post);
  }

  private void withdraw(Tx tx, Actor group, Post post) {
    voice.repeat(tx, group, removal(group, post), post);
    voice.unboost(tx, group, post);
  }

  /** In the name of the place: nobody elsewhere needs to know who decided. */
  private ObjectNode removal(Actor group, Post post) {
    var everybody = post.visibility().open() ? AsObject.PUBLIC : group.uri() + "/followers";
    var id = group.uri() + "#removed-" + post.id();
    var delete =
        PostObject.about(
            "Delete", id, actors.agenda(), post.uri(), List.of(everybody), List.of(group.uri()));
    return delete
        .put("audience", group.uri())
        .put("summary", REASON)
        .put("published", PostObject.time(Instant.now()));
  }

  private @Nullable Actor group(Tx tx, Post post) {
    var id = Passing.groupOf(tx, post);
    var group = id == null ? null : actors.byId(tx, id);
    return group == null || !group.local() ? null : group;
  }
}
