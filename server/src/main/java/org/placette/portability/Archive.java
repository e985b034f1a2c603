package org.placette.portability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.ActorDocument;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.event.Event;
import org.placette.event.EventObject;
import org.placette.event.Events;
import org.placette.media.Media;
import org.placette.post.Post;
import org.placette.post.PostObject;

/**
 * Everything about somebody as one ZIP: ActivityStreams as Mastodon names the files, lists as CSV
 * in the forms that Mastodon and Placette read, everything else that the tables hold of them, and
 * the files that were uploaded. Written page by page: what an archive costs does not grow with it.
 */
public final class Archive {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String AS = "https://www.w3.org/ns/activitystreams";
  private static final int PAGE = 200;

  /** An archive that grows beyond this takes no further files. */
  private static final long LARGEST = 2L << 30;

  private final Vertx vertx;
  private final Db db;
  private final Actors actors;
  private final Events events;
  private final Media media;

  public Archive(Vertx vertx, Db db, Actors actors, Events events, Media media) {
    this.vertx = vertx;
    this.db = db;
    this.actors = actors;
    this.events = events;
    this.media = media;
  }

  /** Writes it. */
  void write(long actorId, Path file) {
    var actor = actors.byId(actorId);
    if (actor == null) throw new IllegalStateException("nobody of number " + actorId);
    var zip = blocking(() -> new ZipOutputStream(Files.newOutputStream(file)));
    try {
      text(zip, "actor.json", ActorDocument.of(actors, actor).toPrettyString());
      account(zip, actorId);
      outbox(zip, actor);
      for (var name : List.of("likes", "bookmarks")) uris(zip, name, actorId);
      lists(zip, actorId);
      for (var kind : RecordStore.KINDS) records(zip, kind, actorId);
      files(zip, actorId);
    } finally {
      blocking(
          () -> {
            zip.close();
            return true;
          });
    }
  }

  private void account(ZipOutputStream zip, long actor) {
    var own = ExportStore.own(db, actor);
    if (own == null) return;
    var json = JSON.objectNode().put("email", own.email()).put("role", own.role());
    json.put("locale", own.locale()).put("created", own.created().toString());
    text(zip, "account.json", json.put("posts", own.visibility()).toPrettyString());
  }

  private void outbox(ZipOutputStream zip, Actor actor) {
    var total = ExportStore.countPosts(db, actor.id());
    begin(zip, "outbox.json");
    put(
        zip,
        "{\"@context\":\"%s\",\"id\":\"outbox.json\",\"type\":\"OrderedCollection\",\"totalItems\":%d,\"orderedItems\":["
            .formatted(AS, total));
    var after = 0L;
    var first = true;
    while (true) {
      var page = ExportStore.posts(db, actor.id(), after, PAGE);
      if (page.isEmpty()) break;
      var found = events.byPosts(page.stream().filter(p -> p.type().equals("Event")).toList());
      var text = new StringBuilder();
      for (var post : page) {
        text.append(first ? "\n" : ",\n").append(create(actor, post, found.get(post.id())));
        first = false;
      }
      put(zip, text.toString());
      after = page.getLast().id();
    }
    put(zip, "\n]}\n");
    end(zip);
  }

  private ObjectNode create(Actor author, Post post, @Nullable Event event) {
    var id = post.audienceId();
    var audience = id == null ? null : actors.byId(id);
    var object =
        event == null
            ? PostObject.of(post, author, audience, actors.urls())
            : EventObject.of(event, author, audience, actors.urls());
    return PostObject.wrap("Create", post.uri() + "#create", author, object, post.published());
  }

  private void uris(ZipOutputStream zip, String name, long actor) {
    var json = JSON.objectNode().put("@context", AS).put("id", name + ".json");
    var items = json.put("type", "OrderedCollection").putArray("orderedItems");
    for (var line : ExportStore.lines(db, name, actor, "")) items.add(line.first());
    text(zip, name + ".json", ((JsonNode) json).toPrettyString());
  }

  private void lists(ZipOutputStream zip, long actor) {
    for (var file : Carried.FILES) text(zip, file + ".csv", csv(file, actor));
    text(zip, "answers.csv", csv("answers", actor));
  }

  /** One of the lists as Mastodon writes it. */
  String csv(String file, long actor) {
    var text = new StringBuilder(Carried.header(file));
    var host = file.equals("answers") ? "" : actors.urls().host();
    for (var line : ExportStore.lines(db, file, actor, host))
      text.append(Carried.line(file, line.first(), line.second()));
    return text.toString();
  }

  private void records(ZipOutputStream zip, RecordStore.Kind kind, long actor) {
    var rows = kind.read(db, actor);
    if (!rows.isEmpty())
      text(zip, "records/" + kind.name() + ".json", "[\n" + String.join(",\n", rows) + "\n]\n");
  }

  private void files(ZipOutputStream zip, long actor) {
    var after = 0L;
    var bytes = 0L;
    while (true) {
      var page = media.of(actor, after, PAGE);
      for (var one : page) {
        after = one.id();
        bytes += one.bytes();
        if (bytes > LARGEST) return;
        copy(zip, "media/" + one.original().replace("/original", ""), media.path(one));
      }
      if (page.size() < PAGE) return;
    }
  }

  private void copy(ZipOutputStream zip, String name, Path file) {
    blocking(
        () -> {
          if (!Files.exists(file)) return false;
          zip.putNextEntry(new ZipEntry(name));
          var unused = Files.copy(file, zip);
          zip.closeEntry();
          return true;
        });
  }

  private void text(ZipOutputStream zip, String name, String text) {
    begin(zip, name);
    put(zip, text);
    end(zip);
  }

  private void begin(ZipOutputStream zip, String name) {
    blocking(
        () -> {
          zip.putNextEntry(new ZipEntry(name));
          return true;
        });
  }

  private void put(ZipOutputStream zip, String text) {
    blocking(
        () -> {
          zip.write(text.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  private void end(ZipOutputStream zip) {
    blocking(
        () -> {
          zip.closeEntry();
          return true;
        });
  }

  /** Files and packing take time that other requests may use. */
  private <T> T blocking(Callable<T> work) {
    return Objects.requireNonNull(
        vertx
            .executeBlocking(
                () -> {
                  try {
                    return work.call();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                },
                false)
            .await());
  }
}
