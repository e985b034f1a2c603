package org.placette.oauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.placette.web.View;

/** What scopes mean, in the words of the person who is asked. */
final class ScopeWords {

  private ScopeWords() {}

  /** One sentence for each kind of thing that these scopes allow. */
  static List<String> of(Set<String> scopes, View view) {
    List<String> sentences = new ArrayList<>();
    if (scopes.contains("profile") && !Scopes.covers(scopes, "read:accounts"))
      sentences.add(view.t("scope.profile"));
    kind(sentences, "read", Scopes.READ, scopes, view);
    kind(sentences, "write", Scopes.WRITE, scopes, view);
    if (scopes.contains("follow") && !(scopes.contains("read") && scopes.contains("write")))
      sentences.add(view.t("scope.follow"));
    if (scopes.contains("push")) sentences.add(view.t("scope.push"));
    return sentences;
  }

  private static void kind(
      List<String> sentences, String kind, List<String> areas, Set<String> scopes, View view) {
    if (scopes.contains(kind)) {
      sentences.add(view.t("scope." + kind));
      return;
    }
    var some =
        areas.stream()
            .filter(area -> scopes.contains(kind + ":" + area))
            .map(area -> view.t("scope.area." + area))
            .collect(Collectors.joining(", "));
    if (!some.isEmpty()) sentences.add(view.t("scope." + kind + ".some", some));
  }
}
