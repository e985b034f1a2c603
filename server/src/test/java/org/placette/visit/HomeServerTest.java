package org.placette.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.placette.visit.HomeServer.Typed;

class HomeServerTest {

  @Test
  void people_name_their_server_as_they_like() {
    assertEquals("piaille.fr", String.valueOf(Typed.of(" Piaille.fr ")));
    assertEquals("@nour@piaille.fr", String.valueOf(Typed.of("@Nour@piaille.fr")));
    assertEquals("@nour@piaille.fr", String.valueOf(Typed.of("nour@piaille.fr")));
    assertEquals("@nour@piaille.fr", String.valueOf(Typed.of("https://piaille.fr/@nour")));
    assertEquals("piaille.fr", String.valueOf(Typed.of("https://piaille.fr/about?x=1")));
    assertNull(Typed.of("nour"));
    assertNull(Typed.of("javascript:alert(1)"));
    assertNull(Typed.of("no\nur@piaille.fr"));
  }

  @Test
  void what_the_server_says_of_intents_comes_before_the_older_subscribe() throws IOException {
    var jrd =
        new ObjectMapper()
            .readTree(
                """
                {"links": [
                  {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": "https://a.example/old?uri={uri}"},
                  {"rel": "https://w3id.org/fep/3b86/Follow", "template": "https://a.example/new?o={object}"}
                ]}
                """);
    assertEquals("https://a.example/new?o={object}", HomeServer.template(jrd, true));
    assertEquals("https://a.example/old?uri={uri}", HomeServer.template(jrd, false));
  }
}
