package org.placette.media;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes an uploaded file in: finds out what it is, cleans it, makes a small picture of it, and puts
 * both under a name that nobody guesses. A file that is refused leaves nothing.
 */
final class Intake {

  /** The largest picture, in bytes. */
  static final long PICTURE_BYTES = 16L << 20;

  /** The largest film, sound or document, in bytes. */
  static final long FILE_BYTES = 40L << 20;

  /** The most pixels that a picture may have. */
  static final long PIXELS = 40_000_000;

  private static final int ORIGINAL_PIXELS = 3840 * 2160;
  private static final int SMALL_PIXELS = 640 * 360;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Vertx vertx;
  private final Path folder;
  private final Pictures pictures;

  Intake(Vertx vertx, Path folder, Pictures pictures) {
    this.vertx = vertx;
    this.folder = folder;
    this.pictures = pictures;
  }

  /** What became of a file. */
  record Taken(
      String name,
      FileKind kind,
      long bytes,
      StoredMedia.@Nullable Size size,
      StoredMedia.@Nullable Small small,
      @Nullable String blurhash) {}

  private record Looked(FileKind kind, long bytes, @Nullable PictureHeader header) {}

  /**
   * Takes a file, which is moved or left to be removed by whoever brought it.
   *
   * @throws org.placette.web.Problem Invalid or TooLarge when it is refused
   */
  Taken take(Path file) {
    var looked = Aside.run(vertx, () -> look(file));
    var name = HexFormat.of().formatHex(random());
    var target = folder(name);
    Aside.run(vertx, () -> create(target));
    try {
      if (looked.kind() == FileKind.AVIF) return undecoded(file, looked, name, target);
      return looked.header() == null
          ? whole(file, looked, name, target)
          : picture(file, looked, name, target);
    } catch (RuntimeException e) {
      remove(name);
      throw e;
    }
  }

  /** The folder of a name; whether it is there or not. */
  Path folder(String name) {
    return folder.resolve(name.substring(0, 2)).resolve(name);
  }

  /** The same files under another name, which is given; they take no room where disks link them. */
  String copy(String name) {
    var copy = HexFormat.of().formatHex(random());
    var target = folder(copy);
    return Aside.run(
        vertx,
        () -> {
          var unused = create(target);
          try (var files = Files.list(folder(name))) {
            for (var file : files.toList()) link(file, target.resolve(file.getFileName()));
          }
          return copy;
        });
  }

  private static void link(Path file, Path other) throws IOException {
    try {
      var unused = Files.createLink(other, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      var unused = Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes the files of a name, if there are any. */
  void remove(String name) {
    Aside.run(
        vertx,
        () -> {
          var target = folder(name);
          if (!Files.isDirectory(target)) return target;
          try (var files = Files.walk(target)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.deleteIfExists(file);
            }
          }
          return target;
        });
  }

  private Looked look(Path file) throws IOException {
    var bytes = Files.size(file);
    var kind = Sniffer.sniff(file);
    if (kind == null) throw Refusal.UNKNOWN.problem();
    var picture = kind.family() == FileKind.Family.IMAGE;
    if (picture && !kind.decoded() && kind != FileKind.AVIF) throw Refusal.NOT_READ.problem();
    if (bytes > (picture ? PICTURE_BYTES : FILE_BYTES)) throw Refusal.BYTES.problem();
    if (!picture || kind == FileKind.AVIF) return new Looked(kind, bytes, null);
    var header = PictureHeader.read(file, kind);
    if (header == null) throw Refusal.BROKEN.problem();
    if (header.pixels() > PIXELS) throw Refusal.PIXELS.problem();
    return new Looked(kind, bytes, header);
  }

  private Taken whole(Path file, Looked looked, String name, Path target) {
    var kind = looked.kind();
    var size = FilmCleaner.knows(kind) ? Aside.run(vertx, () -> measured(file)).orElse(null) : null;
    Aside.run(
        vertx,
        () -> {
          var to = target.resolve("original." + kind.ending());
          Files.move(file, to);
          return Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
        });
    return new Taken(name, kind, looked.bytes(), size, null, null);
  }

  private static Optional<StoredMedia.Size> measured(Path file) throws IOException {
    return Optional.ofNullable(FilmCleaner.clean(file));
  }

  /** No library here reads it: it is cleaned and kept as it is, without a small picture. */
  private Taken undecoded(Path file, Looked looked, String name, Path target) {
    var header = Aside.run(vertx, () -> cleanedAvif(file, target.resolve("original.avif")));
    if (header.pixels() > PIXELS) throw Refusal.PIXELS.problem();
    var size = new StoredMedia.Size(header.width(), header.height());
    return new Taken(name, looked.kind(), looked.bytes(), size, null, null);
  }

  private static PictureHeader cleanedAvif(Path from, Path to) {
    try {
      return AvifCleaner.clean(from, to);
    } catch (IOException e) {
      throw Refusal.BROKEN.problem();
    }
  }

  private Taken picture(Path file, Looked looked, String name, Path target) {
    var kept = looked.kind();
    var moves = Aside.run(vertx, () -> moves(file, kept));
    var original = target.resolve("original");
    var header = java.util.Objects.requireNonNull(looked.header());
    if (moves)
      Aside.run(vertx, () -> cleaned(file, kept, target.resolve("original." + kept.ending())));
    PictureJob.Result result;
    try {
      result =
          pictures.process(
              new PictureJob(
                  file,
                  looked.kind(),
                  header.orientation(),
                  moves ? "" : original.toString(),
                  target.resolve("small"),
                  ORIGINAL_PIXELS,
                  SMALL_PIXELS));
    } catch (Pictures.Unreadable e) {
      throw Refusal.BROKEN.problem();
    }
    var kind = moves ? kept : result.original().kind();
    var size =
        moves
            ? new StoredMedia.Size(header.width(), header.height())
            : new StoredMedia.Size(result.original().width(), result.original().height());
    var small = result.small();
    return new Taken(
        name,
        kind,
        Aside.run(vertx, () -> Files.size(target.resolve("original." + kind.ending()))),
        size,
        new StoredMedia.Small(small.kind(), new StoredMedia.Size(small.width(), small.height())),
        result.blurhash());
  }

  /** True for what may be an animation: it is kept as it is, but for what it says beside that. */
  private static boolean moves(Path file, FileKind kind) throws IOException {
    return kind == FileKind.GIF || (kind == FileKind.WEBP && WebpCleaner.moves(file));
  }

  private static int cleaned(Path from, FileKind kind, Path to) {
    try {
      return kind == FileKind.GIF ? GifCleaner.clean(from, to) : WebpCleaner.clean(from, to);
    } catch (IOException e) {
      throw Refusal.BROKEN.problem();
    }
  }

  private static Path create(Path target) throws IOException {
    return Files.createDirectories(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static byte[] random() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
