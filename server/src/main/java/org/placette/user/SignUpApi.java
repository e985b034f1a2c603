package org.placette.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.placette.config.Settings;
import org.placette.config.Settings.Registration;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/** Making an account from an app (methods/accounts, create), where everybody may. */
public final class SignUpApi implements Api.Calls {

  private static final List<String> SCOPES = List.of("read", "write", "follow", "push", "profile");

  private final Users users;
  private final Settings settings;
  private final Tokens tokens;

  /** Gives the new person's app its token. */
  @FunctionalInterface
  public interface Tokens {

    /** A new access token of that person for these scopes. */
    String create(long actorId, List<String> scopes);
  }

  public SignUpApi(Users users, Settings settings, Tokens tokens) {
    this.users = users;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** A token (entities/Token); the time in seconds since 1970. */
  record Token(String accessToken, String tokenType, String scope, long createdAt) {}

  @Override
  public void into(Api api) {
    api.post("/api/v1/accounts", new Access(Access.Who.APP, "write:accounts"), this::create);
  }

  private Token create(Call call) {
    if (settings.registration() != Registration.OPEN)
      throw new Problem.Forbidden(
          settings.registration() == Registration.CLOSED
              ? "This neighbourhood takes no new accounts"
              : "Accounts are made on the neighbourhood's web page, after somebody there agrees");
    var params = call.params();
    if (!params.flag("agreement", false))
      throw new Problem.Invalid(
          "Validation failed: Service agreement must be accepted",
          Map.of("agreement", "ERR_ACCEPTED"));
    var locale = Objects.requireNonNullElse(params.filled("locale"), settings.locale());
    var account =
        users.create(
            new Users.NewAccount(
                params.required("username").toLowerCase(java.util.Locale.ROOT),
                null,
                params.required("email"),
                params.required("password"),
                "resident",
                locale.startsWith("en") ? "en" : "fr"));
    List<String> scopes = new ArrayList<>();
    var caller = Objects.requireNonNull(call.caller());
    for (var scope : SCOPES) if (caller.may().test(scope)) scopes.add(scope);
    if (scopes.isEmpty()) scopes.add("read");
    return new Token(
        tokens.create(account.actorId(), scopes),
        "Bearer",
        String.join(" ", scopes),
        Instant.now().getEpochSecond());
  }
}
