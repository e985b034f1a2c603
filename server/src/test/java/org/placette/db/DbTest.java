package org.placette.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.placette.testing.PgExtension;

@ExtendWith(PgExtension.class)
class DbTest {

  @BeforeAll
  static void table(Db db) {
    db.run("create table thing (id bigint primary key, word text, doc jsonb, at timestamptz)");
  }

  @Test
  void valuesOfOurOwnTypesGoInAndComeBack(Db db) throws Exception {
    var doc = new ObjectMapper().readTree("{\"a\":[1,{\"b\":\"é\"}]}");
    var now = Instant.ofEpochMilli(1_800_000_000_123L);
    var id = Ids.next();
    assertEquals(
        1,
        db.update(
            "insert into thing values ($1, $2, $3, $4)",
            id,
            URI.create("https://a.example/b"),
            doc,
            now));
    record Thing(String word, String doc, Instant at) {}
    var thing =
        db.one(
            "select word, doc::text, at from thing where id = $1",
            row ->
                new Thing(row.getString(0), row.getString(1), row.getOffsetDateTime(2).toInstant()),
            id);
    assertNotNull(thing);
    assertEquals("https://a.example/b", thing.word());
    assertEquals(doc, new ObjectMapper().readTree(thing.doc()));
    assertEquals(now, thing.at());
    assertNull(db.one("select word from thing where id = $1", row -> row.getString(0), -1L));
  }

  @Test
  void aFailureNamesTheQueryAndItsKind(Db db) {
    db.update("insert into thing values (1)");
    var failure =
        assertThrows(DbException.class, () -> db.update("\n  insert into thing\n  values (1)\n"));
    assertTrue(failure.isUniqueViolation());
    assertEquals("thing_pkey", failure.constraint());
    assertTrue(String.valueOf(failure.getMessage()).startsWith("insert into thing: duplicate key"));
  }

  @Test
  void aThrowingTransactionLeavesNothingAndGivesItsConnectionBack(Db db) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              db.transact(
                  tx -> {
                    tx.update("insert into thing values (2)");
                    tx.afterCommit(() -> told.add("wrong"));
                    throw new IllegalStateException();
                  }));
    }
    assertNull(db.one("select id from thing where id = 2", row -> row.getLong(0)));
    db.transact(tx -> tx.afterCommit(() -> told.add("committed")));
    assertEquals(List.of("committed"), told);
  }

  @Test
  void transactionsThatCollideAreRunAgain(Db db) throws Exception {
    db.update("insert into thing values (10, '0')");
    var attempts = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              db.transact(
                                  tx -> {
                                    attempts.incrementAndGet();
                                    tx.run("set transaction isolation level repeatable read");
                                    tx.update(
                                        "update thing set word = (word::int + 1)::text where id ="
                                            + " 10");
                                  })))
              .toList();
      for (var task : tasks) task.get();
    }
    assertEquals("4", db.one("select word from thing where id = 10", row -> row.getString(0)));
    assertTrue(attempts.get() >= 4);
  }

  @Test
  void aBatchIsAllOrNothing(Db db) {
    assertEquals(
        2, db.batch("insert into thing (id) values ($1)", List.of(Tuple.of(20), Tuple.of(21))));
    assertThrows(
        DbException.class,
        () -> db.batch("insert into thing (id) values ($1)", List.of(Tuple.of(22), Tuple.of(20))));
    assertNull(db.one("select id from thing where id = 22", row -> row.getLong(0)));
  }

  @Test
  void aRelaxedTransactionDoesNotWaitForTheDiskAndOthersDo(Db db) {
    var query = "select current_setting('synchronous_commit')";
    assertEquals("off", db.inRelaxedTransaction(tx -> tx.one(query, row -> row.getString(0))));
  }

  @Test
  void idsGrowAndCarryTheirTime() {
    long last = 0;
    for (int i = 0; i < 100_000; i++) {
      long id = Ids.next();
      assertTrue(id > last);
      last = id;
    }
    var moment = Instant.parse("2026-05-01T12:00:00.123Z");
    assertEquals(moment, Ids.instant(Ids.at(moment)));
    assertTrue(
        Ids.floor(moment) <= Ids.at(moment) && Ids.at(moment) < Ids.floor(moment.plusMillis(1)));
  }
}
