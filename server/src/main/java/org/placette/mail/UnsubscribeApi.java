package org.placette.mail;

import java.util.Map;
import java.util.function.Predicate;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.web.Problem;

/**
 * Ending letters with one click of a mail program (RFC 8058): a POST without cookies, whose address
 * is the key. Somebody who follows the link is shown a button instead.
 */
public final class UnsubscribeApi implements Api.Calls {

  /** Followed by the secret. */
  public static final String PATH = "/api/placette/v1/unsubscribe/";

  private final MailChoices choices;
  private final Predicate<String> bulletins;

  /**
   * @param bulletins ends the other letters that its secret is for; false when it is for none
   */
  public UnsubscribeApi(MailChoices choices, Predicate<String> bulletins) {
    this.bulletins = bulletins;
    this.choices = choices;
  }

  @Override
  public void into(Api api) {
    api.post(PATH + ":secret", Access.OPEN, this::end);
    api.get(PATH + ":secret", Access.OPEN, this::ask);
  }

  private Object end(Call call) {
    var secret = call.path("secret");
    if (!bulletins.test(secret)) choices.end(secret);
    return Map.of();
  }

  private Object ask(Call call) {
    var secret = call.path("secret");
    if (!choices.known(secret)) throw new Problem.NotFound();
    var response = call.http().response().setStatusCode(302);
    response.putHeader("Location", "/unsubscribe/" + secret);
    var unused = response.end();
    return Api.DONE;
  }
}
