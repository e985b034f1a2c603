package org.placette.post;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.placette.actor.Actor;
import org.placette.actor.Actors;
import org.placette.audience.AudienceStore;
import org.placette.db.Db;
import org.placette.media.FormFiles;
import org.placette.media.Media;
import org.placette.unsent.Due;
import org.placette.unsent.UnsentStore;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Negotiation;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** The pages of posts: reading one with its thread, writing, changing, deleting, reacting. */
public final class PostPages implements Routes {

  /** Replies on one page. */
  public static final int REPLIES = 50;

  private final Db db;
  private final Actors actors;
  private final Posts posts;
  private final Reactions reactions;
  private final FormFiles files;
  private final PostDrafts drafts;
  private final Pages pages;

  public PostPages(
      Db db,
      Actors actors,
      Posts posts,
      Reactions reactions,
      Media media,
      PostDrafts drafts,
      Pages pages) {
    this.db = db;
    this.actors = actors;
    this.posts = posts;
    this.reactions = reactions;
    files = new FormFiles(db, media);
    this.pages = pages;
    this.drafts = drafts;
  }

  @Override
  public void mount(Router router) {
    Pages.get(router, "/compose", ctx -> choose(ctx));
    Pages.get(router, "/compose/note", ctx -> writeNew(ctx));
    router.post("/compose/files").handler(this::addFiles);
    router.post("/compose/preview").handler(this::preview);
    router.post("/posts").handler(this::publish);
    Pages.get(router, "/posts/:id", this::read);
    Pages.get(router, "/posts/:id/history", this::history);
    Pages.get(router, "/posts/:id/edit", this::rewrite);
    router.post("/posts/:id/edit").handler(this::edit);
    Pages.get(router, "/posts/:id/delete", this::askDelete);
    router.post("/posts/:id/delete").handler(this::delete);
    react(router, "like", reactions::like);
    react(router, "unlike", reactions::unlike);
    react(router, "share", reactions::announce);
    react(router, "unshare", reactions::unannounce);
  }

  private void read(RoutingContext ctx) {
    if (Negotiation.wantsActivity(ctx)) {
      ctx.next();
      return;
    }
    var view = pages.view(ctx);
    var shown = shown(ctx, view.viewer());
    if (shown.event() != null) {
      Answers.redirect(ctx, shown.event());
      return;
    }
    var after = after(ctx);
    var parentId = shown.post().inReplyToId();
    var parent = parentId == null ? null : PostViewStore.byId(db, view.viewer(), parentId);
    var below =
        shown.post().rootId() == shown.post().id()
            ? PostViewStore.thread(db, view.viewer(), shown.post().id(), after, REPLIES + 2)
            : PostViewStore.below(db, view.viewer(), shown.post().id(), after, REPLIES + 1);
    var replies = below.stream().filter(it -> it.post().id() != shown.post().id()).toList();
    var more = replies.size() > REPLIES;
    var first = more ? replies.subList(0, REPLIES) : replies;
    var next = more ? first.getLast().post().id() : 0;
    var author = actors.byId(shown.post().actorId());
    if (author != null && author.isType("Person") && !author.indexable())
      ctx.response().putHeader("X-Robots-Tag", "noindex");
    pages.show(ctx, view, "post/post.jte", new PostPage(shown, parent, first, next));
  }

  /** What a post was before it was changed, the present state first. */
  private void history(RoutingContext ctx) {
    var view = pages.view(ctx);
    var shown = shown(ctx, view.viewer());
    var states = RevisionStore.of(db, shown.post().id()).reversed();
    pages.show(ctx, view, "post/history.jte", new History(shown, states));
  }

  /** Every state of a post, the latest first. */
  public record History(PostView shown, List<RevisionStore.Revision> states) {}

  /** The id after which a page of replies begins; 0 for the first. */
  public static long after(RoutingContext ctx) {
    var text = ctx.request().getParam("after");
    return text == null ? 0 : id(text);
  }

  private PostView shown(RoutingContext ctx, long viewer) {
    var id = id(ctx.pathParam("id"));
    var shown = PostViewStore.byId(db, viewer, id);
    if (shown != null) return shown;
    // Tells what was deleted from what never was.
    var unused = posts.shown(id, null);
    throw new Problem.NotFound();
  }

  private static long id(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Problem.NotFound();
    }
  }

  private Actor person(RoutingContext ctx) {
    return actors.acting(Visitor.of(ctx).required());
  }

  private void choose(RoutingContext ctx) {
    var unused = Visitor.of(ctx).required();
    pages.show(ctx, "post/choose.jte", "");
  }

  private void writeNew(RoutingContext ctx) {
    var me = Visitor.of(ctx).required();
    var number = ctx.request().getParam("draft");
    var draft = number == null ? null : UnsentStore.one(db, me, id(number));
    if (number != null && draft == null) throw new Problem.NotFound();
    var form =
        draft == null
            ? fresh(me, room(ctx))
            : Form.filled(draft.fields()).with("draft", draft.id());
    form(ctx, form, answered(form, me), null);
  }

  /** The Group that a link to the form names, by its number or as name@host. */
  private @Nullable String room(RoutingContext ctx) {
    var to = ctx.request().getParam("to");
    var at = to == null ? -1 : to.indexOf('@');
    if (to == null || at < 0) return ctx.request().getParam("room");
    var group = actors.storedByHandle(to.substring(0, at), to.substring(at + 1));
    return group == null ? null : String.valueOf(group.id());
  }

  /** An empty form that begins with whom the group's, or else one's own, posts are usually for. */
  private Form fresh(long me, @Nullable String room) {
    var group = room == null || !room.matches("[0-9]{1,18}") ? 0 : Long.parseLong(room);
    var usual = PostForm.offered(AudienceStore.usual(db, me, group), ring());
    return PostForm.empty(usual).with("room", room);
  }

  private @Nullable PostView answered(Form form, long viewer) {
    var parent = form.value("replyTo");
    return parent.isEmpty() ? null : PostViewStore.byId(db, viewer, id(parent));
  }

  /** The same form again, with the files that came with it. */
  private void addFiles(RoutingContext ctx) {
    var me = person(ctx).id();
    var form = Form.of(ctx);
    var unused = files.read(ctx, me, form);
    var number = form.value("edited");
    var edited = number.isEmpty() ? null : PostViewStore.byId(db, me, id(number));
    if (edited != null && !edited.mine()) throw new Problem.Forbidden("This is not yours");
    form(ctx, form, answered(form, me), edited, null);
  }

  /** The same form again, below what would be read. */
  private void preview(RoutingContext ctx) {
    var form = Form.of(ctx);
    var me = person(ctx).id();
    var unused = files.read(ctx, me, form);
    var answered = answered(form, me);
    form(ctx, form, answered, null, posts.writing().compose(form.value("text")).html());
  }

  private boolean ring() {
    return !AudienceStore.ring(db).isEmpty();
  }

  private void form(
      RoutingContext ctx, Form form, @Nullable PostView answered, @Nullable PostView edited) {
    form(ctx, form, answered, edited, null);
  }

  private void form(
      RoutingContext ctx,
      Form form,
      @Nullable PostView answered,
      @Nullable PostView edited,
      @Nullable String preview) {
    if (!form.ok()) ctx.response().setStatusCode(422);
    var fresh = answered == null && edited == null;
    var rooms = fresh ? posts.rules().rooms(db, person(ctx)) : List.<PostForm.Room>of();
    var added = files.shown(Visitor.of(ctx).required(), form);
    var page = new PostForm.Page(form, answered, edited, rooms, added, preview, fresh && ring());
    pages.show(ctx, "post/form.jte", page);
  }

  private void publish(RoutingContext ctx) {
    var author = person(ctx);
    var form = Form.of(ctx);
    var view = pages.view(ctx);
    var wanted = PostForm.read(form, view.language().code());
    var due = Due.read(form, view.place().zone(), view.now());
    var shown = files.read(ctx, author.id(), form);
    if (form.ok()) {
      try {
        var placed = drafts.placed(form, wanted);
        if (due != null) {
          drafts.keep(author, form, due);
          Answers.redirect(ctx, "/drafts");
          return;
        }
        var post = posts.publish(author, drafts.with(author, placed, shown));
        drafts.settled(author, form);
        Answers.redirect(ctx, "/posts/" + post.id());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form, answered(form, author.id()), null);
  }

  private PostView own(RoutingContext ctx) {
    var shown = shown(ctx, Visitor.of(ctx).required());
    if (!shown.mine()) throw new Problem.Forbidden("This is not yours");
    return shown;
  }

  private void rewrite(RoutingContext ctx) {
    var own = own(ctx);
    form(ctx, PostForm.of(own.post(), SourceStore.of(db, own.post()).text()), null, own);
  }

  private void edit(RoutingContext ctx) {
    var own = own(ctx);
    var form = Form.of(ctx);
    var wanted = PostForm.read(form, pages.view(ctx).language().code());
    // A form that says nothing of files leaves them as they are.
    if (!form.values().containsKey("files"))
      form.with("files", PostForm.of(own.post(), "").value("files"));
    var shown = files.read(ctx, own.post().actorId(), form);
    if (form.ok()) {
      try {
        var unused =
            posts.edit(person(ctx), own.post().id(), drafts.change(own.post(), wanted, shown));
        Answers.redirect(ctx, own.path());
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong(refusal);
      }
    }
    form(ctx, form, null, own);
  }

  private void askDelete(RoutingContext ctx) {
    var own = own(ctx);
    var view = pages.view(ctx);
    var question =
        new Pages.Question(
            view.t("post.deleteTitle"),
            view.t("post.deleteText"),
            "/posts/" + own.post().id() + "/delete",
            view.t("post.deleteYes"),
            view.t("post.keep"),
            own.path());
    pages.show(ctx, view, "question.jte", question);
  }

  private void delete(RoutingContext ctx) {
    posts.delete(person(ctx), own(ctx).post().id());
    Answers.redirect(ctx, "/");
  }

  private void react(Router router, String verb, BiConsumer<Actor, Long> what) {
    router
        .post("/posts/:id/" + verb)
        .handler(
            ctx -> {
              var person = person(ctx);
              var post = shown(ctx, person.id());
              what.accept(person, post.post().id());
              Answers.redirect(ctx, back(ctx, post.path()));
            });
  }

  /** Where the button stood: a page of this site, or else the post's own. */
  private static String back(RoutingContext ctx, String otherwise) {
    var from = ctx.request().getHeader("Referer");
    if (from == null) return otherwise;
    var start = from.indexOf('/', from.indexOf("://") + 3);
    var path = start < 0 ? otherwise : from.substring(start);
    return path.startsWith("//") || path.startsWith("/\\") ? otherwise : path;
  }
}
