package org.placette.signin;

import java.util.List;
import org.placette.actor.KeyRing;
import org.placette.config.Settings;
import org.placette.db.Db;
import org.placette.db.Retention;
import org.placette.mail.Mailer;
import org.placette.user.Sessions;
import org.placette.user.Users;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The parts of this package, put together. */
public final class SignInParts {

  private final SignIns signIns;
  private final Users users;

  /** From now on a right password may not be enough. */
  public SignInParts(Db db, Users users, KeyRing ring, Mailer mailer, Settings settings) {
    this.users = users;
    signIns = new SignIns(db, users, ring, mailer, settings);
    users.afterPassword(signIns);
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return SignIns.retention();
  }

  public List<Routes> pages(Sessions sessions, Pages pages) {
    return List.of(
        new EntryPages(signIns, sessions, pages),
        new SecurityPages(signIns, users, sessions, pages));
  }
}
