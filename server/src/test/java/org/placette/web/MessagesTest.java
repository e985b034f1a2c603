package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Messages FR = Messages.of(Language.FR);
  private static final Messages EN = Messages.of(Language.EN);

  /** Calls with a whole key; those that build it from parts end with a dot and are left out. */
  private static final Pattern CALL =
      Pattern.compile("view\\.(t|count)\\(\"([a-zA-Z0-9.]*[^.])\"[,)]");

  private static final Pattern REFUSAL =
      Pattern.compile(
          "new (?:Problem\\.)?(?:BadRequest|Unauthorized|Forbidden|Conflict|TooLarge|UnsupportedType"
              + "|Invalid)\\(\\s*\"((?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")*)\"(\\s*\\+)?");

  private static final Set<String> FOR_APPS =
      Set.of(
          "Validation failed",
          "Media is used by a status",
          "The access token is invalid",
          "The body is too deep",
          "The parameter resource is missing.",
          "This action is outside the authorized scopes",
          "Your login is currently disabled",
          "Your login is currently pending approval",
          "You have blocked this account.");

  @Test
  void both_languages_say_the_same_things() {
    assertEquals(new TreeSet<>(FR.keys()), new TreeSet<>(EN.keys()));
  }

  @Test
  void no_text_is_written_twice() throws IOException {
    for (var language : Language.values()) {
      var file = Path.of("src/main/resources/messages_" + language.code() + ".properties");
      List<String> twice = new ArrayList<>();
      var seen = new TreeSet<String>();
      for (var line : Files.readAllLines(file)) {
        var end = line.indexOf('=');
        if (end > 0 && !line.startsWith("#") && !seen.add(line.substring(0, end)))
          twice.add(line.substring(0, end));
      }
      assertEquals(List.of(), twice);
    }
  }

  @Test
  void every_text_that_a_template_names_is_there() throws IOException {
    List<String> missing = new ArrayList<>();
    try (var files = Files.walk(Path.of("src/main/jte"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".jte")).toList()) {
        var calls = CALL.matcher(Files.readString(file));
        while (calls.find()) {
          var key = calls.group(1).equals("count") ? calls.group(2) + ".many" : calls.group(2);
          if (FR.find(key) == null) missing.add(file.getFileName() + ": " + key);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  /** A browser that tells no referrer sends forms with {@code Origin: null}, which are refused. */
  @Test
  void no_page_forbids_its_own_forms_to_say_where_they_come_from() throws IOException {
    try (var files = Files.walk(Path.of("src/main/jte"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".jte")).toList())
        assertFalse(Files.readString(file).contains("no-referrer\">"), file.toString());
    }
  }

  /** Refusals of calls by apps stay in English, as their clients expect. */
  @Test
  void whatever_a_page_may_refuse_is_said_in_french_too() throws IOException {
    List<String> missing = new ArrayList<>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(f -> f.toString().matches(".*(?<!Api)\\.java")).toList()) {
        var refusals = REFUSAL.matcher(Files.readString(file));
        while (refusals.find()) {
          var said = refusals.group(1).replaceAll("\"\\s*\\+\\s*\"", "");
          var known = Messages.refusal(Language.FR, said + (refusals.group(2) == null ? "" : "x"));
          if (known == null && !FOR_APPS.contains(said.replaceFirst(":.*", "")))
            missing.add(file.getFileName() + ": " + said);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertEquals(
        "Ce n’est pas un nom de serveur\u00a0: a.b",
        Messages.refusal(Language.FR, "This is no host: a.b"));
    assertEquals(null, Messages.refusal(Language.FR, "something nobody wrote"));
  }

  @Test
  void french_counts_nothing_in_the_singular_and_spaces_its_signs() {
    assertEquals("0 réponse", FR.count("post.replies", 0));
    assertEquals("0 replies", EN.count("post.replies", 0));
    assertEquals("Vous venez\u00a0?", FR.text("event.come"));
  }

  @Test
  void the_browser_s_best_language_of_ours_is_taken() {
    assertEquals(Language.EN, Language.preferred("de, en-GB;q=0.8, fr;q=0.5"));
    assertEquals(Language.FR, Language.preferred("fr-CH, fr;q=0.9, en;q=0.8"));
    assertEquals(null, Language.preferred("frisian, de"));
  }
}
