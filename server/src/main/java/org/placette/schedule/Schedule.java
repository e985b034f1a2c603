package org.placette.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.mastodon.Media;
import org.placette.mastodon.Paging;
import org.placette.mastodon.Params;
import org.placette.mastodon.Statuses;
import org.placette.post.Attachment;
import org.placette.post.Desk;
import org.placette.post.Extras;
import org.placette.post.Later;
import org.placette.post.PostDrafts;
import org.placette.post.PostJson;
import org.placette.post.PostMedia;
import org.placette.post.WantedPost;
import org.placette.unsent.UnsentPages;
import org.placette.web.Problem;

/** Posts that wait for their hour. */
public final class Schedule implements Later {

  private static final Duration SOONEST = Duration.ofMinutes(5);
  private static final int MOST = 300;

  /** Words that Mastodon has not: apps read the nearest of theirs, and ours beside it. */
  private static final Set<String> CIRCLES = Set.of("followers", "local", "ring", "group");

  private final Db db;
  private final Actors actors;
  private final Statuses statuses;
  private final PostMedia media;
  private final Desk desk;
  private final PostDrafts drafts;

  /**
   * @param drafts what waits in the browser, which apps see, move and cancel too
   */
  public Schedule(
      Db db, Actors actors, Statuses statuses, PostMedia media, Desk desk, PostDrafts drafts) {
    this.db = db;
    this.actors = actors;
    this.statuses = statuses;
    this.media = media;
    this.desk = desk;
    this.drafts = drafts;
  }

  /** A post that waits (entities/ScheduledStatus). */
  public record Waiting(
      String id, Instant scheduledAt, JsonNode params, List<Media> mediaAttachments) {}

  @Override
  public @Nullable Instant time(Params params) {
    var text = params.filled("scheduled_at");
    if (text == null) return null;
    var at = parse(text);
    if (at.isBefore(Instant.now())) return null;
    if (at.isBefore(Instant.now().plus(SOONEST)))
      throw invalid("Scheduled at The scheduled date must be in the future");
    return at;
  }

  private static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      try {
        return java.time.LocalDateTime.parse(text.replace(' ', 'T'))
            .toInstant(java.time.ZoneOffset.UTC);
      } catch (DateTimeParseException f) {
        throw invalid("Scheduled at is no time");
      }
    }
  }

  private static Problem.Invalid invalid(String message) {
    return new Problem.Invalid(
        "Validation failed: " + message, Map.of("scheduled_at", "ERR_INVALID"));
  }

  @Override
  public Waiting add(
      Actor author, WantedPost wanted, Instant at, @Nullable JsonNode app, Extras.Also also) {
    var files = desk.files(author, wanted.media());
    if (ScheduleStore.count(db, author.id()) >= MOST) throw invalid("There are too many of them");
    if (wanted.inReplyToId() != null) {
      var unused = desk.shown(wanted.inReplyToId(), author);
    }
    var id = Ids.next();
    db.transact(
        tx -> {
          also.store(tx, id);
          ScheduleStore.add(tx, id, author.id(), at, wanted, app);
          media.keep(tx, author.id(), wanted.media(), true);
        });
    return new Waiting(
        String.valueOf(id), at, wanted.json(), statuses.media(id, PostJson.attachments(files)));
  }

  @Override
  public @Nullable Waiting find(long actor, long id) {
    var found = ScheduleStore.listed(db, actor, id);
    return found == null ? null : shown(actor, List.of(found)).getFirst();
  }

  List<ScheduleStore.Listed> page(long actor, Paging paging) {
    return paging.newestFirst(ScheduleStore.page(db, actor, paging));
  }

  /** A page of one person's; the files of all are read at once. */
  List<Waiting> shown(long actor, List<ScheduleStore.Listed> rows) {
    if (rows.isEmpty()) return List.of();
    var ids = rows.stream().flatMap(row -> row.wanted().media().stream()).distinct().toList();
    var files = media.known(db, actor, ids);
    return rows.stream().map(row -> shown(row, files)).toList();
  }

  private Waiting shown(ScheduleStore.Listed row, Map<Long, Attachment> files) {
    var own = row.wanted().media().stream().map(files::get).filter(Objects::nonNull).toList();
    return new Waiting(
        String.valueOf(row.id()),
        row.due(),
        params(row),
        statuses.media(row.id(), PostJson.attachments(own)));
  }

  /** What will be published, in the words of apps; what is not kept is null. */
  private static JsonNode params(ScheduleStore.Listed row) {
    ObjectNode all = row.wanted().json().deepCopy();
    all.remove("plain");
    var word = row.wanted().visibility();
    if (CIRCLES.contains(word)) all.put("visibility", "private").put("placette_audience", word);
    all.putNull("scheduled_at").putNull("application_id").putNull("idempotency");
    return all.put("with_rate_limit", false);
  }

  /** Why its table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(ScheduleStore.retention());
  }

  /** Moves one to another hour. */
  Waiting move(long actor, long id, Params params) {
    var at = time(params);
    if (at == null) throw invalid("Scheduled at The scheduled date must be in the future");
    if (!ScheduleStore.move(db, actor, id, at) && !drafts.move(actor, id, at))
      throw new Problem.NotFound();
    var found = find(actor, id);
    if (found == null) throw new Problem.NotFound();
    return found;
  }

  /** One that an app has timed; null when the person has none of that number. */
  ScheduleStore.@Nullable Row own(long actor, long id) {
    return ScheduleStore.one(db, actor, id);
  }

  /** What apps have timed for somebody, for the list of all that they have not sent yet. */
  public List<UnsentPages.Timed> timed(long actor) {
    return ScheduleStore.timed(db, actor);
  }

  /** Changes words and hour; false when it was published meanwhile. */
  boolean change(long actor, long id, Instant due, WantedPost wanted) {
    return ScheduleStore.change(db, actor, id, due, wanted);
  }

  void remove(long actor, long id) {
    db.transact(
        tx -> {
          var row = ScheduleStore.one(tx, actor, id);
          if (row != null && ScheduleStore.remove(tx, actor, id))
            media.keep(tx, actor, row.wanted().media(), false);
          else if (!drafts.remove(tx, actor, id)) throw new Problem.NotFound();
        });
  }

  /**
   * Publishes what is due. Its row leaves in the transaction that stores the post: a second process
   * that tries the same finds it gone and stores nothing.
   *
   * @return how many were tried
   */
  public int publishDue() {
    var due = ScheduleStore.due(db);
    for (var row : due) {
      try {
        publish(row);
      } catch (Taken e) {
        // Another process has published it.
      } catch (Problem e) {
        ScheduleStore.fail(db, row.id(), e.message());
      }
    }
    return due.size();
  }

  private void publish(ScheduleStore.Row row) {
    var author = actors.byId(row.actorId());
    if (author == null || author.suspended()) {
      ScheduleStore.fail(db, row.id(), "suspended");
      return;
    }
    var unused =
        desk.publish(
            author,
            row.wanted(),
            row.application(),
            (tx, post) -> {
              if (!ScheduleStore.take(tx, row.id(), row.due())) throw new Taken();
              media.keep(tx, author.id(), row.wanted().media(), false);
            });
  }

  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Taken() {
      super("taken", null, false, false);
    }
  }
}
