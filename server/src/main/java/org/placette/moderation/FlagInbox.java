package org.placette.moderation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.db.Db;
import org.placette.inbox.ActivityHandler;
import org.placette.inbox.Effect;
import org.placette.inbox.Received;
import org.placette.inbox.Refused;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.Type;
import org.placette.text.Html;

/** Flag: other servers' reports about ours, stored for the moderators. */
public final class FlagInbox implements ActivityHandler {

  private static final int MOST_OBJECTS = 100;
  private static final int LONGEST_CONTENT = 5_000;

  private final Db db;
  private final Actors actors;

  public FlagInbox(Db db, Actors actors) {
    this.db = db;
    this.actors = actors;
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(new Kind("Flag", "*"));
  }

  @Override
  public Effect verify(Received received) {
    var flag = received.activity();
    var objects = flag.refs("object").stream().limit(MOST_OBJECTS).toList();
    var target = target(objects);
    if (target == null) throw new Refused("flag-about-nobody-here");
    // Lemmy gives its reason as the summary.
    var content = flag.text("content") == null ? flag.text("summary") : flag.text("content");
    var text = content == null ? null : Html.text(content);
    var report =
        new Report(
            flag.id(),
            received.actor().id(),
            target,
            objects,
            text == null ? null : text.substring(0, Math.min(LONGEST_CONTENT, text.length())));
    return tx -> {
      var id = ModerationStore.report(tx, report);
      if (id != null) NotificationStore.tellModerators(tx, Type.Report, received.actor().id(), id);
    };
  }

  private @Nullable Long target(List<String> objects) {
    var ours = objects.stream().filter(actors.urls()::isOurs).toList();
    if (ours.isEmpty()) return null;
    for (Actor actor : actors.byUris(db, ours)) if (actor.local()) return actor.id();
    return ModerationStore.localAuthor(db, ours);
  }
}
