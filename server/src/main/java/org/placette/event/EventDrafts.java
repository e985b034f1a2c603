package org.placette.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.media.Media;
import org.placette.post.Attachment;
import org.placette.unsent.UnsentStore;
import org.placette.unsent.UnsentStore.Unsent;
import org.placette.web.Form;
import org.placette.web.Problem;

/**
 * Events that are not published yet: drafts, and those that wait for their hour. Each is a filled
 * form that its author alone sees; it is published by the same steps as a form that is sent.
 */
public final class EventDrafts {

  /** What a form holds that is not the event's. */
  private static final List<String> PASSING =
      List.of("csrf", "confirmed", "noBanner", "keep", "draft", "banner", "bannerId");

  private final Db db;
  private final Actors actors;
  private final Media media;
  private final BannerForm banners;
  private final Planning planning;

  public EventDrafts(Db db, Actors actors, Media media, Planning planning) {
    this.db = db;
    this.actors = actors;
    this.media = media;
    this.planning = planning;
    banners = new BannerForm(db, media);
  }

  /**
   * Somebody's own draft.
   *
   * @param number as forms and links hold it; empty for none
   * @throws Problem.NotFound when there is none of that number, or it is somebody else's
   */
  @Nullable Unsent of(long me, @Nullable String number) {
    if (number == null || number.isEmpty()) return null;
    var found =
        number.matches("\\d{1,18}") ? UnsentStore.one(db, me, Long.parseLong(number)) : null;
    if (found == null || !found.event()) throw new Problem.NotFound();
    return found;
  }

  /** Its picture; null for none. */
  @Nullable Attachment picture(long me, @Nullable Unsent draft) {
    var id = draft == null ? null : draft.fields().get("bannerId");
    if (draft == null || id == null) return null;
    try {
      var words = draft.fields().get("bannerText");
      return banners.uploaded(me, Long.parseLong(id)).asBanner(words);
    } catch (Problem.NotFound e) {
      return null;
    }
  }

  /**
   * When it is to be published; what is wrong is said in the form.
   *
   * @return null for now
   */
  static @Nullable Instant due(Form form, @Nullable NewEvent wanted, ZoneId zone, Instant now) {
    if (form.value("publishDate").isEmpty() && form.value("publishTime").isEmpty()) return null;
    try {
      var day = LocalDate.parse(form.required("publishDate", 20));
      var due = day.atTime(LocalTime.parse(form.required("publishTime", 20))).atZone(zone);
      var at = due.toInstant();
      if (!at.isAfter(now)) form.wrong("publishDate", "error.publishPast");
      else if (wanted != null && at.isAfter(wanted.details().when().start()))
        form.wrong("publishDate", "error.publishLate");
      return at;
    } catch (DateTimeException e) {
      form.wrong("publishDate", "error.publishTime");
      return null;
    }
  }

  /**
   * Keeps it, new or instead of what it was.
   *
   * @param due when it is published by itself; null for a mere draft
   */
  void keep(
      Actor author,
      Form form,
      BannerForm.Chosen chosen,
      @Nullable Unsent before,
      @Nullable Instant due) {
    var fields = new HashMap<>(form.values());
    fields.keySet().removeAll(PASSING);
    fields.values().removeIf(String::isEmpty);
    fields.put("form", "event");
    var picture = chosen.picture();
    if (picture != null && picture.mediaId() != null)
      fields.put("bannerId", String.valueOf(picture.mediaId()));
    var id = before == null ? Ids.next() : before.id();
    if (!UnsentStore.save(db, id, author.id(), fields, due)) {
      banners.drop(chosen);
      throw new Problem.Forbidden("Too many drafts");
    }
    if (before != null && !Objects.equals(before.fields().get("bannerId"), fields.get("bannerId")))
      release(author.id(), before);
  }

  /** The picture is the event's, or nobody's, from now on. */
  private void release(long me, Unsent draft) {
    var id = draft.fields().get("bannerId");
    if (id == null) return;
    try {
      var stored = media.byId(me, Long.parseLong(id));
      db.transact(tx -> media.keep(tx, stored, false));
    } catch (Problem.NotFound e) {
      // It left already.
    }
  }

  /**
   * Publishes what a form says; the draft that it was leaves in the same transaction.
   *
   * @throws Problem.NotFound when that draft is published or gone already
   */
  Event publish(Actor author, Form form, NewEvent wanted, @Nullable Unsent draft) {
    return db.inTransaction(
        tx -> {
          if (draft != null && !UnsentStore.take(tx, author.id(), draft))
            throw new Problem.NotFound();
          return planning.publish(tx, author, form, wanted.in(actors.village()));
        });
  }

  /** The event stands: what the draft kept is its own. */
  void settled(Actor author, @Nullable Unsent draft) {
    if (draft != null) release(author.id(), draft);
  }

  /**
   * Publishes a draft as it is.
   *
   * @throws Problem.Invalid when something is missing or wrong in it
   */
  Event publish(Actor author, Unsent draft) {
    var form = Form.filled(draft.fields());
    var wanted = EventForm.read(form, draft.fields().getOrDefault("language", "fr"), null);
    if (wanted == null) throw new Problem.Invalid("Something is missing", form.errors());
    var picture = picture(author.id(), draft);
    var event = publish(author, form, wanted.showing(picture), draft);
    banners.settle(event);
    release(author.id(), draft);
    return event;
  }

  /** Publishes those whose hour has come, each once; gives how many were tried. */
  public int publishDue() {
    var due = UnsentStore.due(db);
    for (var draft : due) {
      var author = actors.byId(draft.actorId());
      try {
        if (author == null || author.suspended()) throw new Problem.Forbidden("suspended");
        var unused = publish(author, draft);
      } catch (Problem e) {
        // Harmless when another process has published it, or its author put it off.
        UnsentStore.fail(db, draft, e.message());
      }
    }
    return due.size();
  }
}
