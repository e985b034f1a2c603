package org.placette.radar;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.placette.event.Clash;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.series.Repeat;
import org.placette.web.Form;
import org.placette.web.Problem;

/** {@code GET /api/placette/v1/clashes}: what else happens then, for programs. */
public final class ClashApi implements Api.Calls {

  private final Radar radar;
  private final String origin;
  private final Supplier<ZoneId> village;

  /**
   * @param origin of this server, for the addresses of its own pages
   * @param village the zone on whose clock it repeats, unless the call names another
   */
  public ClashApi(Radar radar, String origin, Supplier<ZoneId> village) {
    this.village = village;
    this.radar = radar;
    this.origin = origin;
  }

  /** One clash. */
  record Found(
      String kind,
      String name,
      String url,
      @JsonProperty("start_time") String start,
      @JsonProperty("end_time") String end,
      @Nullable String place,
      @Nullable String source,
      int times) {}

  @Override
  public void into(Api api) {
    api.get("/api/placette/v1/clashes", Access.open("read:statuses"), this::clashes);
  }

  private List<Found> clashes(Call call) {
    var params = call.params();
    var latitude = degrees(params, "lat", 90);
    var longitude = degrees(params, "lon", 180);
    var both = latitude != null && longitude != null;
    var slot =
        new Slot(
            call.viewer(),
            times(params),
            params.filled("place"),
            params.filled("town"),
            both ? latitude : null,
            both ? longitude : null,
            themes(params),
            Slot.Own.NOTHING);
    return radar.clashes(slot).stream().map(this::found).toList();
  }

  private static List<String> themes(Params params) {
    List<String> themes = new ArrayList<>();
    for (var tag : params.list("tags"))
      for (var word : tag.split(",", 20)) themes.add(word.strip().toLowerCase(Locale.ROOT));
    var plain = params.filled("tags");
    if (themes.isEmpty() && plain != null)
      for (var word : plain.split(",", 20)) themes.add(word.strip().toLowerCase(Locale.ROOT));
    var category = params.filled("category");
    if (category != null) themes.add(category.toLowerCase(Locale.ROOT));
    return themes;
  }

  /** Once, or as often as it is to repeat: the fields are those of the event's form. */
  private List<Slot.Time> times(Params params) {
    var start = time(params.required("start"));
    var end = params.filled("end");
    var lasts = Duration.between(start, end == null ? start.plus(Duration.ofHours(2)) : time(end));
    if (lasts.isNegative()) throw new Problem.BadRequest("end is before start");
    var repeat = params.filled("repeat");
    if (repeat == null) return List.of(Radar.time(start, lasts));
    if (!Repeat.CHOICES.contains(repeat))
      throw new Problem.BadRequest("repeat is one of " + String.join(", ", Repeat.CHOICES));
    var form = Form.empty().with("repeat", repeat);
    form.with("repeatUntil", params.filled("repeat_until"));
    form.with("repeatCount", params.filled("repeat_count"));
    var zone = zone(params.filled("timezone"));
    var starts = Repeat.times(form, LocalDateTime.ofInstant(start, zone));
    if (!form.ok())
      throw new Problem.BadRequest("repeat_until is a day, repeat_count a number up to 999");
    return starts.stream().map(time -> Radar.time(time.atZone(zone).toInstant(), lasts)).toList();
  }

  private ZoneId zone(@Nullable String name) {
    try {
      return name == null ? village.get() : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new Problem.BadRequest("a timezone is like Europe/Paris");
    }
  }

  private Found found(Clash clash) {
    return new Found(
        clash.hard() ? "hard" : "soft",
        clash.name(),
        clash.path().startsWith("/") ? origin + clash.path() : clash.path(),
        ISO_OFFSET_DATE_TIME.format(clash.start()),
        ISO_OFFSET_DATE_TIME.format(clash.end()),
        clash.place(),
        clash.source(),
        clash.times());
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw new Problem.BadRequest("a time is like 2027-05-01T18:00:00Z");
    }
  }

  private static @Nullable Double degrees(Params params, String name, int most) {
    var text = params.filled(name);
    if (text == null) return null;
    try {
      var degrees = Double.parseDouble(text);
      if (Math.abs(degrees) <= most) return degrees;
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Problem.BadRequest(name + " is not on earth");
  }
}
