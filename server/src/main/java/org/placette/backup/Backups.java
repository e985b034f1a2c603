package org.placette.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.Dump;
import org.placette.db.Migrations;

/** Makes backups of a place, and knows when the last one was made. */
public final class Backups {

  private final Db db;
  private final Settings settings;
  private final String version;

  /**
   * @param version of this Placette
   */
  public Backups(Db db, Settings settings, String version) {
    this.db = db;
    this.settings = settings;
    this.version = version;
  }

  /**
   * Writes everything as it is at this moment. Blocks while it reads the database and the files, so
   * it belongs on a thread of its own; holds no more than a piece in memory.
   *
   * @param out closed at the end
   */
  public Dump.Summary write(OutputStream out) throws IOException {
    var from =
        new Archive.Source(
            db.database(), settings.data(), settings.origin(), version, Migrations.applied(db));
    var summary = Archive.write(from, out);
    BackupStore.note(db, Instant.now());
    return summary;
  }

  /** When the last complete one was made; null for never. */
  public @Nullable Instant last() {
    return BackupStore.last(db);
  }
}
