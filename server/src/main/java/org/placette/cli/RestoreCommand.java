package org.placette.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.backup.Archive;
import org.placette.config.DataFolder;
import org.placette.config.Settings;
import org.placette.config.StartFailure;
import org.placette.db.Database;
import org.placette.db.Migrations;
import org.placette.db.Postgres;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code placette restore FILE}. */
@Command(
    name = "restore",
    description = "Fills an empty data folder (and an empty outside database) from a backup.")
final class RestoreCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  @Parameters(paramLabel = "FILE", description = "What `placette backup` wrote; - for the input.")
  private String file = "";

  @Override
  public void run() {
    var settings = Objects.requireNonNull(placette).settings();
    try (var in = open()) {
      refuseUnlessEmpty(settings.data());
      var manifest = restore(settings, in);
      System.out.printf(
          "Restored %s as of %s. Start it with: %splacette run%n",
          manifest.origin(),
          manifest.made(),
          manifest.origin().equals(settings.origin())
              ? ""
              : "PLACETTE_DOMAIN="
                  + manifest.origin().substring(manifest.origin().indexOf("://") + 3)
                  + " ");
    } catch (IOException e) {
      throw new StartFailure(
          "%s cannot be restored: %s. Nothing was changed."
              .formatted(file.equals("-") ? "The backup" : file, e.getMessage()),
          e);
    }
  }

  private InputStream open() throws IOException {
    if (file.equals("-")) return System.in;
    var path = Path.of(file);
    if (!Files.isReadable(path)) throw new StartFailure(path + " cannot be read.");
    return Files.newInputStream(path);
  }

  private static void refuseUnlessEmpty(Path data) throws IOException {
    if (!Files.exists(data)) return;
    try (var files = Files.list(data)) {
      // A lock alone is what a refused start leaves.
      if (files.allMatch(file -> file.getFileName().toString().equals("placette.lock"))) return;
    }
    throw new StartFailure(
        "%s is not empty, and a restore overwrites nothing. Move it away or choose another PLACETTE_DATA."
            .formatted(data));
  }

  private static Archive.Manifest restore(Settings settings, InputStream in) throws IOException {
    try (var folder = DataFolder.take(settings.data())) {
      boolean done = false;
      try {
        Archive.Manifest manifest;
        if (settings.databaseUrl().isEmpty()) {
          try (var postgres = Postgres.start(folder)) {
            manifest = restore(in, postgres.database(), folder.path());
          }
        } else {
          manifest = restore(in, Database.parse(settings.databaseUrl()), folder.path());
        }
        folder.ownAll();
        done = true;
        return manifest;
      } finally {
        if (!done) clear(folder.path());
      }
    }
  }

  private static Archive.Manifest restore(InputStream in, Database database, Path data)
      throws IOException {
    var manifest = Archive.read(in, database, data);
    Migrations.migrate(database, Migrations.newest());
    return manifest;
  }

  /** Leaves the folder as empty as it was, so that the next try is not refused. */
  private static void clear(Path data) {
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(data) && !file.endsWith("placette.lock")) Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // The refusal of the next try says what is left.
    }
  }
}
