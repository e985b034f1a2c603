package org.placette.post;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.mastodon.Params;
import org.placette.web.Problem;

/**
 * What an app asks to publish (methods/statuses, create), read and checked. Also how it is kept
 * until its hour, and shown as the parameters of a scheduled status.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WantedPost(
    String text,
    @Nullable PollWanted poll,
    List<String> mediaIds,
    boolean sensitive,
    @Nullable String spoilerText,
    String visibility,
    @Nullable Long inReplyToId,
    @Nullable Long quotedStatusId,
    @Nullable String quoteApprovalPolicy,
    @Nullable String language,
    boolean plain) {

  private static final int LONGEST = 5_000;
  private static final Set<String> POLICIES = Set.of("public", "followers", "nobody");

  /** Nothing that anybody sees: blanks, and characters without a width. */
  private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cf}]*");

  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** A poll to be asked; seconds from its publishing on. */
  public record PollWanted(
      List<String> options, long expiresIn, boolean multiple, boolean hideTotals) {

    private static final int FEWEST = 2;
    private static final int MOST = 8;
    private static final int LONGEST = 100;
    private static final long SHORTEST_SECONDS = 300;
    private static final long LONGEST_SECONDS = 2_629_746;

    /** Null when none is asked. */
    static @Nullable PollWanted read(Params params) {
      var options = params.list("poll[options]").stream().map(String::strip).toList();
      if (options.isEmpty()) {
        // An app that sends an empty form of a poll asks for none.
        if (params.filled("poll") == null && params.filled("poll[options]") == null) return null;
        throw invalid("Poll is not a poll", "poll", "ERR_INVALID");
      }
      if (options.size() < FEWEST)
        throw invalid("Poll must have more than one item", "poll", "ERR_TOO_SHORT");
      if (options.size() > MOST)
        throw invalid("Poll can't contain more than 8 items", "poll", "ERR_TOO_LONG");
      if (options.stream().anyMatch(o -> o.codePointCount(0, o.length()) > LONGEST))
        throw invalid("Poll can't be longer than 100 characters each", "poll", "ERR_TOO_LONG");
      if (options.stream().distinct().count() < options.size())
        throw invalid("Poll can't contain duplicate items", "poll", "ERR_INVALID");
      var seconds = params.number("poll[expires_in]");
      if (seconds == null || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS)
        throw invalid("Poll duration is too short or too long", "poll", "ERR_INVALID");
      return new PollWanted(
          options,
          seconds,
          params.flag("poll[multiple]", false),
          params.flag("poll[hide_totals]", false));
    }

    /** What a form of the browser asks for, from this moment on. */
    static PollWanted of(Poll poll) {
      var names = poll.options().stream().map(Poll.Option::name).toList();
      var end = poll.endTime();
      var seconds =
          end == null ? LONGEST_SECONDS : Duration.between(Instant.now(), end).toSeconds();
      var ballot = poll.ballot();
      return new PollWanted(names, seconds, poll.multiple(), ballot != null && ballot.hidden());
    }

    /** The poll as it begins now. */
    Poll poll() {
      var open = options.stream().map(name -> new Poll.Option(name, 0)).toList();
      return new Poll(multiple, open, 0, Instant.now().plusSeconds(expiresIn), null)
          .held(new Poll.Ballot(hideTotals, false, false, 0));
    }
  }

  private static Problem.Invalid invalid(String message, String field, String why) {
    return new Problem.Invalid("Validation failed: " + message, Map.of(field, why));
  }

  /**
   * Reads it.
   *
   * @param usual whom the author's posts are for when the app does not say
   * @throws Problem.Invalid when something of it is wrong
   */
  static WantedPost read(Params params, Visibility usual) {
    var text = words(params, "status");
    var warning = words(params, "spoiler_text");
    checkLength(text, warning);
    var media = params.ids("media_ids");
    if (media.size() != params.list("media_ids").size())
      throw invalid("Media is not there", "media_ids", "ERR_INVALID");
    var poll = PollWanted.read(params);
    if (poll != null && !media.isEmpty())
      throw invalid("Cannot attach files to a poll", "media_ids", "ERR_INVALID");
    if (UNSEEN.matcher(text).matches() && media.isEmpty() && poll == null)
      throw invalid("Text can't be blank", "text", "ERR_BLANK");
    return new WantedPost(
        text,
        poll,
        media.stream().map(String::valueOf).toList(),
        params.flag("sensitive", false),
        warning.isBlank() ? null : warning.strip(),
        visibility(params, usual).word(),
        answered(params, "in_reply_to_id"),
        answered(params, "quoted_status_id"),
        policy(params),
        PostReader.language(params.filled("language")),
        plain(params, true));
  }

  /** Who may quote it, where an app says so. */
  static @Nullable String policy(Params params) {
    var policy = params.filled("quote_approval_policy");
    if (policy != null && !POLICIES.contains(policy))
      throw invalid("Quote approval policy is not known", "quote_approval_policy", "ERR_INVALID");
    return policy;
  }

  /** A text with line feeds alone between its lines; empty when it was not sent. */
  static String words(Params params, String name) {
    var text = params.text(name);
    return text == null ? "" : text.replace("\r\n", "\n").replace('\r', '\n').replace("\0", "");
  }

  static void checkLength(String text, String warning) {
    if (text.codePointCount(0, text.length()) + warning.codePointCount(0, warning.length())
        > LONGEST) throw invalid("Text character limit of 5000 exceeded", "text", "ERR_TOO_LONG");
  }

  /** Whether the text is no Markdown. */
  static boolean plain(Params params, boolean otherwise) {
    var type = params.filled("content_type");
    if (type == null) return otherwise;
    return switch (type) {
      case "text/plain" -> true;
      case "text/markdown" -> false;
      default -> throw invalid("Content type is not known", "content_type", "ERR_INVALID");
    };
  }

  /**
   * The word, what GoToSocial and Hometown add for what stays here, and our own word for circles
   * that Mastodon has none for. An app that knows only {@code private} means the author's circle,
   * if they have chosen one for their posts.
   */
  static Visibility visibility(Params params, Visibility usual) {
    var circle = params.filled("placette_audience");
    var word = circle == null ? params.filled("visibility") : circle;
    if (params.flag("local_only", false) && (word == null || !word.equals("direct")))
      return Visibility.LOCAL;
    if (word == null) return usual;
    return switch (word) {
      case "local" -> Visibility.LOCAL;
      case "ring" -> Visibility.RING;
      case "public" -> Visibility.PUBLIC;
      case "unlisted" -> Visibility.UNLISTED;
      case "private" ->
          usual == Visibility.LOCAL || usual == Visibility.RING ? usual : Visibility.FOLLOWERS;
      case "followers" -> Visibility.FOLLOWERS;
      case "direct" -> Visibility.DIRECT;
      default ->
          throw invalid("Visibility is not included in the list", "visibility", "ERR_INCLUSION");
    };
  }

  private static @Nullable Long answered(Params params, String name) {
    if (params.filled(name) == null) return null;
    return params.id(name);
  }

  /** The same with other words, which are read as the app meant its own. */
  public WantedPost saying(String other, @Nullable String warning) {
    return new WantedPost(
        other,
        poll,
        mediaIds,
        sensitive,
        warning,
        visibility,
        inReplyToId,
        quotedStatusId,
        quoteApprovalPolicy,
        language,
        plain);
  }

  Visibility who() {
    return Visibility.of(visibility);
  }

  /** The numbers of its files. */
  public List<Long> media() {
    List<Long> ids = new ArrayList<>();
    for (var id : mediaIds) ids.add(Long.valueOf(id));
    return ids;
  }

  /** How it is kept, and shown as parameters. */
  public JsonNode json() {
    return JSON.valueToTree(this);
  }

  /** What {@link #json} gave. */
  public static WantedPost of(String json) {
    try {
      return JSON.readValue(json, WantedPost.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a scheduled post that cannot be read", e);
    }
  }
}
