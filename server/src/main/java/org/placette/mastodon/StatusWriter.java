package org.placette.mastodon;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one writer of {@link Status}: what is kept ready, then what is the viewer's own. */
final class StatusWriter extends StdSerializer<Status> {

  private static final long serialVersionUID = 1;

  StatusWriter() {
    super(Status.class);
  }

  @Override
  public void serialize(Status status, JsonGenerator to, SerializerProvider with)
      throws IOException {
    // Lets the generator write the comma that belongs before a value; all the rest is raw.
    to.writeRawValue("");
    write(status, to);
  }

  private static void write(Status status, JsonGenerator to) throws IOException {
    // The body is an object without its end; what follows continues it.
    to.writeRaw(status.body().json().json());
    to.writeRaw(",\"account\":");
    to.writeRaw(status.account().json());
    to.writeRaw(",\"poll\":");
    poll(status, to);
    card(status, to);
    var marks = status.marks();
    event(status, marks, to);
    if (marks != null) {
      flag(to, "favourited", marks.favourited());
      flag(to, "reblogged", marks.reblogged());
      flag(to, "muted", marks.muted());
      flag(to, "bookmarked", marks.bookmarked());
      flag(to, "pinned", marks.pinned());
      to.writeRaw(",\"filtered\":");
      to.writeRaw(marks.filtered().isEmpty() ? "[]" : Json.text(marks.filtered()));
    }
    to.writeRaw(",\"quote\":");
    var quoted = status.quoted();
    var waits = status.body().quoteState();
    if (waits != null) {
      // Nobody sees what its author has not let be quoted.
      to.writeRaw("{\"state\":\"" + waits + "\",\"quoted_status\":null}");
    } else if (quoted == null) {
      to.writeRaw("null");
    } else {
      to.writeRaw("{\"state\":\"accepted\",\"quoted_status\":");
      write(quoted, to);
      to.writeRaw('}');
    }
    approval(status, to);
    to.writeRaw(",\"reblog\":");
    var inner = status.reblog();
    if (inner == null) to.writeRaw("null");
    else write(inner, to);
    to.writeRaw('}');
  }

  /**
   * Who may quote it (entities/QuoteApproval). Where only followers may, the author's server says
   * whether the viewer is one: it is asked.
   */
  private static void approval(Status status, JsonGenerator to) throws IOException {
    var quotable = String.valueOf(status.body().quotable());
    var lists =
        switch (quotable) {
          case "public" -> "[\"public\"],\"manual\":[]";
          case "followers" -> "[\"followers\"],\"manual\":[]";
          case "manual" -> "[],\"manual\":[\"public\"]";
          default -> "[],\"manual\":[]";
        };
    to.writeRaw(",\"quote_approval\":{\"automatic\":");
    to.writeRaw(lists);
    to.writeRaw(",\"current_user\":\"");
    to.writeRaw(status.marks() == null ? "denied" : approval(quotable, status.own()));
    to.writeRaw("\"}");
  }

  /** What that means for the viewer, who is signed in. */
  private static String approval(String quotable, boolean own) {
    return switch (quotable) {
      case "public" -> "automatic";
      case "followers", "manual" -> own ? "automatic" : "manual";
      case "nobody" -> own ? "automatic" : "denied";
      case "closed" -> "denied";
      default -> "unknown";
    };
  }

  private static void card(Status status, JsonGenerator to) throws IOException {
    to.writeRaw(",\"card\":");
    var card = status.body().card();
    if (card == null) {
      to.writeRaw("null");
      return;
    }
    to.writeRaw(card.json().json());
    if (card.author() == null) return;
    var author = status.cardAuthor();
    if (author == null) to.writeRaw("null");
    else to.writeRaw(author.json());
    to.writeRaw(Status.Preview.REST);
  }

  private static void poll(Status status, JsonGenerator to) throws IOException {
    var poll = status.poll();
    if (poll == null) {
      to.writeRaw("null");
    } else {
      to.writeRaw(Json.text(poll));
    }
  }

  /** What Rebased adds, where clients know events (Soapbox, pl-fe). */
  private static void event(Status status, Status.@Nullable Marks marks, JsonGenerator to)
      throws IOException {
    var side = status.body().event();
    if (side == null) {
      to.writeRaw(",\"pleroma\":{\"event\":null}");
      return;
    }
    to.writeRaw(",\"pleroma\":{\"event\":");
    to.writeRaw(side.json());
    if (marks != null && marks.requests() != null)
      to.writeRaw(",\"participation_request_count\":" + marks.requests());
    var joined = marks == null ? null : marks.joinState();
    to.writeRaw(joined == null ? ",\"join_state\":null}}" : ",\"join_state\":\"" + joined + "\"}}");
  }

  private static void flag(JsonGenerator to, String name, boolean value) throws IOException {
    to.writeRaw(",\"");
    to.writeRaw(name);
    to.writeRaw(value ? "\":true" : "\":false");
  }
}
