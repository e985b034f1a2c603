package org.placette.event;

import java.time.Instant;
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
import org.placette.unsent.Due;
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
      List.of("csrf", "confirmed", "noBanner", "keep", "draft", "like", "banner", "bannerId");

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
    var at = Due.read(form, zone, now);
    var wrong = at == null ? null : refusal(at, wanted, now);
    if (wrong != null) form.wrong("publishDate", wrong);
    return at;
  }

  /** Why it cannot be published then, as the key of a message; null when it can. */
  static @Nullable String refusal(Instant at, @Nullable NewEvent wanted, Instant now) {
    if (!at.isAfter(now)) return "error.publishPast";
    var late = wanted != null && at.isAfter(wanted.details().when().start());
    return late ? "error.publishLate" : null;
  }

  /**
   * Keeps what an app sent, with the picture that it uploaded before.
   *
   * @param form the same as a form, and how it repeats
   * @param due when it is published by itself; null for a mere draft
   */
  Unsent keep(Actor author, NewEvent wanted, Form form, @Nullable Instant due) {
    var picture = wanted.details().banner();
    if (picture != null && picture.mediaId() != null) {
      var stored = media.byId(author.id(), picture.mediaId());
      db.transact(tx -> media.keep(tx, stored, true));
    }
    // The village's own place has its point on the map, which no form holds.
    var place = wanted.details().place();
    if (place != null && place.latitude() != null)
      form.with("street", "").with("postalCode", "").with("locality", "");
    var id = keep(author, form, new BannerForm.Chosen(picture, null), null, due);
    return Objects.requireNonNull(UnsentStore.one(db, author.id(), id));
  }

  /** Somebody's own, those that are published by themselves first. */
  List<Unsent> all(long me) {
    return UnsentStore.of(db, me).stream().filter(Unsent::event).toList();
  }

  /** Sets another hour, or none. */
  void put(Unsent draft, @Nullable Instant due) {
    var kept = UnsentStore.save(db, draft.id(), draft.actorId(), draft.fields(), due);
    if (!kept) throw new Problem.NotFound();
  }

  /** Throws one away, and its picture. */
  void remove(Unsent draft) {
    UnsentStore.remove(db, draft.actorId(), draft.id());
    release(draft.actorId(), draft);
  }

  /**
   * Keeps it, new or instead of what it was; gives its number.
   *
   * @param due when it is published by itself; null for a mere draft
   */
  long keep(
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
    return id;
  }

  /** The picture is the event's, or nobody's, from now on. */
  private void release(long me, Unsent draft) {
    var id = draft.fields().get("bannerId");
    if (id != null) media.release(me, Long.parseLong(id));
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
          return planning.publish(tx, author, form, wanted);
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
    var wanted = wanted(draft, form);
    if (wanted == null) throw new Problem.Invalid("Something is missing", form.errors());
    var picture = picture(author.id(), draft);
    if (picture != null) form.with("bannerId", picture.mediaId());
    var event = publish(author, form, wanted.showing(picture), draft);
    banners.settle(event);
    release(author.id(), draft);
    return event;
  }

  /** What a draft says; null when something is missing or wrong in it. */
  static @Nullable NewEvent wanted(Unsent draft) {
    return wanted(draft, Form.filled(draft.fields()));
  }

  private static @Nullable NewEvent wanted(Unsent draft, Form form) {
    return EventForm.read(form, draft.fields().getOrDefault("language", "fr"), null);
  }

  /** Publishes those whose hour has come, each once; gives how many were tried. */
  public int publishDue() {
    return Due.publish(db, actors, Unsent::event, this::publish);
  }
}
