package org.placette.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.backup.Backups;
import org.placette.config.StartFailure;
import org.placette.db.Dump;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code placette backup FILE}. */
@Command(
    name = "backup",
    description =
        "Writes everything into one file: data, media, keys. The server may go on meanwhile.")
final class BackupCommand implements Runnable {

  @ParentCommand private @Nullable Placette placette;

  @Parameters(paramLabel = "FILE", description = "A new file; - for the output.")
  private String file = "";

  @Override
  public void run() {
    var command = Objects.requireNonNull(placette);
    try (var platform = Platform.join(command.settings())) {
      if (file.equals("-")) {
        var unused = backups(platform).write(System.out);
        return;
      }
      var summary = write(platform, Path.of(file).toAbsolutePath());
      long rows = summary.rows().values().stream().mapToLong(Long::longValue).sum();
      System.out.printf(
          "%s holds %d rows of %d tables, media and keys. Whoever has it can act as this server:"
              + " keep it private, on another machine.%n",
          file, rows, summary.rows().size());
    } catch (IOException e) {
      throw new StartFailure("The backup failed and left no file: %s".formatted(e.getMessage()), e);
    }
  }

  private static Backups backups(Platform platform) {
    return new Backups(platform.db(), platform.settings(), Placette.version());
  }

  private static Dump.Summary write(Platform platform, Path target) throws IOException {
    if (Files.exists(target)) {
      throw new StartFailure("%s is there already. Choose another name.".formatted(target));
    }
    if (target.startsWith(platform.data())) {
      throw new StartFailure(
          "%s lies in the data folder, which it is to save. Choose a place outside."
              .formatted(target));
    }
    var part = target.resolveSibling(target.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Dump.Summary summary;
      try (OutputStream out = Files.newOutputStream(part)) {
        summary = backups(platform).write(out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return summary;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
