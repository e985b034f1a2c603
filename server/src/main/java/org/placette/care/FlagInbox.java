package org.placette.care;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.moderation.DomainPolicy;
import org.placette.text.Html;

/** Flag: other servers' reports about ours, for the same queue as those of residents. */
public final class FlagInbox implements ActivityHandler {

  private static final int MOST_OBJECTS = 100;
  private static final int LONGEST_CONTENT = 5_000;

  private final Db db;
  private final Actors actors;
  private final Reports reports;
  private final DomainPolicy domains;

  public FlagInbox(Db db, Actors actors, Reports reports, DomainPolicy domains) {
    this.db = db;
    this.actors = actors;
    this.reports = reports;
    this.domains = domains;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Flag", "*"));
  }

  @Override
  public Effect verify(Received received) {
    var flag = received.activity();
    var host = Objects.requireNonNullElse(received.actor().host(), "");
    if (domains.reportsOff(host)) throw new Refused("reports-not-wanted");
    var objects = flag.refs("object").stream().limit(MOST_OBJECTS).toList();
    var target = target(objects);
    if (target == null) throw new Refused("flag-about-nobody-here");
    if (!reports.takes(host)) throw new Refused("too-many-reports");
    // Lemmy gives its reason as the summary.
    var content = flag.text("content") == null ? flag.text("summary") : flag.text("content");
    var text = content == null ? "" : Objects.requireNonNullElse(Html.text(content), "");
    var report =
        new Reports.Filed(
            flag.id(),
            received.actor(),
            target,
            objects,
            text.substring(0, Math.min(LONGEST_CONTENT, text.length())),
            "other",
            List.of(),
            false);
    return tx -> {
      var unused = reports.store(tx, report);
    };
  }

  private @Nullable Actor target(List<String> objects) {
    var ours = objects.stream().filter(actors.urls()::isOurs).toList();
    if (ours.isEmpty()) return null;
    for (Actor actor : actors.byUris(db, ours)) if (actor.local()) return actor;
    var author = ReportStore.localAuthor(db, ours);
    return author == null ? null : actors.byId(author);
  }
}
