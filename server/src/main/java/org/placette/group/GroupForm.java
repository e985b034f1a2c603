package org.placette.group;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.text.Html;
import org.placette.web.Form;

/** The form for a group. */
public final class GroupForm {

  private static final Set<String> KINDS = Set.of("theme", "commission", "club");
  private static final List<String> AUDIENCES = List.of("public", "ring", "local");
  private static final List<String> POSTING = List.of("everyone", "members");
  private static final Pattern HANDLE = Pattern.compile("[a-z0-9_]{2,30}");
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}_]{1,50}");
  private static final int TAGS = 10;

  private GroupForm() {}

  /**
   * What its page shows.
   *
   * @param path of the group; null for a new one
   * @param face where its picture is; null for none
   * @param cover where its cover is; null for none
   */
  public record Page(
      Form form, @Nullable String path, @Nullable String face, @Nullable String cover) {

    /** The kinds, in the order of the form. */
    public List<String> kinds() {
      return List.of("theme", "commission", "club");
    }

    /** Who may read and join, in the order of the form. */
    public List<String> accesses() {
      return List.of("public", "approval", "private");
    }

    /** Whom posts may be for at first, in the order of the form. */
    public List<String> audiences() {
      return AUDIENCES;
    }

    /** Who may write in an open group, in the order of the form. */
    public List<String> posting() {
      return POSTING;
    }

    public String action() {
      return path == null ? "/groups" : path + "/edit";
    }
  }

  static Form empty() {
    return Form.empty()
        .with("kind", "theme")
        .with("access", "public")
        .with("audience", "public")
        .with("posting", "everyone");
  }

  static Form of(Actor group, Theme theme) {
    return Form.empty()
        .with("name", group.name())
        .with("description", group.summary() == null ? null : Html.text(group.summary()))
        .with("kind", theme.kind())
        .with("access", theme.access().word())
        .with("audience", theme.audience())
        .with("posting", theme.posting())
        .with("charter", theme.charter())
        .with("tags", String.join(" ", theme.tags().stream().map(tag -> "#" + tag).toList()));
  }

  static Groups.Wanted read(Form form) {
    var name = form.required("name", 100);
    var description = form.upTo("description", 2_000);
    var charter = form.upTo("charter", 10_000);
    if (!KINDS.contains(form.value("kind"))) form.wrong("kind", "error.choice");
    return new Groups.Wanted(
        name,
        description == null ? null : Html.compose(description),
        form.value("kind"),
        access(form),
        charter == null ? "" : charter,
        tags(form),
        oneOf(form, "audience", AUDIENCES),
        oneOf(form, "posting", POSTING));
  }

  private static Theme.Access access(Form form) {
    for (var one : Theme.Access.values()) if (one.word().equals(form.value("access"))) return one;
    form.wrong("access", "error.choice");
    return Theme.Access.PRIVATE;
  }

  /** One of these words, the first when nothing was chosen. */
  private static String oneOf(Form form, String field, List<String> words) {
    var word = form.value(field);
    if (!word.isEmpty() && !words.contains(word)) form.wrong(field, "error.choice");
    return word.isEmpty() ? words.getFirst() : word;
  }

  private static List<String> tags(Form form) {
    var tags =
        Arrays.stream(form.value("tags").split("[\\s,;]+", 100))
            .map(word -> word.startsWith("#") ? word.substring(1) : word)
            .filter(word -> !word.isEmpty())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (tags.size() > TAGS || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches()))
      form.wrong("tags", "error.tags");
    return tags;
  }

  /** The handle as typed, or made of the name. */
  static String handle(Form form) {
    var typed = form.value("handle").toLowerCase(Locale.ROOT);
    var plain = typed.isEmpty() ? plain(form.value("name")) : typed;
    if (!HANDLE.matcher(plain).matches()) form.wrong("handle", "error.username");
    return plain;
  }

  private static String plain(String name) {
    var bare = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    var words = bare.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    var trimmed = words.replaceAll("^_+|_+$", "");
    return trimmed.length() > 30 ? trimmed.substring(0, 30).replaceAll("_+$", "") : trimmed;
  }
}
