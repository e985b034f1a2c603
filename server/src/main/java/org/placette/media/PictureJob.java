package org.placette.media;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the picture process is asked, and what it answers, as both sides write it to a pipe.
 *
 * @param source the file to read
 * @param kind what its first bytes said
 * @param orientation how to turn it, 1 to 8
 * @param original where to write the cleaned picture, without an ending; empty for none
 * @param small where to write the small one, without an ending
 * @param largest how many pixels the cleaned picture may have
 * @param smallest how many pixels the small one may have
 */
record PictureJob(
    Path source,
    FileKind kind,
    int orientation,
    String original,
    Path small,
    int largest,
    int smallest) {

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(source.toString());
    out.writeUTF(kind.name());
    out.writeInt(orientation);
    out.writeUTF(original);
    out.writeUTF(small.toString());
    out.writeInt(largest);
    out.writeInt(smallest);
    out.flush();
  }

  static PictureJob read(DataInputStream in) throws IOException {
    return new PictureJob(
        Path.of(in.readUTF()),
        FileKind.valueOf(in.readUTF()),
        in.readInt(),
        in.readUTF(),
        Path.of(in.readUTF()),
        in.readInt(),
        in.readInt());
  }

  /**
   * A picture that was written.
   *
   * @param kind JPEG, or PNG when something shows through it
   */
  record Written(FileKind kind, int width, int height) {

    void write(DataOutputStream out) throws IOException {
      out.writeUTF(kind.name());
      out.writeInt(width);
      out.writeInt(height);
    }

    static Written read(DataInputStream in) throws IOException {
      return new Written(FileKind.valueOf(in.readUTF()), in.readInt(), in.readInt());
    }
  }

  /**
   * The answer.
   *
   * @param failure why it could not be done; empty when it was
   */
  record Result(String failure, Written original, Written small, String blurhash) {

    private static final Written NOTHING = new Written(FileKind.JPEG, 0, 0);

    static Result failed(String why) {
      return new Result(why, NOTHING, NOTHING, "");
    }

    void write(DataOutputStream out) throws IOException {
      out.writeUTF(failure.substring(0, Math.min(failure.length(), 500)));
      original.write(out);
      small.write(out);
      out.writeUTF(blurhash);
      out.flush();
    }

    static Result read(DataInputStream in) throws IOException {
      return new Result(in.readUTF(), Written.read(in), Written.read(in), in.readUTF());
    }
  }
}
