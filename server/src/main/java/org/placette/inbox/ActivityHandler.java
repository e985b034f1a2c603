package org.placette.inbox;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One feature's answer to a kind of activity: verify, then receive. Several handlers may take one
 * kind; they are asked in the order Main gives until one does not answer null.
 */
public interface ActivityHandler {

  /** What this handler takes. */
  Set<Kind> kinds();

  /**
   * Looks at the activity, fetches what is missing within its budget, and decides. Writes nothing.
   *
   * @return what to do in the transaction, or null when the activity is about nothing that this
   *     handler knows (the next handler is asked; if none knows it, it is ignored)
   * @throws Refused when the activity must have no effect, with the reason by name
   */
  @Nullable Effect verify(Received received);

  /**
   * A kind of activity.
   *
   * @param type the activity's type, such as Create
   * @param objectType the type of its embedded object; "" when the object is an id only, "*" for
   *     any (id only included)
   */
  record Kind(String type, String objectType) {}
}
