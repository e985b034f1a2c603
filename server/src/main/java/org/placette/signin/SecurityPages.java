package org.placette.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.placette.user.Account;
import org.placette.user.Sessions;
import org.placette.user.Users;
import org.placette.web.Answers;
import org.placette.web.Form;
import org.placette.web.Pages;
import org.placette.web.Problem;
import org.placette.web.QrCode;
import org.placette.web.Routes;
import org.placette.web.Visitor;

/** Where people arrange how they sign in. What weakens or adds a way asks for the password. */
public final class SecurityPages implements Routes {

  private static final String HERE = "/settings/security";

  private final SignIns signIns;
  private final Users users;
  private final Sessions sessions;
  private final Pages pages;

  SecurityPages(SignIns signIns, Users users, Sessions sessions, Pages pages) {
    this.signIns = signIns;
    this.users = users;
    this.sessions = sessions;
    this.pages = pages;
  }

  /**
   * The page.
   *
   * @param part which of its forms the words of {@code form} belong to; empty for none
   * @param offer what is put into an app while the second factor is off; null while it is on
   * @param fresh recovery codes that are shown this once
   */
  public record Page(
      Form form,
      String part,
      @Nullable Offer offer,
      int codesLeft,
      List<String> fresh,
      List<KeyLine> keys) {

    /** The form of one part: another part's errors are not shown in it. */
    public Form in(String name) {
      return part.equals(name) ? form : Form.empty();
    }
  }

  /** A secret for an app, as a picture and as letters. */
  public record Offer(QrCode picture, String letters, String link) {}

  /** A passkey. */
  public record KeyLine(String id, String label, Instant since, @Nullable Instant lastUsed) {}

  @Override
  public void mount(Router router) {
    Pages.get(router, HERE, ctx -> show(ctx, Form.empty(), "", List.of()));
    router.post(HERE + "/password").handler(this::changePassword);
    router.post(HERE + "/code").handler(this::confirm);
    router.post(HERE + "/code/off").handler(this::turnOff);
    router.post(HERE + "/codes").handler(this::renew);
    router.post(HERE + "/passkeys/begin").handler(this::begin);
    router.post(HERE + "/passkeys").handler(this::add);
    router.post(HERE + "/passkeys/remove").handler(this::remove);
  }

  private Account person(RoutingContext ctx) {
    var account = users.byId(Visitor.of(ctx).required());
    if (account == null) throw new Problem.Unauthorized("Sign in first");
    return account;
  }

  private void show(RoutingContext ctx, Form form, String part, List<String> fresh) {
    var person = person(ctx);
    if (!form.ok()) ctx.response().setStatusCode(422);
    ctx.response().putHeader("Cache-Control", "private, no-store");
    var secret = signIns.offered(person.actorId());
    var keys =
        signIns.keys(person.actorId()).stream()
            .map(
                it ->
                    new KeyLine(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(it.id()),
                        it.label(),
                        it.created(),
                        it.lastUsed()))
            .toList();
    var offer = secret == null ? null : offer(ctx, person, secret);
    var left = signIns.codesLeft(person.actorId());
    pages.show(ctx, "signin/security.jte", new Page(form, part, offer, left, fresh, keys));
  }

  private Offer offer(RoutingContext ctx, Account person, byte[] secret) {
    var place = pages.view(ctx).place().name();
    var letters = Totp.base32(secret);
    var label = encoded(place) + ":" + encoded(person.username());
    var link = "otpauth://totp/" + label + "?secret=" + letters + "&issuer=" + encoded(place);
    return new Offer(QrCode.of(link), letters.replaceAll("(.{4})", "$1 ").strip(), link);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** True when the password that was typed is the person's. */
  private boolean proves(RoutingContext ctx, Account person, Form form) {
    var password = ctx.request().getFormAttribute("password");
    var right =
        password != null
            && !password.isEmpty()
            && users.signIn(person.username(), password, sessions.address(ctx)) != null;
    if (!right) form.wrong("password", "error.password.wrong");
    return right;
  }

  private void changePassword(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    var fresh = ctx.request().getFormAttribute("newPassword");
    if (proves(ctx, person, form)) {
      try {
        users.changePassword(person.actorId(), fresh == null ? "" : fresh);
        sessions.open(ctx, person);
        Answers.redirect(ctx, HERE + "?done=password");
        return;
      } catch (Problem.Invalid refusal) {
        form.wrong("newPassword", "error.password");
      }
    }
    show(ctx, form, "password", List.of());
  }

  private void confirm(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    var code = form.required("code", 40);
    var fresh = form.ok() ? signIns.confirm(person.actorId(), code) : null;
    if (fresh == null) form.wrong("code", "error.code");
    show(ctx, form, "code", fresh == null ? List.of() : fresh);
  }

  private void turnOff(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    if (!proves(ctx, person, form)) {
      show(ctx, form, "off", List.of());
      return;
    }
    signIns.turnOff(person.actorId());
    Answers.redirect(ctx, HERE + "?done=off");
  }

  private void renew(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    var fresh =
        proves(ctx, person, form) && signIns.on(person.actorId())
            ? signIns.renew(person.actorId())
            : List.<String>of();
    show(ctx, form, "off", fresh);
  }

  /** Asked by the script of the page, which alone can make a key. */
  private void begin(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    ctx.response().putHeader("Cache-Control", "no-store");
    if (!proves(ctx, person, form)) {
      ctx.response().setStatusCode(422);
      Answers.json(ctx, JsonNodeFactory.instance.objectNode().put("error", "password"));
      return;
    }
    var answer =
        EntryPages.options(signIns.challenge(person.actorId(), HERE), signIns.host())
            .put("place", pages.view(ctx).place().name())
            .put("name", person.username())
            .put("user", Base64.getUrlEncoder().withoutPadding().encodeToString(handle(person)));
    var algorithms = answer.putArray("algorithms");
    for (var one : Passkey.ALGORITHMS) algorithms.add(one);
    var known = answer.putArray("known");
    for (var key : signIns.keys(person.actorId()))
      known.add(Base64.getUrlEncoder().withoutPadding().encodeToString(key.id()));
    Answers.json(ctx, answer);
  }

  private static byte[] handle(Account person) {
    return String.valueOf(person.actorId()).getBytes(StandardCharsets.US_ASCII);
  }

  private void add(RoutingContext ctx) {
    var person = person(ctx);
    var form = Form.of(ctx);
    var label = form.upTo("label", 60);
    var name = label == null ? pages.view(ctx).t("security.key") : label;
    if (!form.ok()
        || !signIns.add(person.actorId(), form.value("challenge"), form.value("answer"), name)) {
      form.wrong("label", "error.passkey");
      show(ctx, form, "key", List.of());
      return;
    }
    Answers.redirect(ctx, HERE + "?done=key#keys");
  }

  private void remove(RoutingContext ctx) {
    var person = person(ctx);
    try {
      var id = Base64.getUrlDecoder().decode(Form.of(ctx).value("key"));
      if (!signIns.removeKey(person.actorId(), id)) throw new Problem.NotFound();
    } catch (IllegalArgumentException e) {
      throw new Problem.NotFound();
    }
    Answers.redirect(ctx, HERE + "#keys");
  }
}
