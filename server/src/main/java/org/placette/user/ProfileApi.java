package org.placette.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Params;
import org.placette.mastodon.Powers;
import org.placette.role.Roles;
import org.placette.text.Html;
import org.placette.text.Markdown;
import org.placette.web.Problem;

/** One's own account (methods/accounts, methods/preferences). */
public final class ProfileApi implements Api.Calls {

  private static final int LONGEST_NOTE = 5_000;
  private static final Set<String> VISIBILITIES =
      Set.of("public", "unlisted", "private", "direct", "local", "ring");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?");

  private final Db db;
  private final Accounts accounts;
  private final Roles roles;
  private final String tagBase;

  /**
   * @param tagBase where the pages of hashtags are, for those of notes
   */
  public ProfileApi(Db db, Accounts accounts, Roles roles, String tagBase) {
    this.tagBase = tagBase;
    this.db = db;
    this.accounts = accounts;
    this.roles = roles;
  }

  /** One's own account with what only oneself may see (entities/Account, CredentialAccount). */
  record CredentialAccount(@JsonUnwrapped Account account, Source source, Account.Role role) {}

  /** What one typed (entities/Account, CredentialAccount, source). */
  record Source(
      String privacy,
      boolean sensitive,
      @Nullable String language,
      String note,
      List<Account.Field> fields,
      boolean discoverable,
      boolean indexable,
      boolean hideCollections,
      int followRequestsCount,
      List<String> attributionDomains,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String placetteAudience) {}

  @Override
  public void into(Api api) {
    api.get(
        "/api/v1/accounts/verify_credentials",
        Access.person("read:accounts"),
        call -> credentials(call.viewer()));
    api.get("/api/v1/preferences", Access.person("read:accounts"), this::preferences);
  }

  private CredentialAccount credentials(long actor) {
    var account = accounts.one(actor);
    var chosen = PreferenceStore.of(db, actor);
    var fields =
        account.fields().stream()
            .map(one -> new Account.Field(one.name(), Html.text(one.value()), null))
            .toList();
    var source =
        new Source(
            known(chosen.visibility()),
            chosen.sensitive(),
            chosen.language(),
            typed(chosen.note(), account.note()),
            fields,
            account.discoverable(),
            account.indexable(),
            account.hideCollections(),
            chosen.requests(),
            chosen.sites(),
            circle(chosen.visibility()));
    var role = roles.of(actor).getFirst().word();
    var named = Powers.role(role, accounts.look().role(role), roles.permissions(actor));
    return new CredentialAccount(account, source, named);
  }

  /** A visibility as apps know it: what only the place and its neighbours read is private. */
  private static String known(String visibility) {
    return circle(visibility) == null ? visibility : "private";
  }

  private static @Nullable String circle(String visibility) {
    return visibility.equals("local") || visibility.equals("ring") ? visibility : null;
  }

  /** What was typed, unless the text has been changed elsewhere since. */
  private String typed(@Nullable String note, String html) {
    return note != null && Html.compose(note, tagBase).equals(html) ? note : Markdown.of(html);
  }

  /** Somebody's own account, with what only they may see (entities/Account, CredentialAccount). */
  public Object entity(long actor) {
    return credentials(actor);
  }

  /**
   * Stores what somebody typed as their note, and what their apps begin a post with.
   *
   * @throws Problem.Invalid when that is no choice
   */
  public void choose(Params params, long actor) {
    var note = params.text("note");
    if (note != null && note.length() > LONGEST_NOTE) throw wrong("note", "is too long");
    var circle = params.filled("source[placette_audience]");
    var visibility = circle == null ? params.filled("source[privacy]") : circle;
    if (visibility != null && !VISIBILITIES.contains(visibility))
      throw wrong("source[privacy]", "is not a visibility");
    var language = params.filled("source[language]");
    if (language != null && !LANGUAGE.matcher(language).matches())
      throw wrong("source[language]", "is not a language");
    PreferenceStore.choose(db, actor, note, visibility, params.flag("source[sensitive]"), language);
  }

  private static Problem wrong(String field, String why) {
    return new Problem.Invalid(
        "Validation failed: " + field + " " + why, Map.of(field, "ERR_INVALID"));
  }

  private Map<String, Object> preferences(Call call) {
    var chosen = PreferenceStore.of(db, call.viewer());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("posting:default:visibility", known(chosen.visibility()));
    all.put("posting:default:sensitive", chosen.sensitive());
    all.put("posting:default:language", chosen.language());
    all.put("reading:expand:media", "default");
    all.put("reading:expand:spoilers", false);
    all.put("reading:autoplay:gifs", false);
    return all;
  }
}
