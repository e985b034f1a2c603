package org.placette.inbox;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.federation.vocab.AsObject;
import org.placette.inbox.ActivityHandler.Kind;

/**
 * Finds who answers an activity. Features call it for activities that came inside another one
 * (FEP-1b12) or out of a collection; whoever calls it vouches for the author of what it gives.
 */
public final class Dispatch {

  private volatile List<ActivityHandler> handlers = List.of();

  /**
   * Sets the handlers, in the order in which they are asked. Separate from the constructor because
   * some handlers use this object.
   */
  public void handlers(List<ActivityHandler> inOrder) {
    handlers = List.copyOf(inOrder);
  }

  /**
   * Asks the handlers of the activity's kind one after the other.
   *
   * @return what to do, or null when nobody knows what the activity is about
   * @throws Refused when one of them refuses it
   */
  public @Nullable Effect verify(Received received) {
    for (var handler : handlers) {
      if (!takes(handler.kinds(), received.activity())) continue;
      var effect = handler.verify(received);
      if (effect != null) return effect;
    }
    return null;
  }

  private static boolean takes(Set<Kind> kinds, AsObject activity) {
    var object = activity.object("object");
    for (var type : activity.types()) {
      if (kinds.contains(new Kind(type, "*"))) return true;
      if (object == null) {
        if (kinds.contains(new Kind(type, ""))) return true;
        continue;
      }
      for (var objectType : object.types()) {
        if (kinds.contains(new Kind(type, objectType))) return true;
      }
    }
    return false;
  }
}
