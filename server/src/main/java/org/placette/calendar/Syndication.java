package org.placette.calendar;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.placette.actor.Urls;
import org.placette.calendar.EventCalendar.Entry;
import org.placette.post.PostView;
import org.placette.text.Html;
import org.placette.web.Dates;
import org.placette.web.Language;
import org.placette.web.Place;

/** Feeds for readers: Atom (RFC 4287) and RSS 2.0. */
final class Syndication {

  /** At most so many items stand in a feed. */
  static final int ITEMS = 50;

  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

  private final Urls urls;

  Syndication(Urls urls) {
    this.urls = urls;
  }

  /**
   * What a feed is.
   *
   * @param self where it is fetched from
   * @param page of the same for people
   */
  record Head(String title, String self, String page, Language language) {}

  /** One item; {@code html} is clean. */
  record Item(
      String id,
      String page,
      String title,
      String author,
      String html,
      Instant published,
      Instant updated,
      List<String> words) {}

  /** Events, each with its time and place before the text. */
  List<Item> events(List<Entry> entries, Place here) {
    return entries.stream().map(entry -> event(entry, Dates.of(here.language()))).toList();
  }

  private Item event(Entry entry, Dates dates) {
    var event = entry.event();
    var post = event.post();
    var when = event.details().when();
    var place = event.details().place();
    var time = dates.range(when.localStart(), when.showsEnd() ? when.localEnd() : null);
    var where = place == null || place.lines().isEmpty() ? "" : " · " + place.lines().getFirst();
    var cancelled = event.details().cancelled() ? "❌ " : "";
    return new Item(
        event.uri(),
        urls.at("/events/" + event.details().uuid()),
        cancelled + event.name(),
        entry.author(),
        "<p><strong>" + Html.escape(time + where) + "</strong></p>" + post.content(),
        post.published(),
        post.updated() == null ? post.published() : post.updated(),
        words(post.tag()));
  }

  /** Notes and articles. */
  List<Item> posts(List<PostView> posts) {
    return posts.stream().map(this::post).toList();
  }

  private Item post(PostView view) {
    var post = view.post();
    var name = post.name();
    return new Item(
        post.uri(),
        urls.at(view.path()),
        name == null || name.isBlank() ? view.excerpt(80) : name,
        view.author().name(),
        view.warning() == null ? post.content() : Html.escape(view.excerpt(200)),
        post.published(),
        post.updated() == null ? post.published() : post.updated(),
        words(post.tag()));
  }

  private static List<String> words(List<org.placette.post.Tag> tags) {
    return tags.stream().filter(tag -> tag.hashtag()).map(tag -> tag.word()).toList();
  }

  /** Something that writes XML. */
  @FunctionalInterface
  private interface Writing {
    void to(XMLStreamWriter xml) throws XMLStreamException;
  }

  private static String written(Writing writing) {
    try {
      var out = new StringWriter();
      var xml = XML.createXMLStreamWriter(out);
      xml.writeStartDocument("utf-8", "1.0");
      writing.to(xml);
      xml.writeEndDocument();
      xml.flush();
      return out.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML that cannot be written to memory", e);
    }
  }

  String atom(Head head, List<Item> items) {
    return written(
        xml -> {
          xml.setDefaultNamespace(ATOM);
          xml.writeStartElement(ATOM, "feed");
          xml.writeDefaultNamespace(ATOM);
          xml.writeAttribute("xml:lang", head.language().code());
          text(xml, "id", head.self());
          text(xml, "title", head.title());
          text(xml, "updated", latest(items).toString());
          link(xml, "self", "application/atom+xml", head.self());
          link(xml, "alternate", "text/html", head.page());
          text(xml, "generator", "Placette");
          for (var item : items) entry(xml, item);
          xml.writeEndElement();
        });
  }

  private static void entry(XMLStreamWriter xml, Item item) throws XMLStreamException {
    xml.writeStartElement(ATOM, "entry");
    text(xml, "id", item.id());
    text(xml, "title", item.title());
    link(xml, "alternate", "text/html", item.page());
    text(xml, "published", item.published().toString());
    text(xml, "updated", item.updated().toString());
    xml.writeStartElement(ATOM, "author");
    text(xml, "name", item.author());
    xml.writeEndElement();
    for (var word : item.words()) {
      xml.writeEmptyElement(ATOM, "category");
      xml.writeAttribute("term", plain(word));
    }
    xml.writeStartElement(ATOM, "content");
    xml.writeAttribute("type", "html");
    xml.writeCharacters(plain(item.html()));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String rel, String type, String href)
      throws XMLStreamException {
    xml.writeEmptyElement(ATOM, "link");
    xml.writeAttribute("rel", rel);
    xml.writeAttribute("type", type);
    xml.writeAttribute("href", plain(href));
  }

  String rss(Head head, List<Item> items) {
    return written(
        xml -> {
          xml.writeStartElement("rss");
          xml.writeAttribute("version", "2.0");
          xml.writeStartElement("channel");
          text(xml, "title", head.title());
          text(xml, "link", head.page());
          text(xml, "description", head.title());
          text(xml, "language", head.language().code());
          text(xml, "lastBuildDate", RFC_822.format(latest(items)));
          text(xml, "generator", "Placette");
          for (var item : items) item(xml, item);
          xml.writeEndElement();
          xml.writeEndElement();
        });
  }

  private static void item(XMLStreamWriter xml, Item item) throws XMLStreamException {
    xml.writeStartElement("item");
    text(xml, "title", item.title());
    text(xml, "link", item.page());
    xml.writeStartElement("guid");
    xml.writeAttribute("isPermaLink", "false");
    xml.writeCharacters(plain(item.id()));
    xml.writeEndElement();
    text(xml, "pubDate", RFC_822.format(item.published()));
    for (var word : item.words()) text(xml, "category", word);
    text(xml, "description", item.html());
    xml.writeEndElement();
  }

  private static Instant latest(List<Item> items) {
    return items.stream().map(Item::updated).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private static void text(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(plain(text));
    xml.writeEndElement();
  }

  /** Without the characters that XML 1.0 has no way to write. */
  private static String plain(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            c ->
                c == '\n'
                    || c == '\t'
                    || c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c <= 0xDFFF))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
