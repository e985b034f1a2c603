package org.placette.media;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files of every kind, made by code. */
final class TestPictures {

  static final String PLACE = "Rue des Lilas 12";

  private TestPictures() {}

  /** The left half red, the right half blue, a green stripe on top. */
  static BufferedImage picture(int width, int height, boolean transparent) {
    var type = transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
    var picture = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        var colour = y < height / 4 ? Color.GREEN : x < width / 2 ? Color.RED : Color.BLUE;
        var clear = transparent && y > height / 2;
        picture.setRGB(x, y, clear ? 0 : colour.getRGB());
      }
    }
    return picture;
  }

  static byte[] encoded(String format, BufferedImage picture) throws IOException {
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, format, out)) throw new IOException("no writer for " + format);
    return out.toByteArray();
  }

  static byte[] jpeg(int width, int height) throws IOException {
    return encoded("jpeg", picture(width, height, false));
  }

  static byte[] png(int width, int height, boolean transparent) throws IOException {
    return encoded("png", picture(width, height, transparent));
  }

  /** A JPEG whose Exif says how to turn it and where it was taken. */
  static byte[] jpegWithExif(int width, int height, int orientation) throws IOException {
    var place = PLACE.getBytes(StandardCharsets.US_ASCII);
    var tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    tiff.putShort((short) 0x4949).putShort((short) 42).putInt(8);
    tiff.putShort((short) 2);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
    tiff.putShort((short) 0x8825).putShort((short) 2).putInt(place.length).putInt(60);
    tiff.putInt(0);
    tiff.position(60).put(place);
    var head = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    var segment = ByteBuffer.allocate(4 + head.length + 200);
    segment.putShort((short) 0xffe1).putShort((short) (2 + head.length + 200));
    segment.put(head).put(tiff.array());
    return spliced(jpeg(width, height), 2, segment.array());
  }

  static byte[] spliced(byte[] into, int at, byte[] piece) {
    var out = new ByteArrayOutputStream();
    out.write(into, 0, at);
    out.writeBytes(piece);
    out.write(into, at, into.length - at);
    return out.toByteArray();
  }

  /** An animation of frames in different colours, with a comment in it. */
  static byte[] gif(int frames) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("gif").next();
    writer.setOutput(new MemoryCacheImageOutputStream(out));
    writer.prepareWriteSequence(null);
    for (int i = 0; i < frames; i++) {
      var picture = picture(60, 40, false);
      picture.setRGB(i % 60, 39, Color.WHITE.getRGB());
      var meta =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
      var root = (IIOMetadataNode) meta.getAsTree("javax_imageio_gif_image_1.0");
      var comments = new IIOMetadataNode("CommentExtensions");
      var comment = new IIOMetadataNode("CommentExtension");
      comment.setAttribute("value", PLACE);
      comments.appendChild(comment);
      root.appendChild(comments);
      meta.setFromTree("javax_imageio_gif_image_1.0", root);
      writer.writeToSequence(new IIOImage(picture, null, meta), null);
    }
    writer.endWriteSequence();
    ((MemoryCacheImageOutputStream) writer.getOutput()).close();
    return out.toByteArray();
  }

  /** A PNG header that promises a picture of any size; what follows is nothing. */
  static byte[] pngPromising(int width, int height) throws IOException {
    var png = png(8, 8, false);
    var bytes = ByteBuffer.wrap(png);
    bytes.putInt(16, width).putInt(20, height);
    var crc = new CRC32();
    crc.update(png, 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    return png;
  }

  /** One white pixel, lossless. */
  static byte[] webp() {
    return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
  }

  /** 16 by 12 pixels that are red, then blue, with words in Exif, XMP and an unknown chunk. */
  static byte[] movingWebp() {
    return Base64.getDecoder()
        .decode(
            "UklGRuQAAABXRUJQVlA4WAoAAAAOAAAADwAACwAAQU5JTQYAAAD/////AQBBTk1GKAAAAAAAAAAAAA8AAAsAAPQBAAJW"
                + "UDhMDwAAAC8PwAIABxD1j/4HIqL/AQBBTk1GKAAAAAAAAAAAAA8AAAsAAPQBAABWUDhMDwAAAC8PwAIABxDR//4HIqL/"
                + "AQBFWElGHQAAAE1NACoAAAAIAABzZWNyZXQtcGxhY2UgNDguODVOAFhNUCAhAAAAPHg6eG1wbWV0YT5zZWNyZXQteG1w"
                + "PC94OnhtcG1ldGE+AEhJREUIAAAAPHNjcmlwdD4=");
  }

  /** 64 by 48 pixels, to be turned by a quarter, with words in Exif and XMP. */
  static byte[] avif() {
    return Base64.getDecoder()
        .decode(
            "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAGFbWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAA"
                + "AAAAAAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAA6aWxvYwAAAABEAAADAAEAAAABAAAB8wAAADwAAgAA"
                + "AAEAAAGtAAAAJQADAAAAAQAAAdIAAAAhAAAAbWlpbmYAAAAAAAMAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAA"
                + "ABlpbmZlAgAAAAACAABFeGlmRXhpZgAAAAAsaW5mZQIAAAAAAwAAbWltZVhNUABhcHBsaWNhdGlvbi9yZGYreG1s"
                + "AAAAAChpcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAADmNkc2MAAwABAAEAAAB0aXBycAAAAFRpcGNvAAAAFGlzcGUA"
                + "AAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBIAAAAAAAE2NvbHJuY2x4AAEADQAGgAAAAAlpcm90"
                + "AQAAABhpcG1hAAAAAAAAAAEAAQUBAoMEhQAAAIptZGF0AAAAAE1NACoAAAAIAAAAAAAAc2VjcmV0LXBsYWNlIDQ4"
                + "Ljg1Tjx4OnhtcG1ldGE+c2VjcmV0LXhtcDwveDp4bXBtZXRhPhIACgk4FX+9hAQ0GkAyLR3APfffRAC1rzfbPUng"
                + "IId4RyMi/R0+CkNLlHzrfHEB7GLvQlS7gt4LPbSuJQ==");
  }

  /** The beginning of a film: enough to be told what it is. */
  static byte[] mp4() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 24});
    out.writeBytes("ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < 4000; i++) out.write(i % 251);
    return out.toByteArray();
  }

  /** A text document: {@code mimetype} first, stored. */
  static byte[] odt() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      var type = "application/vnd.oasis.opendocument.text".getBytes(StandardCharsets.US_ASCII);
      var crc = new CRC32();
      crc.update(type);
      var first = new ZipEntry("mimetype");
      first.setMethod(ZipEntry.STORED);
      first.setSize(type.length);
      first.setCrc(crc.getValue());
      zip.putNextEntry(first);
      zip.write(type);
      zip.putNextEntry(new ZipEntry("content.xml"));
      zip.write("<office/>".getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  /** An Office Open XML file with these parts. */
  static byte[] ooxml(String... parts) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      for (var part : parts) zip.putNextEntry(new ZipEntry(part));
    }
    return out.toByteArray();
  }
}
