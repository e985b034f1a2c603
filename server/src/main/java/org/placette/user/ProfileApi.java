package org.placette.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Access;
import org.placette.mastodon.Account;
import org.placette.mastodon.Accounts;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;

/** One's own account (methods/accounts, methods/preferences). */
public final class ProfileApi implements Api.Calls {

  private final Accounts accounts;
  private final Users users;

  public ProfileApi(Accounts accounts, Users users) {
    this.accounts = accounts;
    this.users = users;
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
      int followRequestsCount,
      List<String> attributionDomains) {}

  @Override
  public void into(Api api) {
    api.get(
        "/api/v1/accounts/verify_credentials",
        Access.person("read:accounts"),
        call -> credentials(call.viewer()));
    api.get("/api/v1/preferences", Access.person("read:accounts"), this::preferences);
  }

  /** Somebody's own account, with what only they may see (entities/Account, CredentialAccount). */
  public Object entity(long actor) {
    return credentials(actor);
  }

  private CredentialAccount credentials(long actor) {
    var account = accounts.one(actor);
    var known = users.byId(actor);
    var role = known == null ? "resident" : known.role();
    var source =
        new Source(
            "public",
            false,
            known == null ? null : known.locale(),
            org.placette.text.Excerpt.of(account.note(), 5_000),
            account.fields(),
            0,
            List.of());
    return new CredentialAccount(account, source, new Account.Role(role, role, "0", "", false));
  }

  private Map<String, Object> preferences(Call call) {
    var known = users.byId(call.viewer());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("posting:default:visibility", "public");
    all.put("posting:default:sensitive", false);
    all.put("posting:default:language", known == null ? null : known.locale());
    all.put("reading:expand:media", "default");
    all.put("reading:expand:spoilers", false);
    all.put("reading:autoplay:gifs", false);
    return all;
  }
}
