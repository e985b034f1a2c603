package org.placette.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which form of a URL an Accept header asks for. */
class NegotiationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/activity+json",
        "application/activity+json, application/ld+json",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "application/ld+json;profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1",
        "text/html;q=0.5, application/activity+json;q=0.9",
        "Application/Activity+JSON"
      })
  void servers_get_activity_streams(String accept) {
    assertTrue(Negotiation.prefersActivity(List.of(accept)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/html",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/activity+json",
        "application/activity+json;q=0.5, text/html",
        "application/ld+json",
        "application/activity+json;q=0",
        ""
      })
  void people_get_pages(String accept) {
    assertFalse(Negotiation.prefersActivity(List.of(accept)));
  }

  @ParameterizedTest
  @ValueSource(strings = {";;;q=", "a;q=NaN,application/activity+json;q=x", ",,,,"})
  void nonsense_gets_a_page(String accept) {
    assertFalse(Negotiation.prefersActivity(List.of(accept)));
  }
}
