package org.placette.inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is: entries about one thing one after the other, in the order in which they were
 * added, entries about different things side by side. Not thread-safe: its owner locks.
 */
final class Turns {

  /** Those at work on one key, and those that wait for it. */
  private static final class Lane {
    int atWork;
    boolean closed;
    final Deque<Waiting> line = new ArrayDeque<>(2);

    boolean admits(boolean exclusive) {
      return !closed && (!exclusive || atWork == 0);
    }

    void enter(boolean exclusive) {
      atWork++;
      closed = exclusive;
    }
  }

  private record Waiting(Ticket ticket, boolean exclusive) {}

  /** An entry and how many of its keys it still waits for. */
  private static final class Ticket {
    final Entry entry;
    int missing;

    Ticket(Entry entry) {
      this.entry = entry;
    }
  }

  private final Map<String, Lane> lanes = new HashMap<>();

  /** Adds an entry; true when it may start at once, else {@link #done} gives it out later. */
  boolean add(Entry entry) {
    var ticket = new Ticket(entry);
    var shared = entry.keys().shared();
    if (shared != null) enter(shared, ticket, false);
    for (var key : entry.keys().exclusive()) enter(key, ticket, true);
    return ticket.missing == 0;
  }

  private void enter(String key, Ticket ticket, boolean exclusive) {
    var lane = lanes.computeIfAbsent(key, name -> new Lane());
    if (lane.line.isEmpty() && lane.admits(exclusive)) {
      lane.enter(exclusive);
    } else {
      ticket.missing++;
      lane.line.add(new Waiting(ticket, exclusive));
    }
  }

  /** Ends the turn of an entry that had started; gives those that may start now. */
  List<Entry> done(Entry entry) {
    List<Entry> next = new ArrayList<>();
    var shared = entry.keys().shared();
    if (shared != null) leave(shared, next);
    for (var key : entry.keys().exclusive()) leave(key, next);
    return next;
  }

  private void leave(String key, List<Entry> next) {
    var lane = lanes.get(key);
    if (lane == null) throw new IllegalStateException("nobody was at work on " + key);
    lane.atWork--;
    lane.closed = false;
    for (var first = lane.line.peek();
        first != null && lane.admits(first.exclusive());
        first = lane.line.peek()) {
      lane.line.remove();
      lane.enter(first.exclusive());
      if (--first.ticket().missing == 0) next.add(first.ticket().entry);
    }
    if (lane.atWork == 0 && lane.line.isEmpty()) lanes.remove(key);
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }
}
