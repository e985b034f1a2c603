package org.placette.announcement;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Json;
import org.placette.web.Problem;

/**
 * The village's notices (methods/announcements); animators write them at {@code
 * /api/placette/v1/announcements}.
 */
public final class AnnouncementApi implements Api.Calls {

  private static final String REACTION = "announcement.reaction";

  /** What streams tell of notices. */
  public static final List<String> EVENTS =
      List.of(Announcements.NEWS, REACTION, Announcements.GONE);

  private static final Pattern EMOJI =
      Pattern.compile("[^\\p{L}\\p{N}\\s<>&\"']{1,20}|[0-9#*]\\uFE0F?\\u20E3");
  private static final int REACTIONS = 8;

  private final Db db;
  private final Announcements announcements;

  public AnnouncementApi(Db db, Announcements announcements) {
    this.db = db;
    this.announcements = announcements;
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

  /**
   * What streams say of one of the events of {@link #EVENTS}; null when there is nothing to say.
   *
   * @param about the reaction's emoji, or empty
   */
  public @Nullable String words(long viewer, String event, long id, String about) {
    if (event.equals(Announcements.GONE)) return String.valueOf(id);
    var one = AnnouncementStore.one(db, viewer, id);
    if (one == null || event.equals(Announcements.NEWS)) return one == null ? null : Json.text(one);
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
    announcements.tell(REACTION, call.id(), name);
    return Api.NOTHING;
  }

  private Object unreact(Call call) {
    var unused = one(call);
    AnnouncementStore.unreact(db, call.viewer(), call.id(), call.path("name"));
    if (EMOJI.matcher(call.path("name")).matches())
      announcements.tell(REACTION, call.id(), call.path("name"));
    return Api.NOTHING;
  }

  private Announcement create(Call call) {
    return stored(call, announcements.write(call.person().actorId(), wanted(call)));
  }

  private Announcement change(Call call) {
    announcements.change(call.person().actorId(), call.id(), wanted(call));
    return stored(call, call.id());
  }

  private Announcements.Wanted wanted(Call call) {
    announcements.may(call.person().actorId());
    var params = call.params();
    var text = params.required("text");
    if (text.length() > Announcements.LONGEST)
      throw new Problem.Invalid(
          "Validation failed: Text is too long", Map.of("text", "ERR_TOO_LONG"));
    var starts = moment(params.filled("starts_at"), "starts_at");
    var ends = moment(params.filled("ends_at"), "ends_at");
    if (ends != null && ends.isBefore(Instant.now()))
      throw new Problem.Invalid(
          "Validation failed: it has ended already", Map.of("ends_at", "ERR_INVALID"));
    return new Announcements.Wanted(text, starts, ends, params.flag("all_day", false));
  }

  private Announcement stored(Call call, long id) {
    var stored = AnnouncementStore.one(db, call.viewer(), id);
    if (stored == null) throw new Problem.NotFound();
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
    announcements.delete(call.person().actorId(), call.id());
    return Api.NOTHING;
  }
}
