package org.placette.datepoll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.datepoll.DatePoll.Slot;
import org.placette.db.Tx;
import org.placette.event.Event;
import org.placette.notification.NotificationStore;
import org.placette.notification.NotificationStore.News;
import org.placette.notification.NotificationStore.Type;
import org.placette.post.Draft;
import org.placette.post.PersonalNotes;
import org.placette.post.Post;
import org.placette.post.Posts;
import org.placette.post.Words;
import org.placette.text.Html;
import org.placette.web.Language;
import org.placette.web.Messages;

/** What apps and other servers are told of a date poll: by its text, whose options never change. */
final class DatePollNews {

  private final Actors actors;
  private final Posts posts;
  private final PersonalNotes notes;

  DatePollNews(Actors actors, Posts posts, PersonalNotes notes) {
    this.notes = notes;
    this.actors = actors;
    this.posts = posts;
  }

  /** The poll's text with its end. */
  Draft chosen(Post post, DatePoll poll, Event event, int position) {
    var when = when(poll, poll.slots().get(position));
    return with(
        post,
        "<p><strong>"
            + Html.escape(words(poll).text("dates.chosenIs", when))
            + "</strong> <a href=\""
            + Html.escape(event.post().page())
            + "\">"
            + Html.escape(event.name())
            + "</a></p>");
  }

  /** The poll's text with dates that were added. */
  Draft added(Post post, DatePoll poll, List<Slot> slots) {
    var link = actors.urls().at(poll.path());
    return with(
        post,
        "<p><strong>"
            + Html.escape(words(poll).text("dates.addedAre", inWords(poll, slots)))
            + "</strong><br>"
            + Html.escape(words(poll).text("dates.answerHere"))
            + " <a href=\""
            + Html.escape(link)
            + "\">"
            + Html.escape(link.replaceFirst("^https?://", ""))
            + "</a></p>");
  }

  private static Draft with(Post post, String more) {
    var words =
        new Words(
            post.name(), post.summary(), post.content() + more, post.language(), post.sensitive());
    return Draft.of(post.uri(), post.type(), post.actorId(), words, post.published())
        .withTags(post.tag())
        .withAttachments(post.attachment())
        .at(post.url(), Instant.now());
  }

  private static Messages words(DatePoll poll) {
    return Messages.of(Objects.requireNonNullElse(Language.of(poll.language()), Language.FR));
  }

  private static String when(DatePoll poll, Slot slot) {
    return DatePolls.inWords(poll.language(), poll.zone(), slot);
  }

  private static String inWords(DatePoll poll, List<Slot> slots) {
    return slots.stream().map(slot -> when(poll, slot)).collect(Collectors.joining(" ; "));
  }

  /** Dates were added: whoever answered is told, people elsewhere with the text as it is now. */
  void tell(
      Tx tx, Actor organiser, Post post, DatePoll poll, List<Ballot> ballots, List<Slot> slots) {
    List<Actor> elsewhere = new ArrayList<>();
    List<News> here = new ArrayList<>();
    for (var ballot : ballots) {
      var id = ballot.actorId();
      var who = id == null ? null : actors.byId(tx, id);
      if (who == null || who.id() == organiser.id()) continue;
      if (who.local()) here.add(new News(who.id(), Type.Update, organiser.id(), post.id()));
      else elsewhere.add(who);
    }
    NotificationStore.tell(tx, here);
    posts.tellChange(tx, organiser, post, elsewhere);
    var text = words(poll).text("dates.addedTo", poll.name(), inWords(poll, slots));
    var link = actors.urls().at(poll.path());
    for (var who : elsewhere)
      notes.write(tx, organiser, who, text, link, poll.name(), poll.language(), post.uri());
  }
}
