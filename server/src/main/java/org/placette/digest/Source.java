package org.placette.digest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.placette.notification.NotificationStore.Type;

/** The kinds of news that one chooses for, each with the types of notification that it holds. */
enum Source {
  MENTIONS(Pace.DAILY),
  EVENTS(Pace.NOW),
  POSTS(Pace.WEEKLY),
  FOLLOWS(Pace.WEEKLY),
  POLLS(Pace.WEEKLY),
  REACTIONS(Pace.NEVER),
  CARE(Pace.DAILY);

  /** How soon. */
  enum Pace {
    NOW,
    DAILY,
    WEEKLY,
    NEVER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Pace usual;

  Source(Pace usual) {
    this.usual = usual;
  }

  /** What holds until somebody chooses. */
  Pace usual() {
    return usual;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Source of(Type type) {
    return switch (type) {
      case Mention, Reply, Quote, GroupRequest -> MENTIONS;
      case Follow, FollowRequest -> FOLLOWS;
      case Like, Announce, Update -> REACTIONS;
      case Post -> POSTS;
      case Poll -> POLLS;
      case Invitation,
          RsvpRequest,
          RsvpAnswer,
          RsvpAccepted,
          RsvpFreed,
          EventReminder,
          EventUpdate ->
          EVENTS;
      default -> CARE;
    };
  }

  /** The stored names of its types. */
  List<String> types() {
    return Arrays.stream(Type.values()).filter(it -> of(it) == this).map(Enum::name).toList();
  }
}
