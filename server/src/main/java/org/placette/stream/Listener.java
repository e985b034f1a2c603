package org.placette.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.placette.oauth.Tokens.Grant;

/** One app that listens, over one connection, to one thing or several. */
final class Listener {

  /** A connection; safe for use from any thread. */
  interface Line {

    /**
     * Sends a message, or ends the connection when it does not take what was sent before.
     *
     * @param payload null for events without one
     */
    void send(List<String> topic, String event, @Nullable String payload);

    void close(String why);
  }

  private static final int MOST_TOPICS = 50;

  private final Grant grant;
  private final Line line;
  private final Set<Topic> topics = ConcurrentHashMap.newKeySet();

  Listener(Grant grant, Line line) {
    this.grant = grant;
    this.line = line;
  }

  long viewer() {
    return grant.actorId();
  }

  Grant grant() {
    return grant;
  }

  Set<Topic> topics() {
    return topics;
  }

  /** Listens to one thing more; false when that would be too many. */
  boolean add(Topic topic) {
    return topics.size() < MOST_TOPICS && topics.add(topic);
  }

  void remove(Topic topic) {
    topics.remove(topic);
  }

  void send(Topic topic, String event, @Nullable String payload) {
    if (topics.contains(topic)) line.send(topic.words(), event, payload);
  }

  void close(String why) {
    line.close(why);
  }
}
