package org.placette;

import java.util.ArrayList;
import java.util.List;
import org.placette.actor.Actors;
import org.placette.after.After;
import org.placette.announcement.Announcements;
import org.placette.audit.Audit;
import org.placette.body.Bodies;
import org.placette.card.CardStore;
import org.placette.care.Reports;
import org.placette.config.Settings;
import org.placette.datepoll.DatePolls;
import org.placette.db.Presence;
import org.placette.db.Retention;
import org.placette.digest.Digests;
import org.placette.emoji.Emojis;
import org.placette.event.Events;
import org.placette.feed.FeedStore;
import org.placette.filter.Filters;
import org.placette.follow.Follows;
import org.placette.group.Groups;
import org.placette.inbox.Inbox;
import org.placette.instance.Neighbours;
import org.placette.list.ListApi;
import org.placette.mail.Mailer;
import org.placette.media.Media;
import org.placette.moderation.Blocks;
import org.placette.notification.NotificationStore;
import org.placette.oauth.Tokens;
import org.placette.outbox.Outbox;
import org.placette.poll.Polls;
import org.placette.portability.CarryIn;
import org.placette.post.AliasStore;
import org.placette.post.Desk;
import org.placette.post.ModeratorStore;
import org.placette.post.PostStore;
import org.placette.post.StampStore;
import org.placette.push.PushApi;
import org.placette.role.Roles;
import org.placette.rsvp.Rsvps;
import org.placette.schedule.Schedule;
import org.placette.signin.SignInParts;
import org.placette.signup.SignUps;
import org.placette.tag.Tags;
import org.placette.thread.Topics;
import org.placette.timeline.MarkerApi;
import org.placette.unsent.UnsentStore;
import org.placette.user.Users;

/** Every table with its reason and how long its rows live, put together from the features. */
final class Tables {

  private Tables() {}

  /** What each table keeps and for how long. */
  static List<Retention.Table> all(Settings settings) {
    List<Retention.Table> all = new ArrayList<>(Inbox.retention());
    all.addAll(Outbox.retention());
    all.addAll(Actors.retention());
    all.addAll(Roles.retention());
    all.addAll(Audit.retention());
    all.addAll(Users.retention());
    all.addAll(SignUps.retention());
    all.addAll(SignInParts.retention());
    all.addAll(Tokens.retention());
    all.addAll(Follows.retention());
    all.addAll(Groups.retention());
    all.addAll(FeedStore.retention());
    all.addAll(NotificationStore.retention());
    all.addAll(PushApi.retention());
    all.addAll(Digests.retention());
    all.addAll(Blocks.retention());
    all.addAll(Reports.retention());
    all.addAll(ListApi.retention());
    all.addAll(Filters.retention());
    all.addAll(Tags.retention());
    all.addAll(Announcements.retention());
    all.addAll(Neighbours.retention());
    all.addAll(Media.retention());
    all.addAll(Emojis.retention());
    all.addAll(PostStore.retention(settings.origin()));
    all.addAll(StampStore.retention());
    all.addAll(ModeratorStore.retention());
    all.addAll(AliasStore.retention());
    all.addAll(Topics.retention());
    all.addAll(Bodies.retention());
    all.addAll(UnsentStore.retention());
    all.addAll(Events.retention());
    all.addAll(Desk.retention());
    all.addAll(Polls.retention());
    all.addAll(Schedule.retention());
    all.addAll(CardStore.retention());
    all.addAll(MarkerApi.retention());
    all.addAll(Rsvps.retention());
    all.addAll(Mailer.retention());
    all.addAll(AgendaFeature.retention());
    all.addAll(DatePolls.retention());
    all.addAll(After.retention());
    all.addAll(CarryIn.retention());
    all.addAll(Presence.retention());
    return all;
  }
}
