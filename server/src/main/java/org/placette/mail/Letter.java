package org.placette.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.text.Html;
import org.placette.web.Language;
import org.placette.web.Messages;

/**
 * An e-mail, in plain text and in HTML that says the same.
 *
 * @param to one address
 * @param subject one line
 * @param paragraphs plain text
 * @param links a label and an absolute URL each, below the text
 * @param unsubscribe where a POST ends such letters (RFC 8058); null for one that was asked for
 * @param language of its words; null when nobody said
 */
public record Letter(
    String to,
    String subject,
    List<String> paragraphs,
    List<Link> links,
    @Nullable String unsubscribe,
    @Nullable Language language) {

  /** Where one may go on. */
  public record Link(String label, String url) {}

  /** A letter that answers what its reader did. */
  public Letter(String to, String subject, List<String> paragraphs, List<Link> links) {
    this(to, subject, paragraphs, links, null, null);
  }

  /** The same, said to be in a language. */
  public Letter in(Language spoken) {
    return new Letter(to, subject, paragraphs, links, unsubscribe, spoken);
  }

  /** The same, which a POST to an address ends. */
  public Letter endedBy(String url) {
    return new Letter(to, subject, paragraphs, links, url, language);
  }

  /** A letter that its reader chose to get, with the ways to end such letters. */
  public static Letter chosen(
      MailChoices.Reader reader,
      String origin,
      String subject,
      List<String> paragraphs,
      List<Link> links) {
    var words = Messages.of(reader.language());
    List<Link> all = new ArrayList<>(links);
    all.add(new Link(words.text("letter.end"), origin + "/unsubscribe/" + reader.secret()));
    var click = origin + UnsubscribeApi.PATH + reader.secret();
    return new Letter(reader.email(), subject, paragraphs, all, click, reader.language());
  }

  public Letter {
    // A line break in a header would begin another one.
    to = oneLine(to);
    subject = oneLine(subject);
    paragraphs = List.copyOf(paragraphs);
    links = List.copyOf(links);
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ").strip();
  }

  /** As plain text. */
  String text() {
    List<String> all = new ArrayList<>(paragraphs);
    for (var link : links) all.add(link.label() + "\n" + link.url());
    return String.join("\n\n", all) + "\n";
  }

  /** As HTML, without anything that a reader would have to load. */
  String html() {
    var html = new StringBuilder("<!doctype html><html");
    if (language != null) html.append(" lang=\"").append(language.code()).append('"');
    html.append("><head><meta charset=\"utf-8\"><title>").append(Html.escape(subject));
    html.append("</title></head><body>");
    for (var one : paragraphs)
      html.append("<p>").append(Html.escape(one).replace("\n", "<br>")).append("</p>");
    for (var link : links)
      html.append("<p><a href=\"")
          .append(Html.escape(link.url()))
          .append("\">")
          .append(Html.escape(link.label()))
          .append("</a></p>");
    return html.append("</body></html>").toString();
  }
}
