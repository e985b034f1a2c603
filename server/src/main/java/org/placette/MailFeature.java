package org.placette;

import java.util.List;
import org.placette.digest.Digests;
import org.placette.mail.MailChoices;
import org.placette.mail.MailPages;
import org.placette.mail.UnsubscribeApi;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.web.Pages;
import org.placette.web.Routes;

/** The wiring of letters that people choose. */
final class MailFeature implements Feature {

  private final Neighbourhood here;
  private final MailChoices choices;

  MailFeature(Neighbourhood here) {
    this.here = here;
    choices = new MailChoices(here.db);
  }

  @Override
  public List<Routes> pages(Pages pages) {
    return List.of(new MailPages(choices, pages));
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    return List.of(new UnsubscribeApi(choices, secret -> Digests.end(here.db, secret)));
  }
}
