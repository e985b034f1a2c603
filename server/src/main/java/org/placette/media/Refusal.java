package org.placette.media;

import java.util.Map;
import org.placette.web.Problem;

/**
 * Why a file is not taken.
 *
 * @param why in English, for a client
 * @param key of the message for a person
 */
record Refusal(String why, String key) {

  static final Refusal UNKNOWN =
      new Refusal(
          "this kind of file is not accepted: use JPEG, PNG, WebP, GIF, MP4, WebM, MP3, Ogg, PDF or"
              + " an office document",
          "error.fileType");
  static final Refusal NOT_READ =
      new Refusal(
          "HEIC pictures cannot be read here: send it as JPEG, PNG, WebP or AVIF",
          "error.fileAvif");
  static final Refusal BROKEN = new Refusal("the picture cannot be read", "error.fileBroken");
  static final Refusal PIXELS =
      new Refusal("the picture has too many pixels: 40 million at most", "error.filePixels");
  static final Refusal BYTES = new Refusal("the file is too large", "error.fileLarge");
  static final Refusal LONG =
      new Refusal("the description is longer than 1500 characters", "error.long");
  static final Refusal MANY =
      new Refusal("too many files wait to be used in a post", "error.fileMany");

  Problem problem() {
    return this == BYTES
        ? new Problem.TooLarge("Validation failed: " + why)
        : new Problem.Invalid("Validation failed: " + why, Map.of("file", key));
  }
}
