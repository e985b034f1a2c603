package org.placette.federation.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.placette.federation.fetch.FetchProblem.Reason;

/**
 * What software a host runs (NodeInfo 1.0 to 2.2), and which actor stands for the host itself
 * (FEP-2677). Links count only where they stay on the host.
 *
 * <p>Thread-safe. Blocks the calling virtual thread; throws {@link FetchProblem}.
 */
public final class NodeInfo {

  private static final String SCHEMA = "nodeinfo.diaspora.software/ns/schema/";
  private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";
  // Most wanted first; what a schema newer than ours adds is not read.
  private static final List<String> VERSIONS = List.of("2.1", "2.0", "2.2", "1.1", "1.0");

  private final WellKnown wellKnown;

  public NodeInfo(GuardedHttp http) {
    wellKnown = new WellKnown(http);
  }

  /**
   * A host's own description of itself: claims, cut to sensible lengths.
   *
   * @param name the software in lower case, such as {@code mobilizon}; "" when unknown
   * @param version as the host writes it; "" when unknown
   * @param applicationActorId the id of the host's own actor; null when it names none
   * @param openRegistrations whether strangers may join
   * @param title the host's name for people; null when it has none
   */
  public record Software(
      String name,
      String version,
      @Nullable String applicationActorId,
      boolean openRegistrations,
      @Nullable String title) {}

  /**
   * The links of a host's well-known document.
   *
   * @param document where the best NodeInfo document is; null when there is none
   * @param applicationActorId see {@link Software}
   */
  record Links(@Nullable URI document, @Nullable String applicationActorId) {}

  /**
   * Asks a host.
   *
   * @param host a name with an optional port
   * @throws FetchProblem NOT_FOUND when the host publishes nothing of the kind
   */
  public Software lookup(String host) {
    var asked = WebUrl.host(host);
    var answer = wellKnown.get(asked, "/.well-known/nodeinfo", "application/json");
    if (answer.status() == 404) return siteInfo(asked);
    var links = links(JsonBody.plain(answer), asked, answer.url());
    var actor = links.applicationActorId;
    if (links.document == null) {
      if (actor == null) throw new FetchProblem(Reason.NOT_FOUND, "no NodeInfo at " + asked);
      return new Software("", "", actor, false, null);
    }
    var headers = Map.of("Accept", "application/json");
    return software(JsonBody.plain(wellKnown.http().get(links.document, headers)), actor);
  }

  /** Hubzilla has NodeInfo in an add-on that few switch on; it always says this of itself. */
  private Software siteInfo(String host) {
    var site = JsonBody.plain(wellKnown.get(host, "/siteinfo.json", "application/json"));
    var name = text(site.path("platform"), 64).toLowerCase(Locale.ROOT);
    if (name.isEmpty()) throw new FetchProblem(Reason.NOT_FOUND, "no NodeInfo at " + host);
    return new Software(name, text(site.path("version"), 64), null, false, null);
  }

  /** Picks the links that count; package-private for its tests. */
  static Links links(ObjectNode json, String asked, URI at) {
    URI best = null;
    String actor = null;
    var rank = VERSIONS.size();
    for (var link : json.path("links")) {
      var rel = link.path("rel").asText();
      var url = WebUrl.parseOrNull(link.path("href").asText());
      if (url == null || !isOn(url, asked, at)) continue;
      if (rel.equals(APPLICATION) && actor == null) actor = link.path("href").asText();
      var schema = rel.replaceFirst("^https?://", "");
      var order =
          schema.startsWith(SCHEMA) ? VERSIONS.indexOf(schema.substring(SCHEMA.length())) : -1;
      if (order >= 0 && order < rank) {
        rank = order;
        best = url;
      }
    }
    return new Links(best, actor);
  }

  private static boolean isOn(URI url, String asked, URI at) {
    return WebUrl.sameOrigin(url, at) || url.getRawAuthority().equals(asked);
  }

  /** Reads a NodeInfo document of any version; package-private for its tests. */
  static Software software(JsonNode json, @Nullable String applicationActorId) {
    var software = json.path("software");
    var title = text(json.path("metadata").path("nodeName"), 200);
    return new Software(
        text(software.path("name"), 64).toLowerCase(Locale.ROOT),
        text(software.path("version"), 64),
        applicationActorId,
        json.path("openRegistrations").asBoolean(false),
        title.isEmpty() ? null : title);
  }

  private static String text(JsonNode value, int longest) {
    if (!value.isTextual()) return "";
    var text = value.textValue().replaceAll("\\p{Cntrl}", " ").strip();
    return text.substring(0, Math.min(longest, text.length()));
  }
}
