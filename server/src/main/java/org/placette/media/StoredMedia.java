package org.placette.media;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that somebody here uploaded.
 *
 * @param id this server's 64-bit time-sortable number
 * @param actorId whose it is
 * @param postId the post that shows it; null when none does
 * @param name the folder of its files: 32 hexadecimal digits that nobody guesses
 * @param bytes the size of the file as it is served
 * @param small the small picture beside it; null for what is no picture
 * @param blurhash a picture in some letters; null for what is no picture
 * @param description what it shows, in words; plain text
 */
public record StoredMedia(
    long id,
    long actorId,
    @Nullable Long postId,
    String name,
    FileKind kind,
    long bytes,
    @Nullable Size size,
    @Nullable Small small,
    @Nullable String blurhash,
    Focus focus,
    @Nullable String description,
    Instant created) {

  /** Width and height in pixels. */
  public record Size(int width, int height) {

    /** Width by height. */
    public double aspect() {
      return (double) width / height;
    }
  }

  /** The small picture: JPEG or PNG. */
  public record Small(FileKind kind, Size size) {}

  /** The same as another row with files of its own, which no post shows yet. */
  StoredMedia named(long other, String folder) {
    return new StoredMedia(
        other,
        actorId,
        null,
        folder,
        kind,
        bytes,
        size,
        small,
        blurhash,
        focus,
        description,
        Instant.now());
  }

  /** The path of the file as uploaded, cleaned, under the address of media. */
  public String original() {
    return name + "/original." + kind.ending();
  }

  /** The same of the small picture; null when there is none. */
  public @Nullable String preview() {
    return small == null ? null : name + "/small." + small.kind().ending();
  }
}
