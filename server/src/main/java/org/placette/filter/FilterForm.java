package org.placette.filter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.web.Form;

/** The form of a filter. */
final class FilterForm {

  private static final int LONGEST = 200;
  private static final int MOST_WORDS = 200;
  private static final String KEPT = "keep";

  private FilterForm() {}

  /**
   * What was asked for.
   *
   * @param whole whether its words stand alone
   * @param expires null for never
   */
  record Wanted(
      String title,
      List<String> words,
      boolean whole,
      List<String> context,
      String action,
      @Nullable Instant expires) {}

  static Form fresh() {
    var form = Form.empty().with("whole", "on").with("action", "warn").with("days", "0");
    for (var where : List.of("home", "public", "thread", "notifications")) form.with(where, "on");
    return form;
  }

  static Form of(Filter filter) {
    var words = filter.keywords().stream().map(Filter.Keyword::keyword).toList();
    var form =
        Form.empty()
            .with("title", filter.title())
            .with("words", String.join("\n", words))
            .with("action", filter.filterAction())
            .with("days", filter.expiresAt() == null ? "0" : KEPT);
    if (whole(filter)) form.with("whole", "on");
    for (var where : filter.context()) form.with(where, "on");
    return form;
  }

  static boolean whole(Filter filter) {
    return filter.keywords().stream().allMatch(Filter.Keyword::wholeWord);
  }

  /** Reads the form; what is wrong is said in it. */
  static Wanted read(Form form, @Nullable Filter before) {
    var title = form.required("title", LONGEST);
    var words = form.value("words").lines().map(String::strip).filter(w -> !w.isEmpty());
    var all = words.distinct().toList();
    if (all.isEmpty() && (before == null || before.statuses().isEmpty()))
      form.wrong("words", "error.required");
    if (all.size() > MOST_WORDS || all.stream().anyMatch(word -> word.length() > LONGEST))
      form.wrong("words", "error.long");
    var context = FilterPages.CONTEXTS.stream().filter(c -> form.value(c).equals("on")).toList();
    if (context.isEmpty()) form.wrong("home", "filters.nowhere");
    var action = form.value("action");
    return new Wanted(
        title,
        all,
        form.value("whole").equals("on"),
        context,
        FilterPages.ACTIONS.contains(action) ? action : "warn",
        expires(form.value("days"), before));
  }

  private static @Nullable Instant expires(String days, @Nullable Filter before) {
    if (days.equals(KEPT) && before != null) return before.expiresAt();
    for (int length : FilterPages.DAYS)
      if (length > 0 && days.equals(String.valueOf(length)))
        return Instant.now().plus(Duration.ofDays(length));
    return null;
  }
}
