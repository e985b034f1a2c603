package org.placette.emoji;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.placette.actor.Actors;
import org.placette.audit.Audit;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.media.FileKind;
import org.placette.media.Media;
import org.placette.media.StoredMedia;
import org.placette.web.Problem;

/** The custom emoji of this place; they are few and wanted often, so they are remembered. */
public final class Emojis {

  /** The largest picture of one, in bytes: a page may show hundreds. */
  static final long LARGEST = 256 * 1024;

  /** How many there may be. */
  static final int MOST = 300;

  private final Db db;
  private final Actors actors;
  private final Media media;
  private volatile Known known;

  private record Known(List<Emoji> all, Map<String, String> pictures) {}

  public Emojis(Db db, Actors actors, Media media) {
    this.db = db;
    this.actors = actors;
    this.media = media;
    known = read(db);
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("emoji", "retention.emoji"));
  }

  /** All, in the order of their codes; does not ask the database. */
  public List<Emoji> all() {
    return known.all;
  }

  /** The addresses of their pictures by code; fit for use in a transaction too. */
  public Map<String, String> pictures() {
    return known.pictures;
  }

  private static Known read(Db db) {
    var all = EmojiStore.all(db);
    Map<String, String> pictures = new LinkedHashMap<>();
    for (var one : all) pictures.put(one.code(), one.url());
    return new Known(all, pictures);
  }

  /**
   * Adds one.
   *
   * @param by the actor who does it
   * @param code checked already
   * @param file moved away or left
   * @throws Problem.Conflict when the code is taken or there are too many
   * @throws Problem.Invalid when the file is no picture
   */
  void add(long by, String code, Path file) {
    if (all().size() >= MOST) throw new Problem.Conflict("There are as many emoji as there may be");
    var owner = actors.village().id();
    var stored = media.store(owner, file, ":" + code + ":", null);
    if (stored.kind().family() != FileKind.Family.IMAGE) {
      media.delete(owner, stored.id());
      throw new Problem.Invalid("An emoji is a picture", Map.of("file", "error.fileBroken"));
    }
    db.transact(
        tx -> {
          if (!EmojiStore.add(tx, of(code, stored)))
            throw new Problem.Conflict("This code is taken");
          media.keep(tx, stored, true);
          Audit.write(tx, by, "emoji.add", null, ":" + code + ":", null);
        });
    known = read(db);
  }

  private Emoji of(String code, StoredMedia stored) {
    var url = media.original(stored);
    // Both are kept as they came when they may move.
    var moves = stored.kind() == FileKind.GIF || stored.kind() == FileKind.WEBP;
    var preview = moves ? media.preview(stored) : null;
    return new Emoji(code, url, preview == null ? url : preview);
  }

  /** Removes one; where it stands in posts and profiles, its code is seen again. */
  void remove(long by, String code) {
    db.transact(
        tx -> {
          var url = EmojiStore.remove(tx, code);
          if (url == null) throw new Problem.NotFound();
          EmojiStore.forget(tx, url);
          media.free(tx, url);
          Audit.write(tx, by, "emoji.remove", null, ":" + code + ":", null);
        });
    known = read(db);
  }
}
