package org.placette.ring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Sql;
import org.placette.web.Problem;

/**
 * Who is in the ring: neighbours that follow us and that we follow, and whose keys two humans have
 * compared. Each side confirms for itself. Another key, or the end of the following, ends the
 * confirmation by itself (triggers of the database see to that, whatever caused it).
 */
public final class Ring {

  private final Db db;
  private final Actors actors;

  public Ring(Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
  }

  /**
   * A neighbour and how it stands.
   *
   * @param mutual whether both servers follow each other, without which nothing can be confirmed
   * @param words the six words; empty while its keys are not known
   * @param confirmed when it was confirmed here; null when it is not in the ring
   * @param by the username of who confirmed it
   * @param problem why a confirmation ended: key or follow; null for none
   */
  public record Member(
      String host,
      boolean mutual,
      List<String> words,
      @Nullable Instant confirmed,
      @Nullable String by,
      @Nullable String problem) {

    public Member {
      words = List.copyOf(words);
    }
  }

  /** Every neighbour, by host. */
  public List<Member> members() {
    var relay = actors.relay();
    var lines = RingStore.all(db, relay.id());
    List<Long> ids = new ArrayList<>(List.of(relay.id()));
    for (var line : lines) if (line.actorId() != null) ids.add(line.actorId());
    var keys = RingStore.keys(db, ids);
    return lines.stream().map(line -> member(line, relay.id(), keys)).toList();
  }

  private static Member member(RingStore.Line line, long relay, Map<Long, List<String>> keys) {
    return new Member(
        line.host(),
        line.mutual(),
        words(line, relay, keys),
        line.confirmed(),
        line.by(),
        line.problem());
  }

  private static List<String> words(RingStore.Line line, long relay, Map<Long, List<String>> keys) {
    var id = line.actorId();
    var theirs = id == null ? null : keys.get(id);
    var ours = keys.get(relay);
    if (theirs == null || ours == null) return List.of();
    List<String> both = new ArrayList<>(ours);
    both.addAll(theirs);
    return SixWords.of(both);
  }

  /**
   * Takes a neighbour into the ring.
   *
   * @param typed the six words as the other side's human reads them out, with or without accents
   * @throws Problem.Invalid when they are not the words, or the servers do not follow each other
   */
  public void confirm(Actor by, String host, String typed) {
    var relay = actors.relay();
    db.transact(
        tx -> {
          var line = line(tx, relay, host);
          if (!line.mutual())
            throw new Problem.Invalid(
                "Both servers must follow each other", Map.of("words", "ring.notMutual"));
          var words = words(line, relay.id(), RingStore.keys(tx, ids(relay, line)));
          if (words.isEmpty() || !SixWords.same(words, typed))
            throw new Problem.Invalid("These are not the words", Map.of("words", "ring.wrong"));
          RingStore.confirm(tx, host, by.id());
          Audit.write(tx, by.id(), "ring.confirm", null, line.host(), "");
        });
  }

  /** Takes a neighbour out; it reads nothing more of what is for neighbours, and sends none. */
  public void leave(Actor by, String host) {
    db.transact(
        tx -> {
          var line = line(tx, actors.relay(), host);
          RingStore.leave(tx, line.host());
          Audit.write(tx, by.id(), "ring.leave", null, line.host(), "");
        });
  }

  private static List<Long> ids(Actor relay, RingStore.Line line) {
    var id = line.actorId();
    return id == null ? List.of(relay.id()) : List.of(relay.id(), id);
  }

  private static RingStore.Line line(Sql sql, Actor relay, String host) {
    var line = RingStore.one(sql, relay.id(), host);
    if (line == null) throw new Problem.NotFound();
    return line;
  }
}
