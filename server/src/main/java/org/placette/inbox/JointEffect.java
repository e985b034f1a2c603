package org.placette.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.placette.db.Tx;

/**
 * An effect that costs less when several of its kind happen at once.
 *
 * @param part what this one does
 * @param together does it; one object for all of a kind
 */
public record JointEffect<T>(T part, Together<T> together) implements Effect {

  /**
   * Does several, which are about different things: in any order, and all in one statement if it
   * can.
   */
  @FunctionalInterface
  public interface Together<T> {
    void receive(Tx tx, List<T> parts);
  }

  @Override
  public void receive(Tx tx) {
    together.receive(tx, List.of(part));
  }

  /** Applies effects that are about different things, those of a kind at once. */
  static void receiveAll(Tx tx, List<Effect> effects) {
    Map<Together<?>, Group<?>> groups = new LinkedHashMap<>();
    for (var effect : effects) {
      if (effect instanceof JointEffect<?> joint) join(groups, joint);
      else effect.receive(tx);
    }
    for (var group : groups.values()) group.receive(tx);
  }

  @SuppressWarnings("unchecked") // a group's parts are those of its own kind
  private static <T> void join(Map<Together<?>, Group<?>> groups, JointEffect<T> effect) {
    var group =
        (Group<T>)
            groups.computeIfAbsent(
                effect.together(), kind -> new Group<>(effect.together(), new ArrayList<>()));
    group.parts().add(effect.part());
  }

  private record Group<T>(Together<T> together, List<T> parts) {
    void receive(Tx tx) {
      together.receive(tx, parts);
    }
  }
}
