package org.placette.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void without_any_setting_everything_has_its_default() {
    var settings = Settings.load(Map.of(), null);
    assertEquals("http://localhost:8080", settings.origin());
    assertEquals("127.0.0.1:8080", settings.listen().toString());
    assertEquals(Path.of("data").toAbsolutePath(), settings.data());
    assertEquals(Settings.Registration.APPROVAL, settings.registration());
    assertEquals("fr", settings.locale());
  }

  @Test
  void a_public_domain_means_https_and_may_have_accents() {
    var settings = Settings.load(Map.of("PLACETTE_DOMAIN", "Village-Été.fr"), null);
    assertEquals("https://xn--village-t-i4ab.fr", settings.origin());
  }

  @Test
  void the_environment_wins_over_the_file(@TempDir Path folder) throws IOException {
    var file = folder.resolve("placette.properties");
    Files.writeString(file, "PLACETTE_DOMAIN=a.example\nPLACETTE_LOCALE=en\n");
    var settings = Settings.load(Map.of("PLACETTE_DOMAIN", "b.example", "HOME", "/root"), file);
    assertEquals("b.example", settings.domain());
    assertEquals("en", settings.locale());
  }

  @ParameterizedTest
  @CsvSource({
    "PLACETTE_DOMAIN, https://a.example",
    "PLACETTE_DOMAIN, a.example:99999",
    "PLACETTE_DOMAIN, a_b.example",
    "PLACETTE_SCHEME, gopher",
    "PLACETTE_LISTEN, 8080",
    "PLACETTE_TLS_CERT, /nowhere/cert.pem",
    "PLACETTE_ALLOW_PRIVATE, everything",
    "PLACETTE_SMTP_URL, http://mail.example",
    "PLACETTE_LOCALE, xx",
    "PLACETTE_REGISTRATION, maybe",
    "PLACETTE_METRICS_LISTEN, here",
    "PLACETTE_DOMIAN, a.example"
  })
  void a_wrong_value_is_one_line_that_names_the_setting(String name, String value) {
    var refusal = assertThrows(StartFailure.class, () -> Settings.load(Map.of(name, value), null));
    var message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith(name), message);
    assertFalse(message.contains("\n"), message);
  }
}
