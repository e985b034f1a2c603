package org.placette.event;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.post.Attachment;
import org.placette.web.Form;
import org.placette.web.Problem;
import org.placette.web.Uploads;

/** The picture that comes with the form of an event. */
final class BannerForm {

  private final Db db;
  private final Media media;

  BannerForm(Db db, Media media) {
    this.db = db;
    this.media = media;
  }

  /**
   * What was chosen.
   *
   * @param picture null for none
   * @param fresh the file that came with the form; null when it stays as it was
   */
  record Chosen(@Nullable Attachment picture, @Nullable StoredMedia fresh) {}

  /**
   * Reads the fields and stores the file; what is wrong is said in the form.
   *
   * @param before the picture so far
   */
  Chosen read(RoutingContext ctx, Form form, long owner, @Nullable Attachment before) {
    var words = form.upTo("bannerText", Media.LONGEST);
    var file = Uploads.file(ctx, "banner");
    if (!form.ok()) return new Chosen(before, null);
    if (file == null) {
      if (before == null || form.optional("noBanner") != null) return new Chosen(null, null);
      return new Chosen(before.asBanner(words), null);
    }
    try {
      var stored = media.store(owner, file, words, null);
      // Kept until the event is there, which may be refused.
      db.transact(tx -> media.keep(tx, stored, true));
      return new Chosen(Attachment.of(stored, media).asBanner(words), stored);
    } catch (Problem.Invalid refusal) {
      form.wrong("banner", refusal.fields().getOrDefault("file", "error.fileBroken"));
    } catch (Problem.TooLarge refusal) {
      form.wrong("banner", "error.fileLarge");
    }
    return new Chosen(before, null);
  }

  /** The same for a new event: the picture of another one is copied. */
  Chosen own(long owner, Chosen chosen) {
    var picture = chosen.picture();
    if (chosen.fresh() != null || picture == null || picture.mediaId() == null) return chosen;
    try {
      if (media.byId(owner, picture.mediaId()).postId() == null) return chosen;
      var copy = media.copy(db, owner, picture.mediaId());
      db.transact(tx -> media.keep(tx, copy, true));
      return new Chosen(Attachment.of(copy, media).asBanner(picture.name()), copy);
    } catch (Problem.NotFound e) {
      return new Chosen(null, null);
    }
  }

  /**
   * A picture that an app uploaded before.
   *
   * @throws Problem.NotFound when there is none of that owner
   */
  Attachment uploaded(long owner, long id) {
    var picture = Attachment.of(media.byId(owner, id), media);
    return picture.asBanner(picture.name());
  }

  /** The event shows what an app uploaded: the file is its own. */
  void settle(Event event) {
    settle(new Chosen(event.details().banner(), null), event);
  }

  /** The event shows what was chosen: the file is its own, an earlier one is freed. */
  void settle(Chosen chosen, Event event) {
    List<Long> ids = new ArrayList<>();
    var picture = chosen.picture();
    if (picture != null && picture.mediaId() != null) ids.add(picture.mediaId());
    for (var one : event.post().attachment()) if (one.mediaId() != null) ids.add(one.mediaId());
    var fresh = chosen.fresh();
    db.transact(
        tx -> {
          media.attach(tx, event.post().actorId(), ids, event.id());
          if (fresh != null) media.keep(tx, fresh, false);
        });
  }

  /** There is no such event after all. */
  void drop(Chosen chosen) {
    var fresh = chosen.fresh();
    if (fresh != null) db.transact(tx -> media.keep(tx, fresh, false));
  }
}
