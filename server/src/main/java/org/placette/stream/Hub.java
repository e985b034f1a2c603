package org.placette.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Signals.Signal;
import org.placette.mastodon.Json;
import org.placette.mastodon.Status;
import org.placette.mastodon.StatusStore.Seen;
import org.placette.mastodon.Statuses;
import org.placette.notification.NotificationNews;

/**
 * Everybody who listens to this process. Signals are worked off in order by one thread, those of
 * one kind together; for each kind a few queries find which listeners may see what.
 */
public final class Hub implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Hub.class.getName());
  private static final int MOST_OF_ONE_TOKEN = 20;
  private static final int MOST_WAITING = 2_000;
  private static final int TOGETHER = 200;

  /** What not every resident may read. */
  private static final Set<String> NARROW = Set.of("followers", "direct", "group");

  /** Writes what other features announce; null when the viewer is to hear nothing of it. */
  @FunctionalInterface
  public interface Voice {

    /** The payload for a viewer, of what the signal is about. */
    @Nullable String words(long viewer, Signal signal);
  }

  private final Db db;
  private final Statuses statuses;
  private final NotificationNews news;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final LinkedBlockingQueue<Signal> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Map<String, Voice> announcements = new ConcurrentHashMap<>();
  private volatile Voice conversations = (viewer, signal) -> null;
  private @Nullable Thread thread;

  public Hub(Db db, Statuses statuses) {
    this.db = db;
    this.statuses = statuses;
    this.news = new NotificationNews(db, statuses);
  }

  /** Writes what signals of the event's name are about, for everybody's user stream. */
  public void announcements(String event, Voice voice) {
    announcements.put(event, voice);
  }

  /** Writes what the signal {@code conversation} is about: its owner stands in the signal. */
  public void conversations(Voice voice) {
    conversations = voice;
  }

  /**
   * Starts to hear.
   *
   * @param alone true while no other process works on this database
   */
  public void start(BooleanSupplier alone) {
    db.signals().whileHeard(() -> !listeners.isEmpty() || !alone.getAsBoolean());
    db.signals().listen(this::heard);
    thread = Thread.ofVirtual().name("streams").start(this::loop);
  }

  /** False when the token has too many connections already. */
  boolean add(Listener listener) {
    var token = listener.grant().tokenId();
    var open = listeners.stream().filter(l -> l.grant().tokenId() == token).count();
    return open < MOST_OF_ONE_TOKEN && listeners.add(listener);
  }

  void remove(Listener listener) {
    listeners.remove(listener);
  }

  private void heard(List<Signal> signals) {
    if (listeners.isEmpty()) return;
    for (var signal : signals)
      if (!waiting.offer(signal)) LOG.log(Level.FINE, "Too much happens: {0} is lost", signal);
  }

  private void loop() {
    try {
      while (true) {
        List<Signal> batch = new ArrayList<>(List.of(waiting.take()));
        waiting.drainTo(batch, TOGETHER);
        try {
          work(batch);
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "Streams missed something", e);
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void work(List<Signal> batch) {
    Map<String, List<Signal>> kinds = new LinkedHashMap<>();
    for (var one : batch) kinds.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one);
    kinds.forEach(
        (kind, all) -> {
          switch (kind) {
            case "post" -> posts(ids(all), "update", false);
            case "edit" -> posts(ids(all), "status.update", true);
            case "boost" -> all.forEach(this::boost);
            case "note" -> notes(ids(all));
            case "gone" -> all.forEach(this::gone);
            case "filters" -> all.forEach(this::filters);
            case "conversation" -> all.forEach(this::conversation);
            default -> all.forEach(this::announcement);
          }
        });
  }

  private static Set<Long> ids(List<Signal> all) {
    return all.stream().map(Signal::id).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Set<Long> viewers(Predicate<Topic> which) {
    Set<Long> all = new HashSet<>();
    for (var listener : listeners)
      if (listener.topics().stream().anyMatch(which)) all.add(listener.viewer());
    return all;
  }

  private static boolean home(Topic topic) {
    return topic.name().equals("user") || topic.name().equals("list");
  }

  private void posts(Collection<Long> ids, String event, boolean all) {
    var atHome = viewers(Hub::home);
    if (!atHome.isEmpty()) home(StreamStore.home(db, atHome, lists(), ids, 0, all), event);
    var open = viewers(Topic::open);
    if (!open.isEmpty()) open(StreamStore.open(db, open, ids), event);
  }

  private void boost(Signal signal) {
    var atHome = viewers(Hub::home);
    if (atHome.isEmpty()) return;
    var by = Long.parseLong(signal.about());
    home(StreamStore.home(db, atHome, lists(), Set.of(signal.id()), by, false), "update");
  }

  private void home(List<StreamStore.AtHome> rows, String event) {
    Map<Long, List<StreamStore.AtHome>> of = new HashMap<>();
    for (var row : rows) of.computeIfAbsent(row.viewer(), k -> new ArrayList<>()).add(row);
    of.forEach(
        (viewer, own) -> {
          var written = written(viewer, own.stream().map(r -> r.seen()).toList(), "home");
          for (var row : own) {
            var text = written.get(row.seen().id());
            if (text == null) continue;
            if (!row.apart()) send(viewer, topic -> topic.name().equals("user"), event, text);
            if (!row.lists().isEmpty())
              send(viewer, topic -> row.lists().contains(topic.list()), event, text);
          }
        });
  }

  /** The lists that somebody listens to. */
  private Set<Long> lists() {
    Set<Long> lists = new HashSet<>();
    for (var listener : listeners)
      for (var topic : listener.topics()) if (topic.list() != 0) lists.add(topic.list());
    return lists;
  }

  private void open(List<StreamStore.Open> rows, String event) {
    Map<Long, List<StreamStore.Open>> of = new HashMap<>();
    for (var row : rows) of.computeIfAbsent(row.viewer(), k -> new ArrayList<>()).add(row);
    of.forEach(
        (viewer, own) -> {
          var written = written(viewer, own.stream().map(r -> r.seen()).toList(), "public");
          for (var row : own) {
            var text = written.get(row.seen().id());
            if (text != null) send(viewer, topic -> topic.takes(row.facts()), event, text);
          }
        });
  }

  private Map<Long, String> written(long viewer, List<Seen> rows, String context) {
    Map<Long, String> all = new HashMap<>();
    for (Status one : statuses.of(viewer, rows, context)) all.put(one.id(), Json.text(one));
    return all;
  }

  private void notes(Collection<Long> ids) {
    Predicate<Topic> wanted = topic -> topic.name().startsWith("user");
    var people = viewers(wanted);
    if (people.isEmpty()) return;
    news.of(ids, people)
        .forEach(
            (person, all) -> {
              for (var one : all) {
                var text = Json.text(one);
                for (var listener : listeners)
                  if (listener.grant().allows("read:notifications"))
                    send(listener, person, wanted, "notification", text);
              }
            });
  }

  /** What was for followers or for one is not even named to others. */
  private void gone(Signal signal) {
    var about = signal.about().split(",");
    var all = viewers(topic -> true);
    if (about.length > 1 && NARROW.contains(about[0])) {
      var named = Arrays.stream(about).skip(1).map(Long::valueOf).toList();
      all =
          about[0].equals("direct")
              ? all.stream().filter(named::contains).collect(Collectors.toSet())
              : StreamStore.readers(db, all, named);
    }
    for (var viewer : all)
      send(viewer, topic -> tellsEnds(topic, about[0]), "delete", String.valueOf(signal.id()));
  }

  private static boolean tellsEnds(Topic topic, String visibility) {
    if (topic.name().equals("direct")) return visibility.equals("direct");
    if (topic.open()) return !NARROW.contains(visibility) && !visibility.equals("unlisted");
    return !topic.name().equals("user:notification");
  }

  private void filters(Signal signal) {
    send(signal.id(), topic -> topic.name().equals("user"), "filters_changed", null);
  }

  private void conversation(Signal signal) {
    var owner = Long.parseLong(signal.about());
    if (!viewers(topic -> topic.name().equals("direct")).contains(owner)) return;
    var text = conversations.words(owner, signal);
    if (text != null) send(owner, topic -> topic.name().equals("direct"), "conversation", text);
  }

  private void announcement(Signal signal) {
    var voice = announcements.get(signal.kind());
    if (voice == null) return;
    for (var viewer : viewers(topic -> topic.name().equals("user"))) {
      var text = voice.words(viewer, signal);
      if (text != null) send(viewer, t -> t.name().equals("user"), signal.kind(), text);
    }
  }

  private void send(long viewer, Predicate<Topic> which, String event, @Nullable String payload) {
    for (var listener : listeners) send(listener, viewer, which, event, payload);
  }

  private static void send(
      Listener listener,
      long viewer,
      Predicate<Topic> which,
      String event,
      @Nullable String payload) {
    if (listener.viewer() != viewer) return;
    for (var topic : listener.topics()) if (which.test(topic)) listener.send(topic, event, payload);
  }

  @Override
  public void close() {
    var running = thread;
    if (running != null) running.interrupt();
    for (var listener : listeners) listener.close("The server stops");
  }
}
