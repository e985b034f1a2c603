package org.placette.inbox;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;

/**
 * What an activity is about, so that activities about one thing take effect in the order in which
 * they came, and others side by side. An activity that is about its own actor (Update, Delete, Move
 * of oneself) waits for everything before it from that actor, and holds back what follows.
 *
 * @param shared many activities may have it at once: their actor
 * @param exclusive only one activity at a time has one of these
 */
record OrderKeys(@Nullable String shared, Set<String> exclusive) {

  static OrderKeys of(AsObject activity) {
    var actor = activity.ref("actor");
    Set<String> keys = new LinkedHashSet<>();
    add(keys, activity.id());
    AsObject object = activity;
    // An Announce may wrap an activity and an Undo may hold one: two levels are all there is.
    for (int level = 0; level < 3 && object != null; level++) {
      for (var id : object.refs("object")) add(keys, id);
      object = object.object("object");
      if (object != null) add(keys, object.ref("inReplyTo"));
    }
    var own = actor != null && keys.contains(actor) && !activity.is("Follow", "Flag", "Announce");
    return new OrderKeys(own ? null : actor, Set.copyOf(keys));
  }

  /** One number for the thing it is most about; equal things have equal numbers. */
  static long number(AsObject activity) {
    var object = activity.ref("object");
    var text = object != null ? object : String.valueOf(activity.ref("actor"));
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    return hash;
  }

  private static void add(Set<String> keys, @Nullable String key) {
    if (key != null) keys.add(key);
  }
}
