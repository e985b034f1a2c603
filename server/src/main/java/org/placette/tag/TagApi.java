package org.placette.tag;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.placette.db.Db;
import org.placette.mastodon.Access;
import org.placette.mastodon.Api;
import org.placette.mastodon.Call;
import org.placette.mastodon.Tag;
import org.placette.tag.TagStore.Followed;
import org.placette.web.Problem;

/** Hashtags (methods/tags, methods/followed_tags, methods/featured_tags). */
public final class TagApi implements Api.Calls {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{M}_·]{1,100}");
  private static final int MOST_FOLLOWED = 1_000;
  private static final int MOST_FEATURED = 10;

  private final Db db;
  private final Tags tags;

  public TagApi(Db db, Tags tags) {
    this.db = db;
    this.tags = tags;
  }

  /** A tag on a profile (entities/FeaturedTag); the count is text there. */
  record FeaturedTag(
      String id, String name, String url, String statusesCount, @Nullable LocalDate lastStatusAt) {}

  @Override
  public void into(Api api) {
    api.get("/api/v1/tags/:id", Access.OPEN, call -> one(call, name(call)));
    api.post("/api/v1/tags/:id/follow", Access.person("write:follows"), this::follow);
    api.post("/api/v1/tags/:id/unfollow", Access.person("write:follows"), this::unfollow);
    api.post("/api/v1/tags/:id/feature", Access.person("write:accounts"), this::featureByName);
    api.post("/api/v1/tags/:id/unfeature", Access.person("write:accounts"), this::unfeatureByName);
    api.get("/api/v1/followed_tags", Access.person("read:follows"), this::followed);
    api.get(
        "/api/v1/accounts/:id/featured_tags",
        Access.open("read:accounts"),
        call -> featured(call.id()));
    api.get(
        "/api/v1/featured_tags", Access.person("read:accounts"), call -> featured(call.viewer()));
    api.post("/api/v1/featured_tags", Access.person("write:accounts"), this::feature);
    api.delete("/api/v1/featured_tags/:id", Access.person("write:accounts"), this::unfeature);
    api.get(
        "/api/v1/featured_tags/suggestions",
        Access.person("read:accounts"),
        call -> tags.of(call.viewer(), TagStore.usual(db, call.viewer())));
  }

  private static String name(Call call) {
    var name = call.path("id").toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) throw new Problem.NotFound();
    return name;
  }

  private Tag one(Call call, String name) {
    return tags.of(call.viewer(), List.of(name)).getFirst();
  }

  private Tag follow(Call call) {
    var name = name(call);
    if (TagStore.countFollowed(db, call.viewer()) >= MOST_FOLLOWED)
      throw new Problem.Invalid("Validation failed: there are too many hashtags", Map.of());
    TagStore.follow(db, call.viewer(), name);
    return one(call, name);
  }

  private Tag unfollow(Call call) {
    var name = name(call);
    TagStore.unfollow(db, call.viewer(), name);
    return one(call, name);
  }

  private List<Tag> followed(Call call) {
    var paging = call.paging(100, 200);
    var page = paging.newestFirst(TagStore.followed(db, call.viewer(), paging));
    call.link(page, Followed::cursor);
    return tags.of(call.viewer(), page.stream().map(Followed::tag).toList());
  }

  private List<FeaturedTag> featured(long actor) {
    return TagStore.featured(db, actor).stream()
        .map(
            one ->
                new FeaturedTag(
                    String.valueOf(one.id()),
                    one.tag(),
                    tags.address(one.tag()),
                    String.valueOf(one.count()),
                    one.last()))
        .toList();
  }

  private FeaturedTag feature(Call call) {
    var name = call.params().required("name").toLowerCase(Locale.ROOT).replaceFirst("^#", "");
    if (!NAME.matcher(name).matches())
      throw new Problem.Invalid("Validation failed: Tag is invalid", Map.of("name", "ERR_INVALID"));
    feature(call.viewer(), name);
    return featured(call.viewer()).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(Problem.NotFound::new);
  }

  private void feature(long actor, String name) {
    if (TagStore.featured(db, actor).size() >= MOST_FEATURED)
      throw new Problem.Invalid("Validation failed: there are too many hashtags", Map.of());
    TagStore.feature(db, actor, name);
  }

  private Object unfeature(Call call) {
    if (!TagStore.unfeature(db, call.viewer(), call.id())) throw new Problem.NotFound();
    return Api.NOTHING;
  }

  private Tag featureByName(Call call) {
    feature(call.viewer(), name(call));
    return one(call, name(call));
  }

  private Tag unfeatureByName(Call call) {
    TagStore.unfeature(db, call.viewer(), name(call));
    return one(call, name(call));
  }
}
