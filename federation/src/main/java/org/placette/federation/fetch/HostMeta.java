package org.placette.federation.fetch;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The older way to WebFinger: a host that keeps its accounts elsewhere says where in its host-meta
 * document (RFC 6415).
 */
final class HostMeta {

  private static final XMLInputFactory XML = XMLInputFactory.newFactory();

  static {
    // No document type, no entities: neither files nor a billion laughs.
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private HostMeta() {}

  /** What the host's host-meta leads to for {@code resource}; null when it has none. */
  static @Nullable FetchResponse lookup(WellKnown wellKnown, String host, String resource) {
    var accept = "application/xrd+xml, application/xml";
    var answer = wellKnown.get(host, "/.well-known/host-meta", accept);
    var template = answer.status() == 200 ? template(answer.body()) : null;
    if (template == null || !template.contains("{uri}")) return null;
    var place = template.replace("{uri}", URLEncoder.encode(resource, StandardCharsets.UTF_8));
    var url = WebUrl.parse(place);
    // Pointing at itself, where nothing was found just now.
    if (url.getRawAuthority().equals(host) && url.getRawPath().equals("/.well-known/webfinger"))
      return null;
    return wellKnown.http().get(url, Map.of("Accept", "application/jrd+json, application/json"));
  }

  /** The lrdd template of a host-meta document; null when there is none. */
  static @Nullable String template(byte[] document) {
    try {
      var reader = XML.createXMLStreamReader(new ByteArrayInputStream(document));
      while (reader.hasNext()) {
        if (reader.next() != XMLStreamConstants.START_ELEMENT
            || !reader.getLocalName().equals("Link")) continue;
        var template = reader.getAttributeValue(null, "template");
        if ("lrdd".equals(reader.getAttributeValue(null, "rel")) && template != null)
          return template;
      }
    } catch (XMLStreamException e) {
      // no host-meta then
    }
    return null;
  }
}
