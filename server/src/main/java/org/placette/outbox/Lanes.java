package org.placette.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Claimed deliveries by host: few under way per host, one when the host is failing or takes one
 * after the other only, and hosts take turns. Thread-safe.
 */
final class Lanes {

  private static final int PER_HOST = 2;

  private static final class Lane {
    final Deque<Delivery> line = new ArrayDeque<>(2);
    int underWay;
    boolean queued;

    boolean mayStart() {
      var first = line.peek();
      if (first == null) return false;
      var single = first.oneByOne() || first.hostFailures() > 0;
      return underWay < (single ? 1 : PER_HOST);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> turn = new ArrayDeque<>();
  private int waiting;

  void add(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) return;
    lock.lock();
    try {
      for (var delivery : deliveries) {
        var lane = lanes.computeIfAbsent(delivery.host(), host -> new Lane());
        lane.line.add(delivery);
        waiting++;
        queue(lane);
      }
      more.signal();
    } finally {
      lock.unlock();
    }
  }

  private void queue(Lane lane) {
    if (lane.queued || !lane.mayStart()) return;
    lane.queued = true;
    turn.add(lane);
  }

  /** Waits for a delivery that may start, and starts it. */
  Delivery next() throws InterruptedException {
    lock.lock();
    try {
      while (turn.isEmpty()) more.await();
      var lane = turn.remove();
      lane.queued = false;
      var delivery = lane.line.remove();
      waiting--;
      lane.underWay++;
      queue(lane);
      return delivery;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends one.
   *
   * @param away true when the host does not answer: nothing more is started for it
   * @return the deliveries that are given up with it, untried
   */
  List<Delivery> done(Delivery delivery, boolean away) {
    List<Delivery> givenUp = new ArrayList<>();
    lock.lock();
    try {
      var lane = lanes.get(delivery.host());
      if (lane == null) throw new IllegalStateException("not under way: " + delivery.id());
      lane.underWay--;
      if (away) {
        givenUp.addAll(lane.line);
        waiting -= lane.line.size();
        lane.line.clear();
        if (lane.queued) turn.remove(lane);
        lane.queued = false;
      }
      queue(lane);
      if (lane.underWay == 0 && lane.line.isEmpty()) lanes.remove(delivery.host());
      if (!turn.isEmpty()) more.signal();
    } finally {
      lock.unlock();
    }
    return givenUp;
  }

  /** How many hosts could be sent something at once. */
  int startable() {
    lock.lock();
    try {
      return turn.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many have not started. */
  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Hosts with at least so many that have not started. */
  List<String> full(int size) {
    lock.lock();
    try {
      return lanes.entrySet().stream()
          .filter(entry -> entry.getValue().line.size() >= size)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }
}
