package org.placette.media;

import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Tx;
import org.placette.web.Form;
import org.placette.web.Problem;
import org.placette.web.Uploads;

/**
 * The files of a form that is filled in step by step: the hidden field {@code files} names those
 * that came with an earlier step, by number; {@code file} brings more; {@code fileText…}, {@code
 * focus…} and {@code drop…} with a number at their end say what each shows, which point of it
 * matters, and that it leaves the form.
 */
public final class FormFiles {

  /** As {@code max_media_attachments} of the instance says. */
  public static final int MOST = 8;

  /** The largest form, in bytes: one large file, or as many pictures as there may be. */
  public static final long LARGEST = Math.max(Media.FILE_BYTES, MOST * Media.PICTURE_BYTES);

  private final Db db;
  private final Media media;

  public FormFiles(Db db, Media media) {
    this.db = db;
    this.media = media;
  }

  /**
   * One of them, as the form shows it.
   *
   * @param picture the address of its small picture; null for what is no picture
   * @param ending what its name ends in, in capitals: PDF
   * @param description what it shows, in words; empty for none
   * @param focus the point that matters, as {@code x,y}; null for what is no picture
   */
  public record Shown(
      long id,
      @Nullable String picture,
      String ending,
      String description,
      @Nullable String focus) {

    /** Nine places of a picture, row by row from its upper left corner. */
    public static final List<String> PLACES =
        List.of(
            "-0.7,0.7",
            "0.0,0.7",
            "0.7,0.7",
            "-0.7,0.0",
            "0.0,0.0",
            "0.7,0.0",
            "-0.7,-0.7",
            "0.0,-0.7",
            "0.7,-0.7");

    /** Whether the point was set more precisely than by one of the nine places. */
    public boolean precise() {
      return focus != null && !PLACES.contains(focus);
    }
  }

  /** The numbers that a form names. */
  public static List<Long> named(Map<String, String> fields) {
    return Arrays.stream(fields.getOrDefault("files", "").split(","))
        .filter(number -> number.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** Those of the form that are still there, in their order. */
  public List<StoredMedia> of(long owner, Form form) {
    return media.still(db, owner, named(form.values()));
  }

  /**
   * Takes what came with a form and what is said of each file; the form then names them all. What
   * is wrong is said in the form, and the files that were right stay in it.
   *
   * @return the files, in their order
   */
  public List<StoredMedia> read(RoutingContext ctx, long owner, Form form) {
    List<StoredMedia> all = new ArrayList<>();
    for (var one : of(owner, form))
      if (form.value("drop" + one.id()).isEmpty()) all.add(described(owner, form, one));
    for (var file : Uploads.files(ctx, "file")) {
      if (all.size() >= MOST) {
        form.wrong("file", "error.filesMost");
        break;
      }
      var stored = stored(owner, form, file);
      if (stored != null) all.add(stored);
    }
    var unused =
        form.with(
            "files",
            all.stream().map(one -> String.valueOf(one.id())).collect(Collectors.joining(",")));
    return all;
  }

  private StoredMedia described(long owner, Form form, StoredMedia one) {
    var words = form.values().get("fileText" + one.id());
    var point = form.value("focus" + one.id());
    if (words == null && point.isEmpty()) return one;
    try {
      return media.update(owner, one.id(), words, Focus.read(point));
    } catch (Problem.Invalid refusal) {
      form.wrong("fileText" + one.id(), "error.long");
      return one;
    }
  }

  private @Nullable StoredMedia stored(long owner, Form form, Path file) {
    try {
      return media.store(owner, file, null, null);
    } catch (Problem.Invalid refusal) {
      form.wrong(refusal);
    } catch (Problem.TooLarge refusal) {
      form.wrong("file", "error.fileLarge");
    }
    return null;
  }

  /** The same for a page. */
  public List<Shown> shown(long owner, Form form) {
    return of(owner, form).stream().map(this::shown).toList();
  }

  private Shown shown(StoredMedia one) {
    var picture = one.kind().family() == FileKind.Family.IMAGE;
    var small = media.preview(one);
    var point = one.focus();
    return new Shown(
        one.id(),
        picture ? (small == null ? media.original(one) : small) : null,
        one.kind().ending().toUpperCase(Locale.ROOT),
        one.description() == null ? "" : one.description(),
        picture ? (float) point.x() + "," + (float) point.y() : null);
  }

  /**
   * A draft names these files now: they stay although no post shows them, and those that it named
   * before and names no more leave.
   */
  public void keep(Tx tx, long owner, List<Long> before, List<Long> now) {
    for (var one : media.still(tx, owner, now)) media.keep(tx, one, true);
    var left = before.stream().filter(id -> !now.contains(id)).toList();
    for (var one : media.still(tx, owner, left)) media.keep(tx, one, false);
  }
}
