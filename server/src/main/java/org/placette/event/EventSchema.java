package org.placette.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.placette.text.Html;
import org.placette.web.View;

/** An event as search engines read it: JSON-LD with the words of schema.org. */
final class EventSchema {

  private EventSchema() {}

  /** A document that can stand in a script element: no less-than sign is left in it. */
  static String of(EventPage page, View view) {
    var event = page.event();
    var details = event.details();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("@context", "https://schema.org").put("@type", "Event");
    json.put("name", event.name()).put("url", view.absolute(page.path()));
    json.put("startDate", page.start().toOffsetDateTime().toString());
    var end = page.end();
    if (end != null) json.put("endDate", end.toOffsetDateTime().toString());
    var before = page.previousStart();
    if (before != null) json.put("previousStartDate", before.toOffsetDateTime().toString());
    json.put("eventStatus", "https://schema.org/" + status(page));
    json.put("eventAttendanceMode", "https://schema.org/" + mode(details));
    var text = Html.text(event.post().content()).strip();
    if (!text.isEmpty()) json.put("description", text);
    var banner = details.banner();
    if (banner != null) json.put("image", view.absolute(banner.url()));
    else if (page.author().host() == null)
      json.put("image", view.absolute(EventPicture.path(details)));
    location(json, details);
    var organizer = json.putObject("organizer");
    var practical = details.practical();
    var named = practical.organiser();
    var person = named == null && page.author().path().startsWith("/users/");
    organizer.put("@type", person ? "Person" : "Organization");
    organizer.put("name", named == null ? page.author().name() : named);
    if (practical.mail()) organizer.put("email", practical.contact());
    if (practical.phone()) organizer.put("telephone", practical.contact());
    organizer.put("url", view.absolute(page.author().path()));
    if (page.author().host() == null) json.put("inLanguage", event.post().language());
    price(json, details);
    return json.toString().replace("<", "\\u003c");
  }

  private static void price(ObjectNode json, Details details) {
    if (details.practical().free()) json.put("isAccessibleForFree", true);
    var amount = details.feeAmount();
    if (amount == null) return;
    json.put("isAccessibleForFree", amount.signum() == 0);
    var offer = json.putObject("offers").put("@type", "Offer").put("price", amount);
    if (details.feeCurrency() != null) offer.put("priceCurrency", details.feeCurrency());
    if (details.practical().price() != null) offer.put("description", details.practical().price());
  }

  private static String status(EventPage page) {
    var details = page.event().details();
    if (details.cancelled()) return "EventCancelled";
    if (details.eventStatus().equals("EventPostponed")) return "EventPostponed";
    return page.previousStart() == null ? "EventScheduled" : "EventRescheduled";
  }

  private static String mode(Details details) {
    if (details.onlineUrl() == null) return "OfflineEventAttendanceMode";
    return details.place() == null ? "OnlineEventAttendanceMode" : "MixedEventAttendanceMode";
  }

  private static void location(ObjectNode json, Details details) {
    var place = details.place();
    if (place == null) {
      if (details.onlineUrl() != null)
        json.putObject("location").put("@type", "VirtualLocation").put("url", details.onlineUrl());
      return;
    }
    var location = json.putObject("location").put("@type", "Place");
    if (place.name() != null) location.put("name", place.name());
    var address = location.putObject("address").put("@type", "PostalAddress");
    if (place.street() != null) address.put("streetAddress", place.street());
    if (place.postalCode() != null) address.put("postalCode", place.postalCode());
    if (place.locality() != null) address.put("addressLocality", place.locality());
    if (place.country() != null) address.put("addressCountry", place.country());
    if (place.latitude() != null && place.longitude() != null) {
      var point = location.putObject("geo").put("@type", "GeoCoordinates");
      point.put("latitude", place.latitude()).put("longitude", place.longitude());
    }
  }
}
