package org.placette.notification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.placette.db.Db;
import org.placette.mastodon.Notification;
import org.placette.mastodon.Statuses;
import org.placette.notification.NotificationPageStore.Told;

/** Notifications that were just written, for those who listen. */
public final class NotificationNews {

  private final Db db;
  private final NotificationWriter writer;

  public NotificationNews(Db db, Statuses statuses) {
    this.db = db;
    this.writer = new NotificationWriter(statuses);
  }

  /** Those of the ids that are for one of the people, as they see them. */
  public Map<Long, List<Notification>> of(Collection<Long> ids, Set<Long> people) {
    Map<Long, List<Told>> rows = new HashMap<>();
    for (var one : NotificationPageStore.owned(db, ids))
      if (people.contains(one.person()))
        rows.computeIfAbsent(one.person(), key -> new ArrayList<>()).add(one.told());
    Map<Long, List<Notification>> all = new HashMap<>();
    rows.forEach((person, told) -> all.put(person, writer.all(person, told)));
    return all;
  }
}
