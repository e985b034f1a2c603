package org.placette.federation.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;
import org.placette.federation.vocab.AsObject;

/**
 * From a handle to an actor's id and back (RFC 7033, FEP-2c59). The host of a handle alone says
 * whose it is: where an answer names a handle on another host, that host is asked and must agree.
 *
 * <p>Thread-safe. Blocks the calling virtual thread; throws {@link FetchProblem}.
 */
public final class WebFinger {

  private static final String JRD = "application/jrd+json, application/json";

  private final WellKnown wellKnown;

  public WebFinger(GuardedHttp http) {
    wellKnown = new WellKnown(http);
  }

  /**
   * A handle and its actor, as the handle's own host states them.
   *
   * @param subject {@code user@host}, the host canonical, the user as its host spells it
   * @param actorId an http(s) URL; the actor there still has to confirm ({@link #confirm})
   */
  public record Found(String subject, String actorId) {
    /** The part before the at sign. */
    public String user() {
      return subject.substring(0, subject.lastIndexOf('@'));
    }

    /** The part after the at sign. */
    public String host() {
      return subject.substring(subject.lastIndexOf('@') + 1);
    }
  }

  /** What one host answered: whose handle, which actor. */
  private record Answer(String handle, String actorId) {}

  /**
   * Looks up a handle or a profile's address.
   *
   * @param account {@code acct:user@host}, {@code @user@host}, {@code user@host} or an http(s) URL
   * @throws FetchProblem BAD_URL when it is none of these, WRONG_ID when the hosts disagree
   */
  public Found resolve(String account) {
    var resource = resource(account);
    var host = hostOf(resource);
    var first = ask(host, resource);
    if (hostOf("acct:" + first.handle).equals(host)) return new Found(first.handle, first.actorId);
    var home = ask(hostOf("acct:" + first.handle), "acct:" + first.handle);
    if (sameHandle(home.handle, first.handle) && home.actorId.equals(first.actorId))
      return new Found(home.handle, home.actorId);
    throw new FetchProblem(
        Reason.WRONG_ID, host + " claims " + first.handle + ", whose host says otherwise");
  }

  /**
   * The handle of an actor whose document was fetched from its id.
   *
   * @throws FetchProblem WRONG_ID when the handle's host names another actor
   */
  public Found handleOf(AsObject actor) {
    var url = WebUrl.parse(Objects.requireNonNullElse(actor.id(), ""));
    var own = actor.text("webfinger");
    var user = actor.text("preferredUsername");
    var account = own != null ? own : user != null ? user + "@" + url.getRawAuthority() : null;
    if (account == null) throw new FetchProblem(Reason.WRONG_ID, url + " has no handle");
    var found = resolve(account);
    if (WebUrl.same(found.actorId, url)) return found;
    throw new FetchProblem(Reason.WRONG_ID, found.subject + " is not " + url);
  }

  /**
   * Checks that the actor found by a handle claims that handle too.
   *
   * @param actor as fetched from {@code found.actorId()}
   * @throws FetchProblem WRONG_ID when it does not
   */
  public void confirm(Found found, AsObject actor) {
    var url = WebUrl.parse(found.actorId);
    if (!WebUrl.same(actor.id(), url))
      throw new FetchProblem(Reason.WRONG_ID, found.subject + " leads to " + actor.id());
    var user = Objects.requireNonNullElse(actor.text("preferredUsername"), "");
    var sameHost = url.getRawAuthority().equals(found.host());
    if (sameHost && user.equalsIgnoreCase(found.user())) return;
    if (!sameHandle(handleOf(actor).subject, found.subject))
      throw new FetchProblem(Reason.WRONG_ID, url + " does not go by " + found.subject);
  }

  private Answer ask(String host, String resource) {
    var query = "?resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8);
    var answer = wellKnown.get(host, "/.well-known/webfinger" + query, JRD);
    if (answer.status() == 404 || answer.status() == 400) {
      var elsewhere = HostMeta.lookup(wellKnown, host, resource);
      if (elsewhere != null) answer = elsewhere;
    }
    var jrd = JsonBody.plain(answer);
    var actorId = selfLink(jrd);
    if (actorId == null)
      throw new FetchProblem(Reason.NOT_FOUND, host + " has no actor for " + resource);
    return new Answer(handle(jrd, resource), actorId);
  }

  /** The handle that a JRD is about: its subject, else an alias, else what was asked. */
  private static String handle(ObjectNode jrd, String resource) {
    var candidates = new AsObject(jrd);
    for (var name : List.of("subject", "aliases")) {
      for (var text : candidates.texts(name)) {
        if (text.toLowerCase(Locale.ROOT).startsWith("acct:"))
          return resource(text).substring("acct:".length());
      }
    }
    if (resource.startsWith("acct:")) return resource.substring("acct:".length());
    throw new FetchProblem(Reason.WRONG_ID, "no handle for " + resource);
  }

  /** The actor that a JRD links to; null when there is none. Package-private for its tests. */
  static @Nullable String selfLink(ObjectNode jrd) {
    String second = null;
    for (var link : jrd.path("links")) {
      if (!link.path("rel").asText().equals("self")) continue;
      var type = MediaType.parse(text(link, "type"));
      var href = text(link, "href");
      if (type == null || !type.isActivityStreams() || WebUrl.parseOrNull(href) == null) continue;
      if (type.name().equals("application/activity+json")) return href;
      if (second == null) second = href;
    }
    return second;
  }

  private static @Nullable String text(JsonNode object, String key) {
    var value = object.get(key);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  /** The canonical form of what is asked for: acct:user@host, or a URL. */
  private static String resource(String account) {
    var text = account.strip();
    if (text.regionMatches(true, 0, "http", 0, 4) && text.contains("://"))
      return WebUrl.parse(text).toString();
    if (text.regionMatches(true, 0, "acct:", 0, 5)) text = text.substring(5);
    if (text.startsWith("@")) text = text.substring(1);
    var at = text.lastIndexOf('@');
    var user = at < 1 ? "" : text.substring(0, at);
    if (user.isEmpty() || user.length() > 200 || !user.matches("[^\\s\\p{Cntrl}@/?#:]+"))
      throw new FetchProblem(Reason.BAD_URL, "no handle");
    return "acct:" + user + "@" + WebUrl.host(text.substring(at + 1));
  }

  private static String hostOf(String resource) {
    return resource.startsWith("acct:")
        ? resource.substring(resource.lastIndexOf('@') + 1)
        : URI.create(resource).getRawAuthority();
  }

  private static boolean sameHandle(String one, String other) {
    return one.equalsIgnoreCase(other);
  }
}
