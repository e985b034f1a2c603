package org.placette.poll;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.placette.actor.Actors;
import org.placette.post.Poll;
import org.placette.post.Posts;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Voting in the browser; a poll is shown wherever its post is. */
public final class PollPages implements Routes {

  private final Actors actors;
  private final Posts posts;
  private final Polls polls;

  public PollPages(Actors actors, Posts posts, Polls polls) {
    this.actors = actors;
    this.posts = posts;
    this.polls = polls;
  }

  @Override
  public void mount(Router router) {
    router.post("/posts/:id/vote").handler(this::vote);
  }

  private void vote(RoutingContext ctx) {
    var voter = actors.byId(Visitor.of(ctx).required());
    if (voter == null) throw new Problem.Unauthorized("Sign in first");
    var post = posts.shown(number(ctx.pathParam("id")), voter);
    var poll = post.poll();
    if (poll == null) throw new Problem.NotFound();
    polls.vote(voter, post, choices(Form.of(ctx), poll));
    Answers.redirect(ctx, "/posts/" + post.id());
  }

  /** One field for the only choice, or one for each that was ticked. */
  private static List<Integer> choices(Form form, Poll poll) {
    List<Integer> chosen = new ArrayList<>();
    if (!form.value("choice").isEmpty()) chosen.add((int) number(form.value("choice")));
    for (int i = 0; i < poll.options().size(); i++)
      if (!form.value("choice" + i).isEmpty()) chosen.add(i);
    return chosen;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }
}
