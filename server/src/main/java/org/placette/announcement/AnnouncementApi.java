package org.placette.announcement;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.db.Ids;
import org.placette.db.Retention;
import org.placette.db.Signals;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Json;
import org.placette.role.Roles;
import org.placette.text.Html;
import org.placette.web.Permission;
import org.placette.web.Problem;

/**
 * The village's notices (methods/announcements); animators write them at {@code
 * /api/placette/v1/announcements}.
 */
public final class AnnouncementApi implements Api.Calls {

  private static final String NEWS = "announcement";
  private static final String REACTION = "announcement.reaction";
  private static final String GONE = "announcement.delete";

  /** What streams tell of notices. */
  public static final List<String> EVENTS = List.of(NEWS, REACTION, GONE);

  private static final Pattern EMOJI =
      Pattern.compile("[^\\p{L}\\p{N}\\s<>&\"']{1,20}|[0-9#*]\\uFE0F?\\u20E3");
  private static final int REACTIONS = 8;
  private static final int LONGEST = 5_000;

  private final Db db;
  private final Roles roles;

  public AnnouncementApi(Db db, Roles roles) {
    this.db = db;
    this.roles = roles;
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

  @Override
  public void into(Api api) {
    var write = Access.person("write:accounts");
    var react = Access.person("write:favourites");
    api.get("/api/v1/announcements", Access.person("read"), this::all);
    api.post("/api/v1/announcements/:id/dismiss", write, this::dismiss);
    api.put("/api/v1/announcements/:id/reactions/:name", react, this::react);
    api.delete("/api/v1/announcements/:id/reactions/:name", react, this::unreact);
    api.post("/api/placette/v1/announcements", Access.person("write"), this::create);
    api.put("/api/placette/v1/announcements/:id", Access.person("write"), this::change);
    api.delete("/api/placette/v1/announcements/:id", Access.person("write"), this::delete);
  }

  private void tell(String event, long id, String about) {
    db.signals().send(new Signals.Signal(event, id, about));
  }

  /**
   * What streams say of one of the events of {@link #EVENTS}; null when there is nothing to say.
   *
   * @param about the reaction's emoji, or empty
   */
  public @Nullable String words(long viewer, String event, long id, String about) {
    if (event.equals(GONE)) return String.valueOf(id);
    var one = AnnouncementStore.one(db, viewer, id);
    if (one == null || event.equals(NEWS)) return one == null ? null : Json.text(one);
    var count = one.reactions().stream().filter(r -> r.name().equals(about)).findFirst();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", about);
    told.put("count", count.isEmpty() ? 0 : count.get().count());
    told.put("announcement_id", String.valueOf(id));
    return Json.text(told);
  }

  private List<Announcement> all(Call call) {
    return AnnouncementStore.all(db, call.viewer(), call.params().flag("with_dismissed", false));
  }

  private Announcement one(Call call) {
    var one = AnnouncementStore.one(db, call.viewer(), call.id());
    if (one == null) throw new Problem.NotFound();
    return one;
  }

  private Object dismiss(Call call) {
    var unused = one(call);
    AnnouncementStore.read(db, call.viewer(), call.id());
    return Api.NOTHING;
  }

  private Object react(Call call) {
    var unused = one(call);
    var name = call.path("name");
    if (!EMOJI.matcher(name).matches())
      throw new Problem.Invalid(
          "Validation failed: Name is not a recognized emoji", Map.of("name", "ERR_INVALID"));
    if (!AnnouncementStore.react(db, call.viewer(), call.id(), name, REACTIONS))
      throw new Problem.Invalid(
          "Validation failed: Limit of different reactions reached", Map.of());
    tell(REACTION, call.id(), name);
    return Api.NOTHING;
  }

  private Object unreact(Call call) {
    var unused = one(call);
    AnnouncementStore.unreact(db, call.viewer(), call.id(), call.path("name"));
    if (EMOJI.matcher(call.path("name")).matches()) tell(REACTION, call.id(), call.path("name"));
    return Api.NOTHING;
  }

  private void author(Call call) {
    roles.require(call.person().actorId(), Permission.NOTICES);
  }

  private Announcement create(Call call) {
    author(call);
    return put(call, Ids.next());
  }

  private Announcement change(Call call) {
    author(call);
    var unused = one(call);
    return put(call, call.id());
  }

  private Announcement put(Call call, long id) {
    var params = call.params();
    var text = params.required("text");
    if (text.length() > LONGEST)
      throw new Problem.Invalid(
          "Validation failed: Text is too long", Map.of("text", "ERR_TOO_LONG"));
    var starts = moment(params.filled("starts_at"), "starts_at");
    var ends = moment(params.filled("ends_at"), "ends_at");
    AnnouncementStore.put(
        db, id, Html.compose(text), text, starts, ends, params.flag("all_day", false));
    var stored = AnnouncementStore.one(db, call.viewer(), id);
    if (stored == null)
      throw new Problem.Invalid(
          "Validation failed: it has ended already", Map.of("ends_at", "ERR_INVALID"));
    tell(NEWS, id, "");
    return stored;
  }

  private static @Nullable Instant moment(@Nullable String text, String field) {
    if (text == null) return null;
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new Problem.Invalid(
          "Validation failed: " + field + " is no time", Map.of(field, "ERR_INVALID"));
    }
  }

  private Object delete(Call call) {
    author(call);
    if (!AnnouncementStore.delete(db, call.id())) throw new Problem.NotFound();
    tell(GONE, call.id(), "");
    return Api.NOTHING;
  }
}
