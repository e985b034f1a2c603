package org.placette.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.federation.fetch.Budget;
import org.placette.federation.fetch.Dereferencer;
import org.placette.federation.fetch.FetchProblem;
import org.placette.web.Answers;
import org.placette.web.Negotiation;
import org.placette.web.Problem;
import org.placette.web.Routes;

/**
 * What the servers of the ring tell those who moderate at the others: whom they limit, how much and
 * why, as a collection of notes that only a signature of the ring's own actors opens. Nothing
 * follows from it by itself, and nothing of it is stored: humans read it and decide.
 */
public final class RingNotes implements Routes {

  private static final String PATH = "/neighbours/limits";
  private static final int NEIGHBOURS = 20;
  private static final int NOTES = 500;
  private static final int LONGEST = 1_000;

  private final Db db;
  private final Actors actors;
  private final DomainPolicy domains;
  private final Dereferencer documents;
  private final Function<RoutingContext, @Nullable Actor> asker;

  /**
   * @param asker who signed a request; null for nobody
   */
  public RingNotes(
      Db db,
      Actors actors,
      DomainPolicy domains,
      Dereferencer documents,
      Function<RoutingContext, @Nullable Actor> asker) {
    this.db = db;
    this.actors = actors;
    this.domains = domains;
    this.documents = documents;
    this.asker = asker;
  }

  /**
   * One note of a neighbour's.
   *
   * @param domain in canonical form
   * @param why plain text; may be empty
   */
  public record Note(String domain, DomainLimit.Severity severity, String why) {}

  /**
   * What one neighbour tells.
   *
   * @param reached false when it did not answer, or tells nothing
   */
  public record Told(String host, boolean reached, List<Note> notes) {

    public Told {
      notes = List.copyOf(notes);
    }
  }

  @Override
  public void mount(Router router) {
    Negotiation.get(router, PATH, this::answer);
  }

  private void answer(RoutingContext ctx) {
    var who = asker.apply(ctx);
    if (who == null || !AudienceStore.ring(db).contains(who.id()) || !domains.isSharedInRing())
      throw new Problem.NotFound();
    var id = actors.urls().at(PATH);
    var collection =
        JsonNodeFactory.instance
            .objectNode()
            .put("@context", "https://www.w3.org/ns/activitystreams")
            .put("id", id)
            .put("type", "Collection")
            .put("attributedTo", actors.relay().uri());
    var items = collection.putArray("items");
    for (var one : domains.list()) items.add(note(one));
    ctx.response().putHeader("Cache-Control", "private, no-store");
    Answers.activity(ctx, collection.put("totalItems", items.size()));
  }

  private static ObjectNode note(DomainLimit one) {
    var why = one.reason().isEmpty() ? one.publicComment() : one.reason();
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "Note")
        .put("name", one.domain())
        .put("summary", one.severity().word())
        .put("content", why)
        .put("mediaType", "text/plain");
  }

  /** What each of the ring tells now; waits for them. */
  List<Told> told() {
    List<Told> all = new ArrayList<>();
    for (var id : AudienceStore.ring(db)) {
      var neighbour = actors.byId(id);
      if (neighbour != null && all.size() < NEIGHBOURS) all.add(told(neighbour));
    }
    return all;
  }

  private Told told(Actor neighbour) {
    var host = String.valueOf(neighbour.host());
    try {
      var at = URI.create(neighbour.uri()).resolve(PATH).toString();
      var key = actors.signingKey(actors.relay());
      // It may have begun to tell since the last look.
      documents.forget(at);
      var items = documents.fetch(at, key, new Budget(2)).raw("items");
      List<Note> notes = new ArrayList<>();
      if (items != null)
        for (var item : items) {
          var note = note(item);
          if (note != null && notes.size() < NOTES) notes.add(note);
        }
      return new Told(host, true, notes);
    } catch (FetchProblem e) {
      return new Told(host, false, List.of());
    }
  }

  private static @Nullable Note note(JsonNode item) {
    var domain = DomainPolicy.name(item.path("name").asText());
    if (domain == null || !domain.contains(".")) return null;
    var why = item.path("content").asText().strip();
    var word = item.path("summary").asText();
    for (var severity : DomainLimit.Severity.values())
      if (severity.word().equals(word))
        return new Note(domain, severity, why.substring(0, Math.min(LONGEST, why.length())));
    return null;
  }
}
