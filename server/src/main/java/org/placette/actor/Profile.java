package org.placette.actor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the people behind a local actor may change about it.
 *
 * @param name plain text
 * @param summary sanitised HTML
 * @param icon URL of a picture
 * @param image URL of a banner
 * @param automated true when nobody writes it by hand
 * @param hidesPeople true when whom it follows and who follows it is shown to nobody else
 */
public record Profile(
    @Nullable String name,
    @Nullable String summary,
    @Nullable String icon,
    @Nullable String image,
    List<ActorField> fields,
    boolean manuallyApprovesFollowers,
    boolean discoverable,
    boolean indexable,
    boolean automated,
    boolean hidesPeople) {

  /** Characters that a name, the text about somebody, and each half of a field have at most. */
  public static final int LONGEST_NAME = 100;

  public static final int LONGEST_SUMMARY = 2_000;
  public static final int LONGEST_FIELD = 255;

  /** As the actor is now. */
  public static Profile of(Actor actor) {
    return new Profile(
        actor.name(),
        actor.summary(),
        actor.icon(),
        actor.image(),
        actor.fields(),
        actor.manuallyApprovesFollowers(),
        actor.discoverable(),
        actor.indexable(),
        actor.automated(),
        actor.hidesPeople());
  }

  /** All of its words, in one. */
  String words() {
    var all = new StringBuilder().append(name).append(' ').append(summary);
    for (var field : fields) all.append(' ').append(field.name()).append(' ').append(field.value());
    return all.toString();
  }

  /** The same under another name. */
  public Profile called(@Nullable String other) {
    return saying(other, summary);
  }

  /** The same with another name and other words. */
  public Profile saying(@Nullable String otherName, @Nullable String otherSummary) {
    return new Profile(
        otherName,
        otherSummary,
        icon,
        image,
        fields,
        manuallyApprovesFollowers,
        discoverable,
        indexable,
        automated,
        hidesPeople);
  }

  /** The same with other pictures; null for none. */
  public Profile showing(@Nullable String otherIcon, @Nullable String otherImage) {
    return new Profile(
        name,
        summary,
        otherIcon,
        otherImage,
        fields,
        manuallyApprovesFollowers,
        discoverable,
        indexable,
        automated,
        hidesPeople);
  }
}
