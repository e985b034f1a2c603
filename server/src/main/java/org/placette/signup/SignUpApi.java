package org.placette.signup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.placette.config.Settings;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.user.Users.NewAccount;
import org.placette.web.ClientAddress;
import org.placette.web.Problem;

/**
 * Making an account from an app (methods/accounts, create); where one must ask, the account waits.
 */
public final class SignUpApi implements Api.Calls {

  private static final List<String> SCOPES = List.of("read", "write", "follow", "push", "profile");

  private final SignUps signUps;
  private final Settings settings;
  private final Tokens tokens;

  /** Gives the new person's app its token. */
  @FunctionalInterface
  public interface Tokens {

    /** A new access token of that person for these scopes. */
    String create(long actorId, List<String> scopes);
  }

  public SignUpApi(SignUps signUps, Settings settings, Tokens tokens) {
    this.signUps = signUps;
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
    var params = call.params();
    if (!params.flag("agreement", false))
      throw new Problem.Invalid(
          "Validation failed: Service agreement must be accepted",
          Map.of("agreement", "ERR_ACCEPTED"));
    var locale = Objects.requireNonNullElse(params.filled("locale"), settings.locale());
    var wanted =
        new NewAccount(
            params.required("username").toLowerCase(Locale.ROOT),
            null,
            params.required("email"),
            params.required("password"),
            "resident",
            locale.startsWith("en") ? "en" : "fr");
    var done =
        signUps.ask(
            wanted,
            params.filled("reason"),
            params.filled("invite_code"),
            params.filled("sponsor"),
            ClientAddress.of(call.http(), settings));
    // The token of somebody who waits begins to work when they are let in.
    var account = done.account();
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
