package org.placette;

import java.time.Duration;
import java.util.List;
import org.placette.audit.AuditPages;
import org.placette.care.AdminPages;
import org.placette.care.CharterPages;
import org.placette.care.Consequences;
import org.placette.care.FlagInbox;
import org.placette.care.MeasurePages;
import org.placette.care.Measures;
import org.placette.care.Newcomers;
import org.placette.care.PersonPages;
import org.placette.care.QueuePages;
import org.placette.care.ReportApi;
import org.placette.care.ReportPages;
import org.placette.care.Reports;
import org.placette.care.RulesPages;
import org.placette.db.DueWork;
import org.placette.inbox.ActivityHandler;
import org.placette.mastodon.Api;
import org.placette.mastodon.Statuses;
import org.placette.moderation.DomainPages;
import org.placette.moderation.RingNotePages;
import org.placette.moderation.RingNotes;
import org.placette.post.CarersVoice;
import org.placette.post.Takedown;
import org.placette.role.RolePages;
import org.placette.web.Pages;
import org.placette.web.ReadyAnswers;
import org.placette.web.Routes;

/** The wiring of what keeps the place kind: roles, reports, measures, limits, and their log. */
final class CareFeature implements Feature {

  private final Neighbourhood here;
  private final Measures measures;
  private final Reports reports;
  private final Newcomers newcomers;

  CareFeature(Neighbourhood here) {
    this.here = here;
    var consequences =
        new Consequences(
            here.actors,
            here.profiles,
            here.posts,
            new Takedown(here.actors, new CarersVoice(here.actors, here.outbox, here.targets)),
            here.events,
            here.rsvps.mailer);
    measures = new Measures(here.db, here.actors, consequences);
    reports = new Reports(here.db, here.actors, here.outbox, measures);
    newcomers = new Newcomers(here.db);
    here.users.whenKeptOut(measures::door);
    here.tokens.whenKeptOut(measures::reason);
    here.posts.gate(newcomers);
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var db = here.db;
    var actors = here.actors;
    var charter = (java.util.function.Supplier<List<String>>) here.instance::rules;
    return List.of(
        new AdminPages(db, pages),
        new AuditPages(db, pages),
        new DomainPages(db, here.domains, actors.urls().host(), pages),
        new RingNotePages(ringNotes(), here.domains, pages),
        new RolePages(actors, here.roles, pages),
        new QueuePages(actors, reports, measures, charter, pages),
        new PersonPages(actors, measures, newcomers, charter, pages),
        new ReportPages(actors, here.posts, reports, charter, pages),
        new MeasurePages(measures, charter, pages),
        new CharterPages(charter, here.instance::change, pages),
        new RulesPages(db, pages));
  }

  private RingNotes ringNotes() {
    return new RingNotes(here.db, here.actors, here.domains, here.documents, here.asker());
  }

  @Override
  public List<Routes> objects(ReadyAnswers quick) {
    return List.of(ringNotes());
  }

  @Override
  public List<Api.Calls> calls(Statuses statuses) {
    return List.of(new ReportApi(here.actors, statuses.accounts(), reports));
  }

  @Override
  public List<ActivityHandler> handlers() {
    return List.of(new FlagInbox(here.db, here.actors, reports, here.domains));
  }

  @Override
  public void start() {
    here.keep(DueWork.start("care", Duration.ofHours(1), measures::deleteDue, newcomers::trustDue));
  }
}
