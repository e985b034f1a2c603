package org.placette.announcement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Signals;
import org.placette.role.Roles;
import org.placette.text.Html;
import org.placette.web.Permission;
import org.placette.web.Problem;

/** The village's notices: written by those who may, told at once to those who listen. */
public final class Announcements {

  /** The longest text, in characters. */
  static final int LONGEST = 5_000;

  static final String NEWS = "announcement";
  static final String GONE = "announcement.delete";

  private final Db db;
  private final Roles roles;
  private final String tagBase;

  /**
   * @param tagBase what stands before a hashtag in its address
   */
  public Announcements(Db db, Roles roles, String tagBase) {
    this.db = db;
    this.roles = roles;
    this.tagBase = tagBase;
  }

  /** Why the tables of this package exist, and how long their rows live. */
  public static List<Retention.Table> retention() {
    return List.of(
        Retention.Table.aged(
            "announcement",
            "retention.announcement",
            Duration.ofDays(365),
            "id",
            "coalesce(ends, updated) < now() - :keep"),
        Retention.Table.owned("announcement_read", "retention.announcement_read"),
        Retention.Table.owned("announcement_reaction", "retention.announcement_reaction"));
  }

  /**
   * What somebody wants to be known.
   *
   * @param text Markdown, up to {@link #LONGEST} characters
   * @param starts when what it speaks of begins; null when that does not matter
   * @param ends when it is shown no more; null for never
   */
  record Wanted(String text, @Nullable Instant starts, @Nullable Instant ends, boolean allDay) {}

  /** A new notice; gives its number. */
  long write(long by, Wanted wanted) {
    var id = Ids.next();
    put(by, id, wanted);
    return id;
  }

  /**
   * Changes a notice that is shown.
   *
   * @throws Problem.NotFound when there is none
   */
  void change(long by, long id, Wanted wanted) {
    may(by);
    if (AnnouncementStore.one(db, by, id) == null) throw new Problem.NotFound();
    put(by, id, wanted);
  }

  private void put(long by, long id, Wanted wanted) {
    may(by);
    AnnouncementStore.put(
        db,
        id,
        Html.compose(wanted.text(), tagBase),
        wanted.text(),
        wanted.starts(),
        wanted.ends(),
        wanted.allDay());
    tell(NEWS, id, "");
  }

  /**
   * Takes a notice away.
   *
   * @throws Problem.NotFound when there is none
   */
  void delete(long by, long id) {
    may(by);
    if (!AnnouncementStore.delete(db, id)) throw new Problem.NotFound();
    tell(GONE, id, "");
  }

  /**
   * Refuses those who write no notices.
   *
   * @throws Problem.Forbidden for them
   */
  void may(long by) {
    roles.require(by, Permission.NOTICES);
  }

  /** Tells those who listen, in this process and others. */
  void tell(String event, long id, String about) {
    db.signals().send(new Signals.Signal(event, id, about));
  }
}
