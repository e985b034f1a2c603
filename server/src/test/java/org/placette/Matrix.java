package org.placette;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.placette.Onlooker.Who;

/**
 * What each viewer is answered at many doors, all viewers at the same time, and where an answer is
 * not the one that it should be.
 */
final class Matrix {

  private final Map<Who, Onlooker> viewers;
  private final Map<String, String> words;
  private final List<String> lists;
  private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());

  /** What the lists of somebody to whom nothing was shown since then said. */
  private final Map<Who, Map<String, String>> seen = new EnumMap<>(Who.class);

  /**
   * @param lists what lists things or counts them: method, what kind of client, path
   */
  Matrix(Stage stage, List<String> lists) {
    viewers = stage.viewers();
    words = Map.copyOf(stage.words());
    this.lists = List.copyOf(lists);
  }

  /** Everybody but these. */
  static Set<Who> without(Set<Who> some) {
    var all = EnumSet.allOf(Who.class);
    all.removeAll(some);
    return all;
  }

  Onlooker viewer(Who who) {
    return Objects.requireNonNull(viewers.get(who));
  }

  void leak(String what) {
    leaks.add(what);
  }

  List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** Something is shown to these: their lists change. */
  void shown(Collection<Who> some) {
    some.forEach(seen::remove);
  }

  /** Reads the lists of those whose lists are not known. */
  void before(Set<Who> some) {
    var unknown = some.stream().filter(who -> !seen.containsKey(who)).toList();
    seen.putAll(read(unknown));
  }

  /** Reads their lists again: all must be what they were. */
  void unchanged(String what, Set<Who> some) {
    var now = read(some);
    now.forEach(
        (who, after) -> {
          var before = Objects.requireNonNull(seen.get(who));
          after.forEach(
              (door, answer) -> {
                var was = String.valueOf(before.get(door));
                if (!was.equals(answer)) leak(report(what, who, door, was, answer));
              });
        });
    seen.putAll(now);
  }

  private Map<Who, Map<String, String>> read(Collection<Who> some) {
    Map<Who, Map<String, String>> all = Collections.synchronizedMap(new EnumMap<>(Who.class));
    together(
        some,
        who -> {
          Map<String, String> answers = new LinkedHashMap<>();
          for (var door : lists)
            if (concerns(who, door)) answers.put(door, viewer(who).ask(named(door, words)));
          all.put(who, answers);
        });
    return all;
  }

  /**
   * Each door answers as if the thing did not exist.
   *
   * @param real what the words of the doors stand for
   * @param none the same of something that never was
   */
  void closed(
      String what,
      Set<Who> some,
      List<String> doors,
      Map<String, String> real,
      Map<String, String> none) {
    together(
        some,
        who -> {
          for (var door : doors) {
            if (!concerns(who, door)) continue;
            var absent = blind(viewer(who).ask(named(door, none)), none);
            var there = blind(viewer(who).ask(named(door, real)), real);
            if (!there.equals(absent)) leak(report(what, who, door, absent, there));
          }
        });
  }

  private interface Walk {
    void as(Who who);
  }

  private static void together(Collection<Who> some, Walk walk) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> walks = new ArrayList<>();
      for (var who : some)
        walks.add(
            () -> {
              walk.as(who);
              return true;
            });
      for (var done : threads.invokeAll(walks)) {
        if (!done.get()) throw new IllegalStateException("did not walk");
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server that signs reads objects; everything else it reads like anybody. */
  private boolean concerns(Who who, String door) {
    return !viewer(who).remote() || door.startsWith("GET object");
  }

  private static String named(String door, Map<String, String> words) {
    var path = door;
    for (var word : words.entrySet())
      path = path.replace("{" + word.getKey() + "}", word.getValue());
    return path;
  }

  private static String blind(String answer, Map<String, String> words) {
    var text = answer;
    for (var word : words.values()) text = text.replace(word, "ID");
    return text;
  }

  private static String report(String what, Who who, String door, String before, String after) {
    var at = 0;
    while (at < Math.min(before.length(), after.length()) && before.charAt(at) == after.charAt(at))
      at++;
    var from = Math.max(0, at - 80);
    var was = before.substring(from, Math.min(before.length(), at + 120)).replace("\n", "⏎");
    var is = after.substring(from, Math.min(after.length(), at + 120)).replace("\n", "⏎");
    return what + " × " + who + " × " + door + "\n  - " + was + "\n  + " + is;
  }
}
