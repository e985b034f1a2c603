package org.placette.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.testing.FakeHosts;
import org.placette.testing.PgExtension;

/**
 * Every payload of the corpus gets the verdict that its index states, through the real inbox or
 * fetcher with a real signature. Where the folder is absent nothing runs, and the build says so.
 * {@code -Dplacette.corpus=…} says where it is, {@code -Dplacette.corpus.only=…} picks files by a
 * part of their name.
 */
@ExtendWith(PgExtension.class)
class CorpusTest {

  /**
   * Verdicts that we believe wrong, with the reason. What is tried instead stands in the script.
   */
  static final Map<String, String> WRONG =
      Map.of(
          "events/mobilizon--accept-join.json",
          "id and actor are on two hosts, which hostile/fedify--create-cross-origin-actor rightly"
              + " wants refused; tried with the id on the actor's host",
          "events/pleroma-tests--join.json",
          "the same as for mobilizon--accept-join",
          "signatures/mastodon--ldsig-create-tampered.json",
          "linked-data signatures are never believed: what somebody forwards is asked at its own"
              + " host, so the changed text has no effect and what was really written is stored",
          "actors/mastodon--application.json",
          "0001 is no name but the address 0.0.0.1 (WHATWG URL 3.5), which is never dialled; the"
              + " document is accepted from a host with a name",
          "events/fep-8a8e--event-full.json",
          "the example names no author and addresses nobody, so nothing says whose it is or that"
              + " it may be shown; with both it is accepted",
          "events/fep-8a8e--event-organizers-null.json",
          "the same as for the other example of FEP-8a8e");

  private static final @Nullable Path FOLDER = Sample.folder();
  private static final Map<String, Script> SCRIPTS = scripts();
  private static final AtomicInteger RUN = new AtomicInteger();
  private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();

  @TempDir private static Path scratch = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private static Vertx vertx;

  @SuppressWarnings("NullAway.Init")
  private static Db db;

  @SuppressWarnings("NullAway.Init")
  private static FakeHosts others;

  private static List<Sample> samples = List.of();

  @BeforeAll
  static void start(Db given) {
    if (FOLDER == null) {
      System.out.println("CorpusTest SKIPPED: no corpus folder here (see -Dplacette.corpus)");
    }
    Assumptions.assumeTrue(FOLDER != null, "no corpus folder");
    var folder = Objects.requireNonNull(FOLDER);
    db = given;
    vertx = Vertx.vertx();
    samples = new ArrayList<>(Sample.index(folder));
    samples.addAll(Sample.peers(folder));
    var hosts =
        new TreeSet<>(
            List.of(
                "forwarder.example",
                "nobody.example",
                "m0001.example",
                "gancio.example",
                "nodeinfo.example"));
    samples.stream()
        .flatMap(Sample::hosts)
        .filter(h -> !h.matches("host\\d+\\.example|[0-9.]+") && h.matches("[a-z0-9].*[a-z0-9]"))
        .forEach(hosts::add);
    others = new FakeHosts(vertx, hosts, scratch);
  }

  @AfterAll
  static void stop() {
    if (FOLDER == null) return;
    var vectors = samples.stream().filter(sample -> sample.by("vector")).count();
    System.out.printf(
        "CorpusTest: %d of %d files judged: %d as their index says, %d whose index is believed"
            + " wrong; %d signature vectors left to SignatureCorpusTest%n",
        PASSED.size(),
        RUN.get(),
        PASSED.stream().filter(f -> !WRONG.containsKey(f)).count(),
        PASSED.stream().filter(WRONG::containsKey).count(),
        vectors);
    new TreeMap<>(WRONG)
        .forEach(
            (f, why) -> System.out.println("CorpusTest: index believed wrong: " + f + ": " + why));
    others.close();
    vertx.close().await();
  }

  @TestFactory
  Stream<DynamicNode> every_payload_gets_the_verdict_of_its_index() {
    var only = System.getProperty("placette.corpus.only", "");
    Map<String, List<DynamicNode>> tests = new LinkedHashMap<>();
    for (var sample : samples) {
      if (sample.by("vector") || !sample.file().contains(only)) continue;
      tests
          .computeIfAbsent(sample.category(), name -> new ArrayList<>())
          .add(dynamicTest(sample.file(), () -> judge(sample)));
    }
    return tests.entrySet().stream().map(e -> dynamicContainer(e.getKey(), e.getValue()));
  }

  @TestFactory
  Stream<DynamicNode> every_script_belongs_to_a_file_of_the_index() {
    var files = samples.stream().map(Sample::file).toList();
    return Stream.of(SCRIPTS, WRONG)
        .flatMap(named -> named.keySet().stream())
        .filter(file -> !files.contains(file))
        .map(file -> dynamicTest(file, () -> assertEquals("a file of the index", file)));
  }

  private static void judge(Sample sample) {
    RUN.incrementAndGet();
    others.forget();
    clear();
    try (var server = new LocalServer(vertx, db, scratch, others)) {
      var stage = new Stage(sample, server, db, others, lain(server.actors));
      new Verdict(stage, SCRIPTS.getOrDefault(sample.file(), Script.NONE)).judge();
    }
    PASSED.add(sample.file());
  }

  private static Actor lain(Actors actors) {
    var known = actors.localByName("lain");
    if (known != null) return known;
    return db.inTransaction(tx -> actors.createLocal(tx, "Person", "lain", "Lain", null));
  }

  /** Everything but the people of this server. Only what was written is emptied: it is quicker. */
  private static void clear() {
    var _ =
        db.run(
            """
            do $$
            declare one text; filled boolean; written text[];
            begin
              for one in
                select quote_ident(tablename) from pg_tables
                where schemaname = 'public'
                  and tablename not in ('actor', 'actor_key', 'setting', 'process', 'audit')
                  and tablename not like 'flyway%'
              loop
                execute 'select exists (select from ' || one || ')' into filled;
                if filled then written := written || one; end if;
              end loop;
              if written is not null then
                execute 'truncate ' || array_to_string(written, ', ') || ' cascade';
              end if;
            end $$
            """);
    var _ = db.run("delete from actor where host is not null");
  }

  private static Map<String, Script> scripts() {
    Map<String, Script> all = new HashMap<>();
    for (var part :
        List.of(
            StatusScripts.all(),
            ActorScripts.all(),
            InteractionScripts.all(),
            HostileScripts.all(),
            EventScripts.all(),
            RsvpScripts.all(),
            PeerScripts.all())) {
      part.forEach((file, script) -> Script.add(all, file, script));
    }
    return Map.copyOf(all);
  }
}
