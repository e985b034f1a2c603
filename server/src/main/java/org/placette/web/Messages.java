package org.placette.web;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts that people see, in one language. {@code {0}}, {@code {1}} … stand for arguments. A
 * text that depends on a number has the forms {@code key.none} (optional), {@code key.one} and
 * {@code key.many}.
 */
public final class Messages {

  private static final Messages FRENCH = new Messages(Language.FR);
  private static final Messages ENGLISH = new Messages(Language.EN);

  // What is refused is said in English to programs; a person reads the same in French.
  private static final Map<String, String> REFUSALS = load("/refusals_fr.properties", Language.FR);

  private final Language language;
  private final Map<String, String> texts;

  private Messages(Language language) {
    this.language = language;
    this.texts = load("/messages_" + language.code() + ".properties", language);
  }

  /** The texts of a language. */
  public static Messages of(Language language) {
    return language == Language.FR ? FRENCH : ENGLISH;
  }

  private static Map<String, String> load(String name, Language language) {
    var properties = new Properties();
    try (var in = Messages.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no " + name);
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> texts = new HashMap<>();
    for (var key : properties.stringPropertyNames()) {
      var text = properties.getProperty(key);
      texts.put(key, language == Language.FR ? typeset(text) : text);
    }
    return Map.copyOf(texts);
  }

  /** French sets an unbreakable space before high signs and within quotation marks. */
  private static String typeset(String text) {
    return text.replaceAll(" ([:;?!»%])", "\u00a0$1").replace("« ", "«\u00a0");
  }

  /** Every key there is. */
  public Set<String> keys() {
    return texts.keySet();
  }

  /** The text of a key, or null when there is none. */
  public @Nullable String find(String key) {
    return texts.get(key);
  }

  /** The text of a key; the key itself when somebody forgot it. */
  public String text(String key, @Nullable Object... arguments) {
    var text = texts.get(key);
    if (text == null) return key;
    for (int i = 0; i < arguments.length; i++)
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    return text;
  }

  /**
   * What a refusal says, in a language.
   *
   * @param english as {@link Problem#message()} gives it
   * @return null when it is not known in that language
   */
  public static @Nullable String refusal(Language language, String english) {
    if (language == Language.EN) return english;
    var whole = REFUSALS.get(key(english));
    if (whole != null) return whole;
    // A name or a number at its end stays as it is.
    var last = english.lastIndexOf(' ');
    var begun = last < 0 ? null : REFUSALS.get(key(english.substring(0, last)));
    return begun == null ? null : begun + " " + english.substring(last + 1);
  }

  private static String key(String english) {
    return english.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** The form of a text that fits a number, which is {@code {0}} in it. */
  public String count(String key, long number) {
    // French counts nothing, one and a half as one thing.
    var one = number == 1 || (number == 0 && language == Language.FR);
    if (number == 0 && texts.containsKey(key + ".none")) return text(key + ".none", number);
    return text(key + (one ? ".one" : ".many"), number);
  }
}
