package org.placette;

import java.util.ArrayList;
import java.util.List;
import org.placette.digest.DigestPages;
import org.placette.digest.Digests;
import org.placette.instance.InstalledRoutes;
import org.placette.instance.PhonePages;
import org.placette.mail.MailChoices;
import org.placette.push.PushPages;
import org.placette.signin.SignInParts;
import org.placette.timeline.ReadingPages;
import org.placette.user.Sessions;
import org.placette.web.Csrf;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** What residents have of their own: ways to sign in, what they read, what they are told. */
final class ResidentFeature implements Feature {

  private final Neighbourhood here;
  private final SignInParts signIn;

  ResidentFeature(Neighbourhood here) {
    this.here = here;
    signIn = new SignInParts(here.db, here.users, here.ring, here.rsvps.mailer, here.settings);
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var sessions = new Sessions(here.users, here.settings, new Csrf(here.settings));
    List<Routes> all = new ArrayList<>(signIn.pages(sessions, pages));
    all.add(new ReadingPages(here.db, here.actors, here.posts, pages));
    all.add(new PhonePages(pages));
    all.add(new InstalledRoutes(pages, here.media, here.drawn));
    all.add(new PushPages(here.db, sessions, here.settings.scheme().equals("http")));
    var mailer = here.rsvps.mailer;
    var digests = new Digests(here.db, mailer, pages::place);
    all.add(
        new DigestPages(
            digests, new MailChoices(here.db), mailer::enabled, here.vapid::publicKey, pages));
    var unused = here.keep(digests.start());
    return all;
  }
}
