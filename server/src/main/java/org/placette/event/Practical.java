package org.placette.event;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an event costs and whom to ask, in its organiser's words.
 *
 * @param price such as {@code 5 EUR, free for children}; null when nobody said
 * @param organiser who organises it, when that is not its author alone
 * @param contact an e-mail address, a telephone number or the address of a page; any other words
 *     are shown as they are
 */
public record Practical(
    @Nullable String price, @Nullable String organiser, @Nullable String contact) {

  /** Nothing said. */
  static final Practical NONE = new Practical(null, null, null);

  static final int LONGEST = 200;
  static final int LONGEST_CONTACT = 300;

  private static final Pattern AMOUNT =
      Pattern.compile(
          "(\\d{1,6}(?:[.,]\\d{1,2})?)\\s*(€|EUR\\b|euros?\\b|CHF\\b|GBP\\b|£|USD\\b|\\$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern FREE =
      Pattern.compile(
          "(?iu)((c.est |entrée )?gratuit(e|s|es)?( pour tous)?|entrée libre"
              + "|free( entry| admission| of charge)?|(entry|admission) free)[ .!]*");
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@<>,;?&]+@[^\\s@<>,;?&]+\\.[^\\s@<>,;?&]+");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{4,24}[0-9]");

  /** The first sum that the price names; null for none. */
  @Nullable BigDecimal amount() {
    var found = AMOUNT.matcher(price == null ? "" : price);
    return found.find() ? new BigDecimal(found.group(1).replace(',', '.')) : null;
  }

  /** Its currency (ISO 4217); null when there is no sum. */
  @Nullable String currency() {
    var found = AMOUNT.matcher(price == null ? "" : price);
    if (!found.find()) return null;
    var word = found.group(2).toUpperCase(Locale.ROOT);
    return switch (word) {
      case "€", "EURO", "EUROS" -> "EUR";
      case "£" -> "GBP";
      case "$" -> "USD";
      default -> word;
    };
  }

  /** Whether the price says that it costs nobody anything. */
  boolean free() {
    return price != null && amount() == null && FREE.matcher(price.strip()).matches();
  }

  /** Whether the contact is an e-mail address. */
  boolean mail() {
    return contact != null && MAIL.matcher(contact).matches();
  }

  /** Whether the contact is a telephone number. */
  boolean phone() {
    return contact != null && PHONE.matcher(contact).matches();
  }

  /** What a link to the contact leads to; null for mere words. */
  public @Nullable String link() {
    if (contact == null) return null;
    if (mail()) return "mailto:" + contact;
    if (phone()) return "tel:" + contact.replaceAll("[^+0-9]", "");
    try {
      var uri = URI.create(contact.startsWith("www.") ? "https://" + contact : contact);
      var web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return web && uri.getHost() != null ? uri.toString() : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Who and how, in one line; null when nobody said. */
  public @Nullable String asked() {
    if (organiser == null || contact == null) return organiser == null ? contact : organiser;
    return organiser + ", " + contact;
  }
}
