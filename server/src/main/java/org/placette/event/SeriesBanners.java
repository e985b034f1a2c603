package org.placette.event;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Sql;
import org.placette.db.Tx;
import org.placette.media.Media;
import org.placette.post.Attachment;
import org.placette.web.Form;
import org.placette.web.Problem;

/** The picture of a series, of which each event has files of its own. */
public final class SeriesBanners {

  private final Db db;
  private final Media media;
  private final BannerForm form;

  public SeriesBanners(Db db, Media media) {
    this.db = db;
    this.media = media;
    form = new BannerForm(db, media);
  }

  /**
   * What a form chose for all that follow.
   *
   * @param picture null for none
   * @param changed false when each event keeps the one that it has
   */
  public record Chosen(@Nullable Attachment picture, boolean changed) {}

  /** Reads the form's picture; what is wrong is said in it. */
  public Chosen read(RoutingContext ctx, Form given, long owner, @Nullable Attachment before) {
    var chosen = form.read(ctx, given, owner, before);
    var gone = before != null && chosen.picture() == null;
    return new Chosen(chosen.picture(), chosen.fresh() != null || gone);
  }

  /** The picture of that number; null when it is gone. */
  public @Nullable Attachment of(Sql sql, long owner, @Nullable String id, @Nullable String words) {
    if (id == null || !id.matches("\\d{1,18}")) return null;
    try {
      var stored = media.byIds(sql, owner, List.of(Long.parseLong(id))).getFirst();
      return Attachment.of(stored, media).asBanner(words);
    } catch (Problem.Invalid e) {
      return null;
    }
  }

  /** The same event with this picture. */
  public NewEvent showing(NewEvent wanted, @Nullable Attachment picture) {
    return wanted.showing(picture);
  }

  /** Files of an event's own for this picture; null for none, or when it is gone. */
  public @Nullable Attachment copy(Tx tx, long owner, @Nullable Attachment picture) {
    if (picture == null || picture.mediaId() == null) return null;
    try {
      var copy = media.copy(tx, owner, picture.mediaId());
      return Attachment.of(copy, media).asBanner(picture.name());
    } catch (Problem.NotFound e) {
      return null;
    }
  }

  /** Files of a series' own, which stay when an event goes; null for none, or when it is gone. */
  public @Nullable Attachment own(Tx tx, long owner, @Nullable Attachment picture) {
    var copy = copy(tx, owner, picture);
    if (copy == null || copy.mediaId() == null) return null;
    media.keep(tx, media.byIds(tx, owner, List.of(copy.mediaId())).getFirst(), true);
    return copy;
  }

  /** No series shows this any more; one that an event shows stays. */
  public void free(Tx tx, @Nullable Attachment picture) {
    if (picture != null) media.free(tx, picture.url());
  }

  /** What came with a form that was refused. */
  public void drop(Chosen chosen) {
    if (chosen.changed()) db.transact(tx -> free(tx, chosen.picture()));
  }

  /** The files are the event's own. */
  public void settle(Tx tx, Event event) {
    var picture = event.details().banner();
    if (picture == null || picture.mediaId() == null) return;
    var owner = event.post().actorId();
    media.attach(tx, owner, List.of(picture.mediaId()), event.id());
    media.keep(tx, media.byIds(tx, owner, List.of(picture.mediaId())).getFirst(), false);
  }
}
