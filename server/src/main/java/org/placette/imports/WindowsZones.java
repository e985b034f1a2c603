package org.placette.imports;

import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that Outlook and Exchange write where RFC 5545 section 3.2.19 wants a zone that the
 * calendar defines, and what Unicode's CLDR (windowsZones) takes them for: those of places from
 * where a French or English village may get a calendar.
 */
final class WindowsZones {

  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("Romance Standard Time", "Europe/Paris"),
          Map.entry("W. Europe Standard Time", "Europe/Berlin"),
          Map.entry("Central Europe Standard Time", "Europe/Budapest"),
          Map.entry("Central European Standard Time", "Europe/Warsaw"),
          Map.entry("GMT Standard Time", "Europe/London"),
          Map.entry("Greenwich Standard Time", "Atlantic/Reykjavik"),
          Map.entry("E. Europe Standard Time", "Europe/Chisinau"),
          Map.entry("GTB Standard Time", "Europe/Bucharest"),
          Map.entry("FLE Standard Time", "Europe/Kiev"),
          Map.entry("Morocco Standard Time", "Africa/Casablanca"),
          Map.entry("W. Central Africa Standard Time", "Africa/Lagos"),
          Map.entry("Arabian Standard Time", "Asia/Dubai"),
          Map.entry("Mauritius Standard Time", "Indian/Mauritius"),
          Map.entry("SA Western Standard Time", "America/La_Paz"),
          Map.entry("SA Eastern Standard Time", "America/Cayenne"),
          Map.entry("Saint Pierre Standard Time", "America/Miquelon"),
          Map.entry("Atlantic Standard Time", "America/Halifax"),
          Map.entry("Eastern Standard Time", "America/New_York"),
          Map.entry("Central Standard Time", "America/Chicago"),
          Map.entry("Mountain Standard Time", "America/Denver"),
          Map.entry("Pacific Standard Time", "America/Los_Angeles"),
          Map.entry("Central Pacific Standard Time", "Pacific/Guadalcanal"),
          Map.entry("New Zealand Standard Time", "Pacific/Auckland"),
          Map.entry("AUS Eastern Standard Time", "Australia/Sydney"),
          Map.entry("UTC", "UTC"));

  private WindowsZones() {}

  /** The zone of such a name; the other one when it is none, or absent. */
  static ZoneId of(@Nullable String name, ZoneId other) {
    var known = name == null ? null : ZONES.get(name);
    return known == null ? other : ZoneId.of(known);
  }
}
