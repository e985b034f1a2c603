package org.placette.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.actor.ActorField;
import org.placette.actor.Byline;
import org.placette.event.EventCard;
import org.placette.group.GroupPages.Side;
import org.placette.mastodon.Relationship;
import org.placette.post.PostView;
import org.placette.text.Html;
import org.placette.thread.TopicLine;
import org.placette.web.View;

/** What the templates of this folder show. */
public final class ListPages {

  private ListPages() {}

  /**
   * The first page.
   *
   * @param notices of the village, the latest first
   * @param events the soonest first
   * @param posts what is talked about
   * @param neighbours whom the place exchanges with
   */
  public record Home(
      List<Notice> notices,
      List<EventCard> events,
      List<PostView> posts,
      List<Neighbour> neighbours) {

    /** Whether an event begins within seven days. */
    public boolean soon(View view, EventCard card) {
      return card.start().toInstant().isBefore(view.now().plus(Duration.ofDays(7)));
    }
  }

  /** A notice: safe HTML, and when it was last changed. */
  public record Notice(long id, String content, Instant updated) {}

  /** Another place. */
  public record Neighbour(String name, String host, String path) {}

  /**
   * Posts alone.
   *
   * @param tag the tag they all have; null for all posts
   */
  public record Talk(List<PostView> posts, @Nullable String tag, @Nullable String next) {}

  /** Where an account moved: a page, here where it is known, and what people call it. */
  public record Successor(String page, String handle) {}

  /**
   * An actor.
   *
   * @param summary clean HTML; empty for none
   * @param handle with the host, without the leading at sign
   * @param original its page at home, when that is elsewhere
   * @param uri its ActivityPub id
   * @param hidden somebody who does not want to stand in search engines
   * @param movedTo where the actor has moved; null for nowhere
   * @param followable whether the viewer may follow it, or has done so
   * @param following none, pending or accepted
   * @param standing how the viewer stands to it; null for strangers and for oneself
   * @param group what it is, when it is a group of this server
   * @param pinned what stands first on its page
   * @param topics the discussions of a Group; empty for anybody else
   * @param posts what anybody else wrote; empty for a Group
   */
  public record ActorPage(
      Byline who,
      String kind,
      String summary,
      List<ActorField> fields,
      String handle,
      @Nullable String original,
      String uri,
      @Nullable String image,
      boolean hidden,
      @Nullable Successor movedTo,
      boolean followable,
      String following,
      @Nullable Relationship standing,
      @Nullable Side group,
      List<PostView> pinned,
      List<EventCard> events,
      List<TopicLine> topics,
      List<PostView> posts,
      @Nullable String next) {

    /** The beginning of the summary as plain text; null for none. */
    public @Nullable String plainSummary() {
      if (summary.isEmpty()) return null;
      var text = Html.text(summary).replace('\n', ' ');
      return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
  }

  /** The last news of somebody unknown. */
  public record Aside(long from, News last) {}

  /**
   * What a resident is told.
   *
   * @param kept what strangers say, until the resident decides about each
   */
  public record NewsPage(List<News> news, List<Aside> kept, @Nullable String next) {}
}
