package org.placette.follow;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.db.Tx;
import org.placette.media.FileKind;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.web.Form;
import org.placette.web.Problem;
import org.placette.web.Uploads;

/** The face and the banner of somebody here, as they come with a form or a call. */
public final class Portraits {

  private final Media media;

  public Portraits(Media media) {
    this.media = media;
  }

  /**
   * What was chosen.
   *
   * @param icon the address of the face; null for none
   * @param image the address of the banner; null for none
   * @param avatar the file of a new face; null when it stays
   * @param header the file of a new banner; null when it stays
   */
  public record Chosen(
      @Nullable String icon,
      @Nullable String image,
      @Nullable StoredMedia avatar,
      @Nullable StoredMedia header) {}

  /**
   * Stores the files {@code avatar} and {@code header} of a request; fields {@code noAvatar} and
   * {@code noHeader} take them away. What is wrong is said in the form.
   */
  public Chosen read(RoutingContext ctx, Form form, Actor now) {
    var avatar = form.ok() ? picture(ctx, form, now, "avatar") : null;
    var header = form.ok() ? picture(ctx, form, now, "header") : null;
    return new Chosen(
        address(form, "noAvatar", avatar, now.icon()),
        address(form, "noHeader", header, now.image()),
        avatar,
        header);
  }

  private @Nullable String address(
      Form form, String none, @Nullable StoredMedia fresh, @Nullable String before) {
    if (fresh != null) return media.original(fresh);
    return form.optional(none) == null ? before : null;
  }

  private @Nullable StoredMedia picture(RoutingContext ctx, Form form, Actor now, String field) {
    var file = Uploads.file(ctx, field);
    if (file == null) return null;
    try {
      var stored = media.store(now.id(), file, null, null);
      if (stored.kind().family() == FileKind.Family.IMAGE) return stored;
      form.wrong(field, "error.fileBroken");
    } catch (Problem.Invalid refusal) {
      form.wrong(field, refusal.fields().getOrDefault("file", "error.fileBroken"));
    } catch (Problem.TooLarge refusal) {
      form.wrong(field, "error.fileLarge");
    }
    return null;
  }

  /** Keeps the new files and frees those that they replace; with the change of the profile. */
  public void settle(Tx tx, Chosen chosen, Actor before) {
    if (chosen.avatar() != null) media.keep(tx, chosen.avatar(), true);
    if (chosen.header() != null) media.keep(tx, chosen.header(), true);
    if (chosen.icon() == null || chosen.avatar() != null) media.free(tx, before.icon());
    if (chosen.image() == null || chosen.header() != null) media.free(tx, before.image());
  }
}
