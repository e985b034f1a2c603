package org.placette.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.testing.PgExtension;

/** What is kept ready: until something is written, and read once for all who come meanwhile. */
@ExtendWith(PgExtension.class)
class ReadyTest {

  @BeforeAll
  static void table(Db db) {
    db.run("create table kept_thing (id bigint primary key)");
  }

  private static Ready<String, Integer> ready(Db db) {
    return new Ready<>(db, 1_000, it -> 1);
  }

  @Test
  void whatIsWrittenShowsAtOnceAndTheUpkeepOfAQueueDisturbsNobody(Db db) {
    var before = db.writes();
    db.unseen().update("insert into kept_thing values (1)");
    var union = db.list("\n(select 1)\nunion all (select 2)", row -> row.getInteger(0));
    assertEquals(List.of(1, 2), union);
    assertEquals(before, db.writes());
    db.update("insert into kept_thing values (2)");
    assertTrue(db.writes() > before);

    var ready = ready(db);
    assertEquals(1, ready.get("page", () -> 1));
    db.update("insert into kept_thing values (3)");
    assertEquals(2, ready.get("page", () -> 2));
  }

  @Test
  void manyWhoAskAtOnceCauseOneReading(Db db) throws Exception {
    var ready = ready(db);
    var readings = new AtomicInteger();
    var reading = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var answers = new ConcurrentLinkedQueue<Integer>();
    var first =
        Thread.ofVirtual()
            .start(
                () ->
                    answers.add(
                        ready.get(
                            "page",
                            () -> {
                              reading.countDown();
                              await(goOn);
                              return readings.incrementAndGet();
                            })));
    await(reading);
    var others =
        IntStream.range(0, 15)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(() -> answers.add(ready.get("page", readings::incrementAndGet))))
            .toList();
    for (var other : others) while (other.getState() != Thread.State.WAITING) Thread.onSpinWait();
    goOn.countDown();
    first.join();
    for (var other : others) other.join();
    assertEquals(Collections.nCopies(16, 1), List.copyOf(answers));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitedForAReadingThatFailedReadsForThemselves(Db db) throws Exception {
    var ready = ready(db);
    assertThrows(
        IllegalStateException.class,
        () ->
            ready.get(
                "page",
                () -> {
                  throw new IllegalStateException("away");
                }));
    assertEquals(7, ready.get("page", () -> 7));
  }
}
