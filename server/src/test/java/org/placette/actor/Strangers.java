package org.placette.actor;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.placette.federation.vocab.AsObject;
import org.placette.federation.vocab.BoundedJson;

/** People of other servers, read as they would be, for tests that need no database. */
public final class Strangers {

  private static final Urls OURS = new Urls("https", "bourg.example");

  private Strangers() {}

  /**
   * Reads an actor's document.
   *
   * @throws org.placette.federation.fetch.FetchProblem when it is none
   */
  public static Actor read(String json) {
    return ActorObject.read(new AsObject(BoundedJson.read(json.getBytes(UTF_8))), OURS);
  }

  /** Léa of a.example. */
  public static Actor lea() {
    return read(
        """
        {"id":"https://a.example/users/lea","type":"Person","preferredUsername":"lea",
        "inbox":"https://a.example/users/lea/inbox","followers":"https://a.example/users/lea/f"}\
        """);
  }
}
