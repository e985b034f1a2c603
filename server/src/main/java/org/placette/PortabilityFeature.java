package org.placette;

import java.time.Duration;
import java.util.List;
import org.placette.db.DueWork;
import org.placette.portability.Archive;
import org.placette.portability.CarryIn;
import org.placette.portability.DataPages;
import org.placette.portability.Exports;
import org.placette.portability.Farewell;
import org.placette.portability.Moves;
import org.placette.rsvp.Reply;
import org.placette.rsvp.Rsvp;
import org.placette.web.ClientAddress;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Taking one's data away, bringing lists, moving, and the end of an account. */
final class PortabilityFeature implements Feature {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Neighbourhood here;
  private final Archive archive;
  private final Exports exports;
  private final CarryIn carryIn;

  PortabilityFeature(Neighbourhood here) {
    this.here = here;
    archive = new Archive(here.vertx, here.db, here.actors, here.events, here.media);
    var folder = here.settings.data().resolve("exports");
    exports = new Exports(here.vertx, here.db, archive, folder);
    carryIn =
        new CarryIn(here.db, here.actors, here.follows, here.blocks, here.posts, here.remotePosts);
  }

  /** The end of accounts, for pages and the command. */
  Farewell farewell() {
    return new Farewell(
        here.db,
        here.actors,
        here.users,
        here.events,
        here.outbox,
        here.media,
        exports,
        (event, actor) -> {
          try {
            var no = Reply.of(Reply.Answer.NOT_GOING, Rsvp.Door.WEB);
            var unused = here.rsvps.rsvps.reply(event, actor, no);
          } catch (Problem e) {
            // It takes no answers any more.
          }
        });
  }

  @Override
  public List<Routes> pages(Pages pages) {
    var moves =
        new Moves(here.db, here.actors, here.follows, here.profiles, here.outbox, here.targets);
    var parts =
        new DataPages.Parts(
            here.actors,
            exports,
            archive,
            carryIn,
            moves,
            farewell(),
            (ctx, password) -> {
              var account = here.users.byId(Visitor.of(ctx).required());
              var from = ClientAddress.of(ctx, here.settings);
              return account != null
                  && here.users.signIn(account.username(), password, from) != null;
            });
    return List.of(new DataPages(parts, pages));
  }

  @Override
  public void start() {
    var unused = here.keep(DueWork.start("portability", PAUSE, exports::makeDue, carryIn::doDue));
  }
}
