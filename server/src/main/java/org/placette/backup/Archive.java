package org.placette.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.placette.config.StartFailure;
import org.placette.db.Database;
import org.placette.db.Dump;
import org.placette.db.Load;
import org.placette.db.Migrations;

/**
 * A backup: one gzipped tar file that holds {@code placette.json} (what this is), {@code
 * tables/NAME/NNNNNN} (each table's text in pieces, because a tar entry states its size first),
 * {@code files/…} (the data folder without the database) and {@code end.json} (counts; a backup
 * without it is cut off). It is written and read as a stream, whatever its size.
 */
public final class Archive {

  private static final int FORMAT = 1;
  private static final int PIECE = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What of the data folder is not worth keeping, or is in the backup in another form. */
  private static final Set<String> LEFT_OUT = Set.of("postgres", "placette.lock", "cache", "tmp");

  /**
   * What a backup says of itself.
   *
   * @param schema the version of the tables
   * @param origin the address that all ids in it carry
   * @param made when, in ISO 8601
   */
  public record Manifest(int format, String version, int schema, String origin, String made) {}

  /**
   * What is backed up.
   *
   * @param schema the version of the tables
   */
  record Source(Database database, Path data, String origin, String version, int schema) {}

  /** A table's beginning. */
  record Table(String name, List<String> columns) {}

  private Archive() {}

  /** Writes a backup. The database is read at one moment; files that come later do no harm. */
  static Dump.Summary write(Source from, OutputStream file) throws IOException {
    try (var tar =
        new TarArchiveOutputStream(new Gzip(new BufferedOutputStream(file, 1 << 16)), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      put(
          tar,
          "placette.json",
          JSON.writeValueAsBytes(
              new Manifest(
                  FORMAT, from.version(), from.schema(), from.origin(), Instant.now().toString())));
      var summary =
          Dump.write(
              from.database(),
              (name, columns) -> {
                put(
                    tar,
                    "tables/" + name + "/columns.json",
                    JSON.writeValueAsBytes(new Table(name, columns)));
                return new Pieces(tar, name);
              });
      files(tar, from.data());
      put(tar, "end.json", JSON.writeValueAsBytes(summary));
      return summary;
    }
  }

  private static void files(TarArchiveOutputStream tar, Path data) throws IOException {
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return leftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && !leftOut(file)) {
              file(tar, file, "files/" + data.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }

          private boolean leftOut(Path file) {
            return data.equals(file.getParent())
                && LEFT_OUT.contains(file.getFileName().toString());
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // A file that is deleted meanwhile is not missed; one that cannot be read is.
            if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            throw failure;
          }
        });
  }

  private static void file(TarArchiveOutputStream tar, Path file, String name) throws IOException {
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (NoSuchFileException deletedMeanwhile) {
      return;
    }
    try (in) {
      long size = Files.size(file);
      var entry = new TarArchiveEntry(name);
      entry.setSize(size);
      entry.setMode(0600);
      tar.putArchiveEntry(entry);
      long copied = copy(in, tar, size);
      if (copied < size) throw new IOException(file + " became shorter while it was read");
      tar.closeArchiveEntry();
    }
  }

  private static long copy(InputStream in, OutputStream out, long most) throws IOException {
    var buffer = new byte[1 << 16];
    long copied = 0;
    while (copied < most) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
      if (read < 0) break;
      out.write(buffer, 0, read);
      copied += read;
    }
    return copied;
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(0600);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Reads a backup into an empty database and an empty folder; gives what it says of itself. */
  public static Manifest read(InputStream file, Database database, Path data) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(file, 1 << 16), 1 << 16), "UTF-8")) {
      var manifest = manifest(tar);
      try (var load = Load.into(database, manifest.schema())) {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
          var name = entry.getName();
          if (name.startsWith("tables/") && name.endsWith("/columns.json")) {
            var table = JSON.readValue(tar.readAllBytes(), Table.class);
            load.table(table.name(), table.columns());
          } else if (name.startsWith("tables/")) {
            var text = tar.readAllBytes();
            load.write(text, text.length);
          } else if (name.startsWith("files/")) {
            restore(tar, data, name.substring("files/".length()));
          } else if (name.equals("end.json")) {
            load.finish(JSON.readValue(tar.readAllBytes(), Dump.Summary.class));
            return manifest;
          }
        }
      }
      throw new IOException("its end is missing");
    }
  }

  private static Manifest manifest(TarArchiveInputStream tar) throws IOException {
    var first = tar.getNextEntry();
    if (first == null || !first.getName().equals("placette.json")) {
      throw new IOException("it is no backup of Placette");
    }
    var manifest = JSON.readValue(tar.readAllBytes(), Manifest.class);
    if (manifest.format() > FORMAT || manifest.schema() > Migrations.newest()) {
      throw new StartFailure(
          "This backup was made by Placette %s, which is newer. Restore it with that version or a later one."
              .formatted(manifest.version()));
    }
    return manifest;
  }

  private static void restore(InputStream in, Path data, String name) throws IOException {
    var file = data.resolve(name).normalize();
    if (!file.startsWith(data) || file.equals(data))
      throw new IOException("a file outside: " + name);
    Files.createDirectories(file.resolveSibling("."));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
  }

  /** Media do not shrink further, and text shrinks well at once. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** A table's text, cut into entries of a known size. */
  private static final class Pieces extends OutputStream {

    private final TarArchiveOutputStream tar;
    private final String table;
    private final byte[] piece = new byte[PIECE];
    private int length;
    private int number;

    Pieces(TarArchiveOutputStream tar, String table) {
      this.tar = tar;
      this.table = table;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      for (int done = 0; done < count; ) {
        int step = Math.min(count - done, PIECE - length);
        System.arraycopy(bytes, offset + done, piece, length, step);
        length += step;
        done += step;
        if (length == PIECE) flushPiece();
      }
    }

    @Override
    public void close() throws IOException {
      if (length > 0) flushPiece();
    }

    private void flushPiece() throws IOException {
      var entry = new TarArchiveEntry("tables/%s/%06d".formatted(table, ++number));
      entry.setSize(length);
      entry.setMode(0600);
      tar.putArchiveEntry(entry);
      tar.write(piece, 0, length);
      tar.closeArchiveEntry();
      length = 0;
    }
  }
}
