package org.placette.digest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.DueWork;
import org.placette.db.Retention;
import org.placette.db.Tx;
import org.placette.digest.DigestStore.Due;
import org.placette.digest.Source.Pace;
import org.placette.mail.Letter;
import org.placette.mail.Mailer;
import org.placette.mail.UnsubscribeApi;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Place;

/** Writes the letters that fall due. One person's news make one letter, however many they are. */
public final class Digests {

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int LINES = 30;
  private static final int AT_ONCE = 50;

  private final Db db;
  private final Mailer mailer;
  private final Supplier<Place> place;

  public Digests(Db db, Mailer mailer, Supplier<Place> place) {
    this.db = db;
    this.mailer = mailer;
    this.place = place;
  }

  /** Why the table exists, and how long its rows live. */
  public static List<Retention.Table> retention() {
    return List.of(Retention.Table.owned("notice_choice", "retention.notice_choice"));
  }

  /** Begins to write; nothing without a mail server. */
  public AutoCloseable start() {
    if (!mailer.enabled()) return () -> {};
    return DueWork.start(
        "digests",
        PAUSE,
        this::greet,
        () -> write(Pace.NOW),
        () -> write(Pace.DAILY),
        () -> write(Pace.WEEKLY));
  }

  /** Gives those who have not chosen what is usual; what they were told before is not repeated. */
  int greet() {
    var fresh = DigestStore.without(db, AT_ONCE);
    for (var actor : fresh) choose(actor, Choice.usual());
    return fresh.size();
  }

  Choice of(long actor) {
    return Objects.requireNonNullElseGet(DigestStore.of(db, actor), Choice::usual);
  }

  void choose(long actor, Choice choice) {
    var zone = place.get().zone().getId();
    db.transact(tx -> DigestStore.put(tx, actor, choice, zone));
  }

  /** Ends the letters to whoever holds the secret of one; false when nobody does. */
  boolean end(UUID secret) {
    return DigestStore.end(db, secret);
  }

  /** The same with one click of a mail program. */
  public static boolean end(Db db, String secret) {
    try {
      return DigestStore.end(db, UUID.fromString(secret));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes what is due at a pace; gives how many letters were looked at. */
  int write(Pace pace) {
    var done = 0;
    while (done < AT_ONCE && db.inTransaction(tx -> one(tx, pace))) done++;
    return done;
  }

  private boolean one(Tx tx, Pace pace) {
    var due = pace == Pace.NOW ? DigestStore.dueNow(tx) : DigestStore.due(tx, pace);
    if (due == null) return false;
    var lines = DigestStore.lines(tx, due, LINES);
    var coming =
        due.agenda()
            ? DigestStore.coming(tx, pace == Pace.WEEKLY ? 7 : 1, due.zone())
            : List.<DigestStore.Coming>of();
    if (!lines.isEmpty() || !coming.isEmpty()) mailer.send(tx, letter(due, pace, lines, coming));
    var last = lines.isEmpty() ? due.mark() : lines.getLast().id();
    DigestStore.told(tx, due.actor(), pace, last);
    return true;
  }

  private Letter letter(
      Due due, Pace pace, List<DigestStore.Line> lines, List<DigestStore.Coming> coming) {
    var known = Language.of(due.locale());
    var language = known == null ? Language.FR : known;
    var words = Messages.of(language);
    var here = place.get();
    List<String> text = new ArrayList<>();
    if (!coming.isEmpty()) {
      text.add(words.text(pace == Pace.WEEKLY ? "digest.week" : "digest.day"));
      for (var event : coming) text.add(event(event, Dates.of(language), words));
    }
    if (!lines.isEmpty()) {
      if (!coming.isEmpty()) text.add(words.text("digest.news"));
      for (var line : lines) text.add(line(line, words));
    }
    text.add(words.text("digest.why", here.name()));
    List<Letter.Link> links = new ArrayList<>();
    if (!coming.isEmpty())
      links.add(new Letter.Link(words.text("home.allEvents"), here.origin() + "/events"));
    if (!lines.isEmpty())
      links.add(new Letter.Link(words.text("digest.read"), here.origin() + "/notifications"));
    for (var asked : joining(lines).entrySet())
      links.add(
          new Letter.Link(
              words.text("digest.join", asked.getValue()),
              here.origin() + "/groups/" + asked.getKey() + "/members"));
    links.add(
        new Letter.Link(words.text("digest.change"), here.origin() + "/settings/notifications"));
    links.add(
        new Letter.Link(words.text("digest.end"), here.origin() + "/letters/end/" + due.secret()));
    var subject =
        lines.size() == 1 && coming.isEmpty()
            ? line(lines.getFirst(), words)
            : words.text("digest.subject." + pace.word(), here.name());
    return new Letter(due.email(), subject, text, links)
        .in(language)
        .endedBy(here.origin() + UnsubscribeApi.PATH + due.secret());
  }

  /** The Groups that somebody asks to join, by handle, each once. */
  private static Map<String, String> joining(List<DigestStore.Line> lines) {
    Map<String, String> groups = new LinkedHashMap<>();
    for (var line : lines) if (line.group() != null) groups.put(line.group(), line.about());
    return groups;
  }

  private static String line(DigestStore.Line line, Messages words) {
    @Nullable String what = words.find("news." + line.type());
    var said = line.from() + " " + (what == null ? "" : what);
    return (line.about().isEmpty() ? said : said + words.text("news.colon") + " " + line.about())
        .replace("  ", " ");
  }

  private static String event(DigestStore.Coming event, Dates dates, Messages words) {
    var where = event.place() == null ? "" : "\n" + event.place();
    var off = event.cancelled() ? words.text("event.cancelled") + " – " : "";
    return off + event.name() + "\n" + dates.range(event.start(), null) + where;
  }
}
