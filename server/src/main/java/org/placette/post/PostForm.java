package org.placette.post;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.placette.media.FormFiles;
import org.placette.web.Form;
import org.placette.web.Language;
import org.placette.web.Messages;
import org.placette.web.Spoken;

/** The form for a note. */
public final class PostForm {

  private static final int LONGEST_TEXT = 10_000;
  private static final int OPTIONS = 8;
  private static final String[] CONSENSUS = {
    "poll.consensus.yes", "poll.consensus.reserved", "poll.consensus.objection"
  };
  private static final int LONGEST_OPTION = 100;
  private static final int LONGEST_WARNING = 200;
  private static final int LONGEST_TITLE = 200;

  private PostForm() {}

  /**
   * What its page shows.
   *
   * @param answered what the note answers
   * @param edited the note that is being changed
   * @param files what stands beside the text already
   * @param preview clean HTML of what was typed; null for none
   * @param ring whether there are neighbours to write to
   */
  public record Page(
      Form form,
      @Nullable PostView answered,
      @Nullable PostView edited,
      List<Room> rooms,
      List<FormFiles.Shown> files,
      @Nullable String preview,
      boolean ring) {

    public Page {
      rooms = List.copyOf(rooms);
      files = List.copyOf(files);
    }

    /** The visibilities one may choose. */
    public List<String> visibilities() {
      return ring
          ? List.of("public", "ring", "local", "unlisted", "followers")
          : List.of("public", "local", "unlisted", "followers");
    }

    public String action() {
      return edited == null ? "/posts" : "/posts/" + edited.post().id() + "/edit";
    }
  }

  /**
   * A Group that somebody may write to.
   *
   * @param host null for one of this server
   * @param closed whether only its members read it
   */
  public record Room(long id, String name, @Nullable String host, boolean closed) {}

  /** What somebody usually chooses, if the form offers it; else the next smaller one. */
  static String offered(String usual, boolean ring) {
    if (usual.equals("ring") && !ring) return "local";
    return usual.equals("direct") ? "followers" : usual;
  }

  static Form empty(String usual) {
    return Form.empty().with("visibility", usual);
  }

  static Form of(Post post, String text) {
    return Form.empty()
        .with("text", text)
        .with("title", post.name())
        .with("warning", post.summary())
        .with("visibility", post.visibility().word())
        .with(
            "files",
            PostMedia.ids(post).stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** Reads it; what is wrong is said in the form. */
  static Posts.NewPost read(Form form, String language) {
    var text = form.required("text", LONGEST_TEXT);
    var warning = form.upTo("warning", LONGEST_WARNING);
    var title = form.upTo("title", LONGEST_TITLE);
    var spoken = Spoken.read(form, language);
    Long answered = null;
    try {
      if (!form.value("replyTo").isEmpty()) answered = Long.valueOf(form.value("replyTo"));
    } catch (NumberFormatException e) {
      form.wrong("text", "error.replyTo");
    }
    return new Posts.NewPost(
        text,
        title,
        warning,
        visibility(form),
        spoken,
        answered,
        null,
        List.of(),
        poll(form, Language.of(spoken) == null ? language : spoken));
  }

  /** A poll when options were given, one a line: two to eight; or a consensus vote. */
  private static Extras poll(Form form, String language) {
    var consensus = form.value("kind").equals("consensus");
    var options =
        consensus
            ? Arrays.stream(CONSENSUS)
                .map(key -> Messages.of(language(language)).text(key))
                .toList()
            : form.value("options").lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (options.isEmpty()) return Extras.NONE;
    if (options.size() < 2
        || options.size() > OPTIONS
        || options.stream().distinct().count() < options.size()
        || options.stream().anyMatch(option -> option.length() > LONGEST_OPTION))
      form.wrong("options", "error.options");
    var all = options.stream().map(option -> new Poll.Option(option, 0)).toList();
    var end = Instant.now().plus(Duration.ofDays(days(form)));
    var multiple = !consensus && form.value("multiple").equals("on");
    var held =
        new Poll.Ballot(
            form.value("hidden").equals("on"),
            consensus,
            form.value("residents").equals("on"),
            quorum(form));
    var poll = new Poll(multiple, all, 0, end, null).held(held);
    return new Extras(false, false, poll, null, null, Extras.Also.NOTHING);
  }

  private static Language language(String code) {
    return Objects.requireNonNullElse(Language.of(code), Language.FR);
  }

  private static int quorum(Form form) {
    var typed = form.value("quorum");
    if (typed.isEmpty()) return 0;
    if (typed.matches("[0-9]{1,5}")) return Integer.parseInt(typed);
    form.wrong("quorum", "error.quorum");
    return 0;
  }

  private static int days(Form form) {
    var days = form.value("days").isEmpty() ? "7" : form.value("days");
    if (days.matches("[1-9][0-9]?")) return Integer.parseInt(days);
    form.wrong("days", "error.choice");
    return 1;
  }

  private static Visibility visibility(Form form) {
    try {
      var word = form.value("visibility");
      return word.isEmpty() ? Visibility.PUBLIC : Visibility.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      form.wrong("visibility", "error.choice");
      return Visibility.DIRECT;
    }
  }
}
