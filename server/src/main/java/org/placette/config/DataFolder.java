package org.placette.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder that holds everything a backup must hold, and the lock that keeps it to one server.
 *
 * <p>The lock belongs to the process, not to the file: it is gone when the process is, however it
 * ended, so a file left behind by kill -9 refuses nobody.
 */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the folder if it is missing and takes it for this process.
   *
   * @throws StartFailure when another process holds it (its id is in the message) or it cannot be
   *     written
   */
  public static DataFolder take(Path path) {
    return tryTake(path)
        .orElseThrow(
            () ->
                new StartFailure(
                    "The data folder %s is in use by another Placette%s. Stop it first, or choose another PLACETTE_DATA."
                        .formatted(
                            path, holder(path).map(pid -> " (process " + pid + ")").orElse(""))));
  }

  /** Like {@link #take}, but empty when another process holds the folder. */
  public static Optional<DataFolder> tryTake(Path path) {
    var folder = path.toAbsolutePath().normalize();
    try {
      create(folder);
      var file = folder.resolve("placette.lock");
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException heldByThisProcess) {
        // Same answer as when another process holds it.
      }
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      own(folder, file);
      return Optional.of(new DataFolder(folder, channel));
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder %s cannot be written (%s). Give it to the user that runs Placette, or choose another PLACETTE_DATA."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** The id of the process that holds the folder, as it wrote it; empty when unknown. */
  public static Optional<Long> holder(Path path) {
    try {
      var text = Files.readString(path.resolve("placette.lock")).strip();
      return text.matches("[0-9]{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The folder itself, absolute. */
  public Path path() {
    return path;
  }

  /** A folder inside, created readable by its owner only. */
  public Path folder(String name) {
    try {
      var folder = path.resolve(name);
      if (!Files.isDirectory(folder)) {
        create(folder);
        own(path, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new StartFailure(
          "The folder %s cannot be created: %s".formatted(path.resolve(name), e), e);
    }
  }

  /** Gives everything that this process put directly or deeper into the folder to its owner. */
  public void ownAll() throws IOException {
    try (var files = Files.walk(path)) {
      for (var file : files.toList()) {
        // PostgreSQL's files are its user's business.
        if (!file.startsWith(path.resolve("postgres")) && !Files.isSymbolicLink(file)) {
          own(path, file);
        }
      }
    }
  }

  /**
   * Gives a file to whoever owns the folder, when root made it: an administrator's command must not
   * leave behind files that the server cannot open.
   */
  public static void own(Path folder, Path file) throws IOException {
    var owner = Files.getAttribute(folder, "unix:uid");
    if (!owner.equals(Files.getAttribute(file, "unix:uid"))) {
      Files.setAttribute(file, "unix:uid", owner);
      Files.setAttribute(file, "unix:gid", Files.getAttribute(folder, "unix:gid"));
    }
  }

  /** Lets the next process have the folder. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process in any case.
    }
  }

  private static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      var parent = folder.getParent();
      if (parent != null) Files.createDirectories(parent);
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
