package org.placette.mail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.text.Html;
import org.placette.web.Messages;

/**
 * An e-mail, in plain text and in HTML that says the same.
 *
 * @param to one address
 * @param subject one line
 * @param paragraphs plain text
 * @param links a label and an absolute URL each, below the text
 * @param unsubscribe where a POST ends such letters (RFC 8058); null for one that was asked for
 */
public record Letter(
    String to,
    String subject,
    List<String> paragraphs,
    List<Link> links,
    @Nullable String unsubscribe) {

  /** Where one may go on. */
  public record Link(String label, String url) {}

  /** A letter that answers what its reader did. */
  public Letter(String to, String subject, List<String> paragraphs, List<Link> links) {
    this(to, subject, paragraphs, links, null);
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
    return new Letter(reader.email(), subject, paragraphs, all, click);
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
    var html = new StringBuilder("<!doctype html><html><body>");
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
