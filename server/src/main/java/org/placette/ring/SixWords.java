package org.placette.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Six everyday words that stand for the keys of two servers: the same at both ends, and other words
 * as soon as either key is another one. Sixty bits: whoever stands between two servers would have
 * to try a million million million keys to show both ends the same words.
 */
final class SixWords {

  private static final int WORDS = 6;
  private static final int BITS = 10;
  private static final List<String> LIST = list();

  private SixWords() {}

  private static List<String> list() {
    try (var file = SixWords.class.getResourceAsStream("words.txt")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The words for these keys.
   *
   * @param keys of both servers, each with its id; the order does not matter
   */
  static List<String> of(Collection<String> keys) {
    var digest = sha256("placette ring v1\n" + String.join("\n", new TreeSet<>(keys)));
    List<String> words = new ArrayList<>();
    for (int word = 0; word < WORDS; word++) {
      int index = 0;
      for (int bit = word * BITS; bit < (word + 1) * BITS; bit++)
        index = index << 1 | digest[bit / 8] >> (7 - bit % 8) & 1;
      words.add(LIST.get(index));
    }
    return words;
  }

  /**
   * Whether somebody typed these words: accents, capitals and what stands between do not matter.
   */
  static boolean same(List<String> words, String typed) {
    return plain(String.join(" ", words)).equals(plain(typed));
  }

  private static String plain(String text) {
    var letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    return letters.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ").strip();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
