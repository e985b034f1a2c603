package org.placette.user;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.db.Sql;

/** What people chose for their own posts, in the table {@code account}. */
final class PreferenceStore {

  private PreferenceStore() {}

  /**
   * What somebody's apps begin a post with.
   *
   * @param note the profile's text as typed; null when it never came through an app
   * @param visibility public, unlisted, private or direct
   * @param language null for the account's own
   * @param requests how many wait to follow
   * @param sites whose pages may name them as their author
   */
  record Chosen(
      @Nullable String note,
      String visibility,
      boolean sensitive,
      @Nullable String language,
      int requests,
      List<String> sites) {}

  static Chosen of(Sql sql, long actor) {
    var found =
        sql.one(
            """
            select a.note, a.default_visibility, a.default_sensitive,
              coalesce(a.default_language, a.locale),
              (select count(*)::int from follow f
                where f.target_id = a.actor_id and f.state = 'pending'),
              (select p.attribution_domains from actor p where p.id = a.actor_id)
            from account a where a.actor_id = $1
            """,
            row ->
                new Chosen(
                    row.getString(0),
                    row.getString(1),
                    row.getBoolean(2),
                    row.getString(3),
                    row.getInteger(4),
                    List.of(row.getArrayOfStrings(5))),
            actor);
    return Objects.requireNonNullElse(found, new Chosen(null, "public", false, null, 0, List.of()));
  }

  /** Null leaves a choice as it is. */
  static void choose(
      Sql sql,
      long actor,
      @Nullable String note,
      @Nullable String visibility,
      @Nullable Boolean sensitive,
      @Nullable String language) {
    sql.update(
        """
        update account set note = coalesce($2, note),
          default_visibility = coalesce($3, default_visibility),
          default_sensitive = coalesce($4, default_sensitive),
          default_language = coalesce($5, default_language)
        where actor_id = $1
        """,
        actor,
        note,
        visibility,
        sensitive,
        language);
  }
}
