package org.placette.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One payload and what its index says of it.
 *
 * @param file category/name.json
 * @param expectation the verdict, beginning with accept, reject, valid, mixed or data
 * @param delivery how it reaches us: inbox, fetch, key, webfinger, nodeinfo, vector, with details
 * @param local the URL in it that plays something of ours; "" for none
 */
public record Sample(Path path, String file, String expectation, String delivery, String local) {

  private static final Pattern SIGNER = Pattern.compile("signer=(\\S+)");
  private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9.-]+)");

  /** Where the payloads lie, or null where they do not. */
  public static @Nullable Path folder() {
    var named = System.getProperty("placette.corpus", "");
    var places =
        named.isEmpty()
            ? Stream.of("../shared/corpus", "../../shared/corpus", "../../../shared/corpus")
            : Stream.of(named);
    return places.map(Path::of).filter(Files::isDirectory).findFirst().orElse(null);
  }

  /** Everything in the index. */
  static List<Sample> index(Path folder) {
    List<Sample> samples = new ArrayList<>();
    for (var row : rows(folder.resolve("INDEX.tsv"))) {
      samples.add(new Sample(folder.resolve(row[0]), row[0], row[6], row[7], row[8]));
    }
    return samples;
  }

  /** Everything in the index of events, RSVPs and groups, which names no delivery. */
  static List<Sample> peers(Path folder) {
    List<Sample> samples = new ArrayList<>();
    for (var row : rows(folder.resolve("peers/INDEX.tsv"))) {
      var delivery =
          switch (row[3]) {
            case "(actor)", "(object)", "(fragment)" -> "fetch";
            case "(collection)", "(context)" -> "collection";
            case "(nodeinfo)" -> "nodeinfo";
            case "(webfinger)" -> "webfinger";
            default -> "inbox";
          };
      var file = "peers/" + row[0];
      samples.add(new Sample(folder.resolve(file), file, row[5], delivery, ""));
    }
    return samples;
  }

  private static List<String[]> rows(Path index) {
    try (var lines = Files.lines(index)) {
      return lines.skip(1).map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String category() {
    return file.substring(0, file.indexOf('/'));
  }

  String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  boolean by(String way) {
    return delivery.equals(way) || delivery.startsWith(way + " ") || delivery.startsWith(way + ";");
  }

  /** Who signs, where that is not the actor. */
  @Nullable String signer() {
    if (delivery.contains("forwarded")) return "https://forwarder.example/actor";
    var found = SIGNER.matcher(delivery);
    return found.find() ? found.group(1) : null;
  }

  /** Every host that the payload names. */
  Stream<String> hosts() {
    return HOST.matcher(text()).results().map(found -> found.group(1).toLowerCase());
  }
}
