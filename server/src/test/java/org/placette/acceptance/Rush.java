package org.placette.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.placette.testing.Eventually;
import org.placette.testing.Walker;

/**
 * Camille writes a great many notes as fast as her village takes them, every other one a reply to
 * Basile, while both villages are killed and started again.
 *
 * <p>{@code -Dplacette.acceptance.notes=1000} chooses how many. A host that was away is tried again
 * after a minute; {@code -Dplacette.acceptance.backoff=true} really waits for that, otherwise the
 * clock is moved on in the sender's table.
 */
final class Rush implements AutoCloseable {

  private static final int NOTES = Integer.getInteger("placette.acceptance.notes", 300);
  private static final boolean BACKOFF = Boolean.getBoolean("placette.acceptance.backoff");
  private static final int WRITERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(BACKOFF ? 480 : 240);

  private static final String ARRIVED =
      """
      select count(*) from post p join actor a on a.id = p.actor_id
      where a.username = 'camille' and p.content like '%Nouvelle no %'
      """;

  private static final String WAITING = "select count(*) from delivery";

  private final VillageProcess sender;
  private final VillageProcess receiver;
  private final Walker writer;
  private final Walker.Page question;
  private final Walker.Page answerHere;
  private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger next = new AtomicInteger();
  private final List<Thread> writers = new ArrayList<>();
  private final long began = System.nanoTime();
  private volatile boolean over;

  Rush(VillageProcess sender, VillageProcess receiver, Walker writer, Walker reader)
      throws Exception {
    this.sender = sender;
    this.receiver = receiver;
    this.writer = writer;
    question = reader.submit("/compose/note", "/posts", Map.of("text", "Quoi de neuf en face ?"));
    Eventually.holds(
        "the question",
        () -> {
          letAMinutePass(receiver);
          return found(writer, "Quoi de neuf en face ?") != null;
        });
    answerHere = writer.get(String.valueOf(found(writer, "Quoi de neuf en face ?")));
  }

  private static @Nullable String found(Walker visit, String text) throws Exception {
    var link = visit.get("/posts").html().selectFirst(".note:contains(" + text + ") a.time");
    return link == null ? null : link.attr("href");
  }

  /** Begins to write; goes on through the sender's death. */
  void publishAll() throws Exception {
    var compose = writer.get("/compose/note");
    for (int i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofVirtual().start(() -> write(compose)));
    }
  }

  private void write(Walker.Page compose) {
    int number = next.incrementAndGet();
    while (number <= NOTES && !over) {
      try {
        var form = number % 2 == 0 ? compose : answerHere;
        var unused = writer.submit(form, "/posts", Map.of("text", "Nouvelle no " + number + "."));
        answered.add(number);
        number = next.incrementAndGet();
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof ConnectException) {
          if (!pause()) return;
        } else {
          // It died under the request. Whether it took the note is not known: it is not sent again.
          number = next.incrementAndGet();
        }
      } catch (CancellationException e) {
        return;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(200);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  void killSenderAmidDeliveries() throws Exception {
    await(receiver, NOTES / 5);
    var waiting = sender.count(WAITING);
    sender.kill();
    report("sender killed with %d deliveries waiting", waiting);
    sender.run();
    report("sender serves again");
  }

  void killReceiverAmidReceipts() throws Exception {
    await(receiver, NOTES / 2);
    var inbox = receiver.count("select count(*) from inbox");
    var arrived = receiver.count(ARRIVED);
    receiver.kill();
    report("receiver killed with %d notes and %d activities unprocessed", arrived, inbox);
    receiver.run();
    report("receiver serves again, %d deliveries wait", sender.count(WAITING));
  }

  private void await(VillageProcess village, int notes) throws Exception {
    Eventually.holds(
        PATIENCE,
        () -> village.count(ARRIVED) >= notes,
        () -> village.count(ARRIVED) + " of " + notes + " notes; " + state());
  }

  private String state() {
    return "published %d, delivery %s, inbox %s, peer %s"
        .formatted(
            answered.size(),
            rows(
                sender,
                "select d.tries || ' ' || count(*) || ' ' || coalesce(max(error), '') from delivery"
                    + " d group by d.tries"),
            rows(
                receiver,
                "select tries || ' ' || count(*) || ' ' || coalesce(max(error), '') from inbox"
                    + " group by tries"),
            rows(
                sender,
                "select host || ' ' || coalesce(retry_at::text, '') || coalesce(last_error, '')"
                    + " from peer"));
  }

  private static List<String> rows(VillageProcess village, String sql) {
    return village.db().list(sql, row -> row.getString(0));
  }

  /** Waits until everything is written, delivered and processed. */
  void finish() throws Exception {
    for (var thread : writers) thread.join();
    report("%d notes were answered for", answered.size());
    Eventually.holds(
        PATIENCE,
        () -> {
          letAMinutePass(sender);
          return sender.count(WAITING) == 0 && receiver.count("select count(*) from inbox") == 0;
        },
        this::state);
    report("everything is delivered and processed");
  }

  private static void letAMinutePass(VillageProcess village) {
    if (BACKOFF) return;
    village.db().update("update peer set retry_at = now() where retry_at > now()");
    village.db().update("update delivery set due = now() where due > now()");
  }

  void assertEverythingArrivedOnce() {
    var numbers = new TreeSet<>(answered);
    var sent = contents(sender);
    assertTrue(
        sent.containsAll(numbers.stream().map(Rush::content).toList()), "kept by the sender");
    assertEquals(sent, contents(receiver), "the receiver has what the sender has, each once");
    assertEquals(
        rows(sender, "select p.uri from post p where p.content like '%Nouvelle no %' order by 1"),
        rows(
            receiver, "select p.uri from post p where p.content like '%Nouvelle no %' order by 1"));

    var replies = sent.stream().filter(it -> odd(it)).count();
    var id = Long.valueOf(question.id());
    assertEquals(replies, receiver.count("select replies_count from post where id = $1", id));
    assertEquals(
        replies,
        receiver.count(
            """
            select count(*) from notification n join post p on p.id = n.post_id
            where p.content like '%Nouvelle no %'
            """));
    var boosts =
        "select count(*) from announce n join post p on p.id = n.post_id where p.content like"
            + " '%Nouvelle no %'";
    assertEquals(sent.size() - replies, sender.count(boosts));
    assertEquals(sent.size() - replies, receiver.count(boosts));
    assertEquals(0, receiver.count("select count(*) from inbox"));
    report("%d notes, %d of them replies, arrived exactly once", sent.size(), replies);
  }

  private static String content(int number) {
    return "Nouvelle no " + number + ".";
  }

  private static boolean odd(String content) {
    return "13579".indexOf(content.charAt(content.length() - 2)) >= 0;
  }

  /** The texts of the notes, sorted; one that is stored twice stands there twice. */
  private static List<String> contents(VillageProcess village) {
    return rows(
        village,
        """
        select substring(content from 'Nouvelle no [0-9]+\\.') from post
        where content like '%Nouvelle no %' order by 1
        """);
  }

  private void report(String what, Object... numbers) {
    var seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    System.out.printf("%5.1f s: %s%n", seconds, what.formatted(numbers));
  }

  @Override
  public void close() {
    over = true;
    for (var thread : writers) thread.interrupt();
  }
}
