package org.placette.corpus;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What one sample needs beyond its index.
 *
 * @param given puts into place what must exist beforehand
 * @param then what must be true afterwards, beyond what {@link Verdict} checks of its own accord
 */
record Script(Consumer<Stage> given, Consumer<Stage> then) {

  static final Script NONE = new Script(stage -> {}, stage -> {});

  static Script given(Consumer<Stage> given) {
    return new Script(given, NONE.then);
  }

  static Script then(Consumer<Stage> then) {
    return new Script(NONE.given, then);
  }

  Script andThen(Consumer<Stage> then) {
    return new Script(given, then);
  }

  /** Adds a script under a name that has none so far. */
  static void add(Map<String, Script> scripts, String file, Script script) {
    if (scripts.put(file, script) != null) throw new IllegalStateException("twice: " + file);
  }
}
