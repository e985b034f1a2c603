package org.placette.mastodon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** Accounts, read from {@code actor} with their counts. */
final class AccountStore {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final String SELECT =
      """
      select a.id, a.uri, a.type, a.username, a.host, a.name, a.summary, a.url, a.icon, a.image,
        a.fields::text as fields, a.manually_approves_followers, a.discoverable, a.indexable,
        a.automated, a.hides_people, a.emoji::text as emoji,
        a.published, a.suspended_at is not null as suspended, a.limited,
        array(select g.role from role_grant g where g.actor_id = a.id and g.group_id is null
          order by g.role) as roles,
        coalesce(n.followers, 0) as followers, coalesce(n.following, 0) as following,
        coalesce(n.posts, 0) as statuses,
        (select max(p.id) from post p where p.actor_id = a.id
          and p.visibility in ('public', 'unlisted', 'followers')) as last,
        (select m.id from actor m where m.uri = a.moved_to) as moved
      from actor a left join actor_count n on n.actor_id = a.id
      """;

  private AccountStore() {}

  /** An account and the id of the one that replaces it. */
  record Found(long id, Account account, @Nullable Long moved) {}

  static List<Found> byIds(Sql sql, Collection<Long> ids, Look look) {
    return sql.list(
        SELECT + "where a.id = any($1) and a.deleted_at is null",
        row -> from(row, look),
        (Object) ids.toArray(Long[]::new));
  }

  private static Found from(Row row, Look look) {
    var type = row.getString("type");
    var username = row.getString("username");
    var host = row.getString("host");
    var suspended = row.getBoolean("suspended");
    var uri = row.getString("uri");
    var id = row.getLong("id");
    var avatar = look.avatar(suspended ? null : row.getString("icon"));
    var header = look.header(suspended ? null : row.getString("image"));
    var name = row.getString("name");
    var account =
        new Account(
            String.valueOf(id),
            username,
            Look.acct(username, host),
            suspended || name == null ? "" : name,
            row.getBoolean("manually_approves_followers"),
            row.getBoolean("automated") || Look.bot(type, username, host),
            row.getBoolean("discoverable"),
            row.getBoolean("indexable"),
            type.equals("Group"),
            midnight(row.getOffsetDateTime("published").toInstant()),
            suspended ? "" : words(row.getString("summary")),
            look.page(type, username, host, row.getString("url"), uri),
            uri,
            avatar,
            avatar,
            header,
            header,
            row.getLong("followers"),
            row.getLong("following"),
            row.getLong("statuses"),
            day(row.getLong("last")),
            row.getBoolean("hides_people"),
            !row.getBoolean("indexable"),
            suspended ? List.of() : look.emojis(read(row.getString("emoji"))),
            roles(row.getArrayOfStrings("roles"), look),
            suspended ? List.of() : fields(row.getString("fields")),
            null,
            suspended ? true : null,
            row.getBoolean("limited") ? true : null);
    return new Found(id, account, row.getLong("moved"));
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Instant midnight(Instant moment) {
    return moment.truncatedTo(ChronoUnit.DAYS);
  }

  private static @Nullable LocalDate day(@Nullable Long lastId) {
    return lastId == null
        ? null
        : LocalDate.ofInstant(org.placette.db.Ids.instant(lastId), ZoneOffset.UTC);
  }

  private static List<Account.Role> roles(String[] words, Look look) {
    return Arrays.stream(words)
        .map(word -> new Account.Role(word, look.role(word), "0", "", true))
        .toList();
  }

  private static List<Account.Field> fields(@Nullable String json) {
    List<Account.Field> fields = new ArrayList<>();
    for (var field : read(json))
      fields.add(
          new Account.Field(field.path("name").asText(), field.path("value").asText(), null));
    return fields;
  }

  static JsonNode read(@Nullable String json) {
    try {
      return JSON.readTree(json == null ? "[]" : json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("jsonb that cannot be read", e);
    }
  }

  static @Nullable Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
