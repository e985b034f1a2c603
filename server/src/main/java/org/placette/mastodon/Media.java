package org.placette.mastodon;

import org.jspecify.annotations.Nullable;

/**
 * Something beside the text (entities/MediaAttachment).
 *
 * @param type image, gifv, video, audio or unknown
 * @param url where it is served; null while it is being worked on, and where it is not shown
 * @param remoteUrl where it came from; null for ours
 * @param description what it shows, in words
 */
public record Media(
    String id,
    String type,
    @Nullable String url,
    @Nullable String previewUrl,
    @Nullable String remoteUrl,
    @Nullable String previewRemoteUrl,
    @Nullable String textUrl,
    Meta meta,
    @Nullable String description,
    @Nullable String blurhash) {

  /** Sizes, so that a client lays out before it loads. */
  public record Meta(@Nullable Size original, @Nullable Size small, @Nullable Focus focus) {}

  /** In pixels. */
  public record Size(int width, int height, String size, double aspect) {

    private static final double SMALL_PIXELS = 640 * 360;

    /** Null when one of them is unknown. */
    public static @Nullable Size of(@Nullable Integer width, @Nullable Integer height) {
      if (width == null || height == null || width < 1 || height < 1) return null;
      return new Size(width, height, width + "x" + height, (double) width / height);
    }

    /** What is left of it in the small picture beside; see {@code media}, which makes those. */
    Size small() {
      var factor = Math.sqrt(Math.min(1, SMALL_PIXELS / ((double) width * height)));
      var w = (int) Math.max(1, Math.round(width * factor));
      var h = (int) Math.max(1, Math.round(height * factor));
      return new Size(w, h, w + "x" + h, (double) w / h);
    }
  }

  /** The point to keep in sight, both -1 to 1. */
  public record Focus(double x, double y) {}
}
