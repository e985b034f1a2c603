package org.placette.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.placette.config.StartFailure;

/**
 * PostgreSQL's programs, unpacked from the archive that comes with Placette. They are unpacked
 * under a temporary name, flushed to the disk and then renamed, so the final folder is either whole
 * or absent, whatever kills the process meanwhile.
 */
record PostgresBinaries(Path folder) {

  private static final String VERSION = version();

  /** Finds the programs below a folder, unpacking them the first time. */
  static PostgresBinaries below(Path home) {
    var name = "postgresql-" + VERSION + "-" + architecture();
    var folder = home.resolve(name);
    if (!Files.isDirectory(folder)) {
      try {
        unpack(home, folder);
      } catch (IOException e) {
        throw new StartFailure(
            "PostgreSQL could not be unpacked into %s: %s. Check the free space and the folder's owner."
                .formatted(home, e),
            e);
      }
    }
    return new PostgresBinaries(folder);
  }

  /** The full path of a program: postgres or initdb. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** The version whose files a cluster must have, such as 18. */
  static String major() {
    return VERSION.substring(0, VERSION.indexOf('.'));
  }

  private static void unpack(Path home, Path folder) throws IOException {
    removeLeftovers(home);
    var part = home.resolve(folder.getFileName() + ".part-" + ProcessHandle.current().pid());
    var archive = "/postgres-linux-" + architecture() + ".txz";
    try (var packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new StartFailure(
            "Placette has no PostgreSQL of its own for this machine (%s). Install one and set PLACETTE_DATABASE_URL."
                .formatted(System.getProperty("os.arch")));
      }
      unpack(packed, part);
      flush(part);
      rename(part, folder);
      flush(home);
    }
  }

  /**
   * Gives what is complete its name; when another process was faster, what that one did is kept.
   */
  static void rename(Path part, Path folder) throws IOException {
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) throw e;
      delete(part);
    }
  }

  private static void unpack(InputStream packed, Path part) throws IOException {
    Files.createDirectories(part);
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        var target = part.resolve(entry.getName()).normalize();
        if (!target.startsWith(part) || !needed(entry.getName())) continue;
        Files.createDirectories(entry.isDirectory() ? target : target.resolveSibling("."));
        if (entry.isDirectory()) continue;
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          var program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /** Leaves out what only serves to compile other programs. */
  private static boolean needed(String name) {
    return !name.endsWith(".a") && !name.contains("/pkgconfig") && !name.contains("/libecpg");
  }

  /** What a killed unpacking left. */
  private static void removeLeftovers(Path home) throws IOException {
    try (var files = Files.newDirectoryStream(home, "*.part-*")) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var pid = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
        var alive = ProcessHandle.of(pid).isPresent() && pid != ProcessHandle.current().pid();
        if (!alive) delete(file);
      }
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }

  /**
   * Brings what was written to the disk at once: file by file it would take many times as long.
   * Where the command is missing, only a power cut within the next seconds could do harm.
   */
  private static void flush(Path folder) throws IOException {
    try {
      var process = new ProcessBuilder("sync", "-f", folder.toString()).start();
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while unpacking");
    } catch (IOException notInstalled) {
      return;
    }
  }

  private static String architecture() {
    var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }

  private static String version() {
    try (var in = PostgresBinaries.class.getResourceAsStream("postgres.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
