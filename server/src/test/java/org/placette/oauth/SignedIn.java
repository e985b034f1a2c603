package org.placette.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.placette.Village;
import org.placette.db.Db;

/**
 * A village whose resident nour is signed in in a browser.
 *
 * @param nour that browser
 */
record SignedIn(Db db, Village village, AppAndPerson nour, long nourId) implements AutoCloseable {

  static SignedIn in(Db db, Path data) throws Exception {
    var village = Village.start(db, data);
    var nourId = village.resident("nour").id();
    var nour = new AppAndPerson(village.origin());
    var question = AppAndPerson.question(nour.register(AppAndPerson.BACK, "read"), Map.of());
    assertEquals(200, nour.signIn(question, "nour", Village.PASSWORD).status());
    return new SignedIn(db, village, nour, nourId);
  }

  /** A browser in which nobody is signed in. */
  AppAndPerson stranger() {
    return new AppAndPerson(village.origin());
  }

  /** Somebody who lives here, by number. */
  long account(String name) {
    return village.resident(name).id();
  }

  @Override
  public void close() {
    village.close();
  }
}
