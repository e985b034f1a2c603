package org.placette.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;
import org.placette.db.Times;
import org.placette.text.Excerpt;

/** What is the same for everybody of a status, read whole from the tables. */
final class StatusBodyStore {

  private static final int FILTERED_TEXT = 10_000;

  private static final String BODY =
      """
      select p.id, p.xmin::text || case when p.type = 'Event'
          then coalesce('-' || e.xmin::text, '') else '' end as version, p.uri, p.url, p.type, p.actor_id, p.name, p.summary,
        p.content, p.language, p.sensitive, p.visibility, p.in_reply_to_id, p.published, p.updated,
        p.likes_count, p.shares_count, p.replies_count, p.attachment::text as attachment,
        p.tag::text as tag, p.poll::text as poll, p.card::text as card,
        p.application::text as application, a.host, coalesce(a.name, a.username) as author_name,
        coalesce(a.url, a.uri) as author_url, q.id as quote_id, p.quote_consent,
        p.quotes_count, case when p.visibility not in ('public', 'unlisted') then 'closed'
          when a.host is null then coalesce(p.quotable, 'public') else p.quotable end as quotable,
        parent.actor_id as parent_actor,
        (select json_agg(json_build_object('id', m.id::text, 'username', m.username, 'host', m.host,
            'type', m.type, 'url', m.url, 'uri', m.uri) order by m.id)
          from mention x join actor m on m.id = x.actor_id
          where x.post_id = p.id)::text as mentions,
        e.uuid, e.start_time, e.end_time, e.display_end_time, e.timezone, e.status as event_status,
        e.place_name, e.street_address, e.postal_code, e.address_locality, e.address_region,
        e.address_country, e.latitude, e.longitude, e.is_online, e.join_mode, e.participant_count,
        e.event_status = 'EventPostponed' as postponed, e.online_url, e.external_participation_url,
        e.maximum_attendee_capacity, e.price, e.organiser, e.contact,
        e.banner::text as banner, e.sequence, e.asks_by_poll, e.votes
      from post p join actor a on a.id = p.actor_id
        left join event e on e.post_id = p.id
        left join post parent on parent.id = p.in_reply_to_id
        left join post q on q.uri = p.quote and q.visibility in ('public', 'unlisted')
      where p.id = any($1)
      """;

  private final Look look;

  StatusBodyStore(Look look) {
    this.look = look;
  }

  /** A body and what it was made of. */
  record Made(long id, String version, Status.Body body) {}

  List<Made> byIds(Sql sql, Collection<Long> ids) {
    return sql.list(BODY, this::made, (Object) ids.toArray(Long[]::new));
  }

  private Made made(Row row) {
    var id = row.getLong("id");
    var event = row.getUUID("uuid") == null ? null : event(row);
    var asked = event == null || !row.getBoolean("asks_by_poll") ? null : event;
    var poll =
        event == null
            ? PollReader.poll(id, AccountStore.read(row.getString("poll")), emojis(row))
            : asked == null ? null : asked.poll(id, row.getArrayOfIntegers("votes"));
    var content = event == null ? content(row) : event.html(row.getString("content"));
    var words = words(row, content, event);
    var text = text(words, content);
    return new Made(
        id,
        row.getString("version"),
        new Status.Body(
            row.getLong("actor_id"),
            Json.open(words),
            text,
            poll,
            agreed(row) ? row.getLong("quote_id") : null,
            agreed(row) ? null : row.getString("quote_consent"),
            row.getString("quotable"),
            preview(row, event),
            event == null ? null : Json.open(event.side())));
  }

  private static boolean agreed(Row row) {
    var consent = row.getString("quote_consent");
    return consent == null || consent.equals("accepted");
  }

  private static String text(Status.Words words, String content) {
    var text = new StringBuilder(words.spoilerText()).append('\n');
    text.append(Excerpt.of(content, FILTERED_TEXT));
    for (var media : words.mediaAttachments())
      if (media.description() != null) text.append('\n').append(media.description());
    return text.toString();
  }

  private Status.Words words(Row row, String content, @Nullable EventText event) {
    var id = row.getLong("id");
    var tags = AccountStore.read(row.getString("tag"));
    var local = row.getString("host") == null;
    var uri = row.getString("uri");
    var url = row.getString("url");
    var media = MediaReader.all(id, AccountStore.read(row.getString("attachment")), look);
    if (event != null) media = event.withBanner(media, look);
    Long parent = row.getLong("in_reply_to_id");
    Long parentActor = row.getLong("parent_actor");
    return new Status.Words(
        String.valueOf(id),
        Objects.requireNonNull(AccountStore.instant(row, "published")),
        parent == null ? null : String.valueOf(parent),
        parentActor == null ? null : String.valueOf(parentActor),
        row.getBoolean("sensitive"),
        event == null ? words(row.getString("summary")) : "",
        visibility(row.getString("visibility")),
        row.getString("language"),
        uri,
        url == null || (local && event == null) ? uri : url,
        row.getInteger("replies_count"),
        row.getInteger("shares_count"),
        row.getInteger("likes_count"),
        row.getInteger("quotes_count"),
        edited(row),
        content,
        app(AccountStore.read(row.getString("application"))),
        media,
        mentions(AccountStore.read(row.getString("mentions"))),
        tags(tags),
        emojis(row),
        row.getString("visibility").equals("local"),
        circle(row.getString("visibility")));
  }

  /** A title stands before the text, since no client has a field for it. */
  private static String content(Row row) {
    var content = row.getString("content");
    var name = row.getString("name");
    if (name == null || name.isBlank()) return content;
    return "<p><strong>" + org.placette.text.Html.escape(name) + "</strong></p>" + content;
  }

  private static @Nullable Instant edited(Row row) {
    var updated = AccountStore.instant(row, "updated");
    var published = AccountStore.instant(row, "published");
    return updated == null || updated.equals(published) ? null : updated;
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String visibility(String word) {
    if (word.equals("hidden")) return "direct";
    return word.equals("followers") || circle(word) != null ? "private" : word;
  }

  /** A circle that Mastodon has no word for; null for the others. */
  private static @Nullable String circle(String word) {
    return switch (word) {
      case "local", "ring", "group" -> word;
      default -> null;
    };
  }

  private EventText event(Row row) {
    return new EventText(
        words(row.getString("name")),
        row.getString("url") == null ? row.getString("uri") : row.getString("url"),
        row.getString("language"),
        Objects.requireNonNull(AccountStore.instant(row, "start_time")),
        row.getBoolean("display_end_time") ? AccountStore.instant(row, "end_time") : null,
        Times.zone(row.getString("timezone")),
        row.getString("event_status"),
        row.getString("place_name"),
        row.getString("street_address"),
        row.getString("postal_code"),
        row.getString("address_locality"),
        row.getString("address_region"),
        row.getString("address_country"),
        row.getDouble("latitude"),
        row.getDouble("longitude"),
        row.getBoolean("is_online"),
        row.getString("join_mode"),
        row.getInteger("participant_count"),
        AccountStore.read(row.getString("banner")),
        drawn(row),
        new EventText.Practical(
            row.getBoolean("postponed"),
            row.getString("online_url"),
            row.getString("external_participation_url"),
            row.getInteger("maximum_attendee_capacity"),
            row.getString("price"),
            row.getString("organiser"),
            row.getString("contact")));
  }

  /** Where the picture of an event of ours that has none is drawn; null for other events. */
  private @Nullable String drawn(Row row) {
    var open = row.getString("visibility").matches("public|unlisted");
    if (row.getString("host") != null || !open) return null;
    return look.urls().event(row.getUUID("uuid")) + "/banner.png?v=" + row.getInteger("sequence");
  }

  private List<Status.Mention> mentions(JsonNode all) {
    List<Status.Mention> mentions = new ArrayList<>();
    for (var one : all) {
      var username = one.path("username").asText();
      var host = one.path("host").textValue();
      mentions.add(
          new Status.Mention(
              one.path("id").asText(),
              username,
              look.page(
                  one.path("type").asText(),
                  username,
                  host,
                  one.path("url").textValue(),
                  one.path("uri").asText()),
              Look.acct(username, host)));
    }
    return mentions;
  }

  private List<Account.Emoji> emojis(Row row) {
    return look.emojis(AccountStore.read(row.getString("tag")));
  }

  private List<Status.Tag> tags(JsonNode all) {
    List<Status.Tag> tags = new ArrayList<>();
    for (var one : all) {
      if (!one.path("type").asText().equals("Hashtag")) continue;
      var name = one.path("name").asText();
      var word =
          (name.startsWith("#") ? name.substring(1) : name).toLowerCase(java.util.Locale.ROOT);
      if (!word.isEmpty()) tags.add(new Status.Tag(word, look.tag(word)));
    }
    return tags;
  }

  private static Status.@Nullable App app(JsonNode app) {
    var name = app.path("name").textValue();
    return name == null ? null : new Status.App(name, app.path("website").textValue());
  }

  private Status.@Nullable Preview preview(Row row, @Nullable EventText event) {
    if (event != null) {
      var by = new Status.Author(row.getString("author_name"), row.getString("author_url"), null);
      return Status.Preview.of(event.card(look, by), row.getLong("actor_id"));
    }
    var card = AccountStore.read(row.getString("card"));
    var known = card.path("creator");
    return Status.Preview.of(card(card), known.isIntegralNumber() ? known.asLong() : null);
  }

  private static List<Status.Author> authors(JsonNode card) {
    var author =
        new Status.Author(card.path("author").asText(), card.path("authorUrl").asText(), null);
    return author.name().isEmpty() && author.url().isEmpty() ? List.of() : List.of(author);
  }

  Status.@Nullable Card card(JsonNode card) {
    var url = card.path("url").textValue();
    if (url == null) return null;
    var image = card.path("image").textValue();
    return new Status.Card(
        url,
        card.path("title").asText(),
        card.path("description").asText(),
        card.path("language").asText(),
        "link",
        card.path("author").asText(),
        card.path("authorUrl").asText(),
        card.path("provider").asText(),
        "",
        "",
        card.path("width").asInt(),
        card.path("height").asInt(),
        image == null || look.withheld().withholds(image) ? null : look.file(image),
        card.path("imageDescription").asText(),
        "",
        null,
        null,
        authors(card));
  }
}
