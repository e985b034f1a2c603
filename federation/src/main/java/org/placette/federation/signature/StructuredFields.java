package org.placette.federation.signature;

import static org.placette.federation.signature.SignatureProblem.Reason.COMPONENT_REFUSED;
import static org.placette.federation.signature.SignatureProblem.Reason.MALFORMED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of RFC 8941 that signatures need, read in one pass: dictionaries of byte sequences and
 * of inner lists of strings. Stricter than the RFC on purpose: a key given twice is refused.
 */
final class StructuredFields {
  /** A bare item: {@link String}, {@link Long} or {@link Boolean}; tokens and bytes as strings. */
  record Param(Object value, String serialized) {}

  /** A member of {@code Signature-Input}: its covered components and its parameters. */
  record InnerList(List<String> components, Map<String, Param> params) {
    /** The canonical form of RFC 8941 section 4.1.1.1, which is what gets signed. */
    String serialize() {
      StringBuilder out = new StringBuilder(160).append('(');
      for (int i = 0; i < components.size(); i++) {
        out.append(i == 0 ? "\"" : " \"").append(components.get(i)).append('"');
      }
      out.append(')');
      params.forEach(
          (name, param) -> {
            out.append(';').append(name);
            if (!Boolean.TRUE.equals(param.value())) {
              out.append('=').append(param.serialized());
            }
          });
      return out.toString();
    }
  }

  private final String text;
  private int at;

  StructuredFields(String text) {
    if (text.length() > Checks.MAX_HEADER) {
      throw malformed();
    }
    this.text = text;
  }

  Map<String, byte[]> byteDictionary() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    while (at < text.length()) {
      String key = key();
      expect('=');
      if (members.put(key, bytes()) != null) {
        throw malformed();
      }
      params(); // allowed by the grammar, without meaning here
      nextMember();
    }
    return members;
  }

  Map<String, InnerList> innerListDictionary() {
    Map<String, InnerList> members = new LinkedHashMap<>();
    while (at < text.length()) {
      String key = key();
      expect('=');
      if (members.put(key, new InnerList(components(), params())) != null) {
        throw malformed();
      }
      nextMember();
    }
    return members;
  }

  private List<String> components() {
    expect('(');
    List<String> names = new ArrayList<>();
    while (true) {
      skip(' ');
      if (peek() == ')') {
        at++;
        return names;
      }
      String name = string();
      if (peek() == ';') {
        throw new SignatureProblem(
            COMPONENT_REFUSED, "component parameters are not supported: \"" + name + "\"");
      }
      if (names.contains(name) || names.size() == Checks.MAX_COVERED) {
        throw malformed();
      }
      names.add(name);
      if (peek() != ' ' && peek() != ')') {
        throw malformed();
      }
    }
  }

  private Map<String, Param> params() {
    Map<String, Param> params = new LinkedHashMap<>();
    while (peek() == ';') {
      at++;
      skip(' ');
      String key = key();
      Param value = new Param(true, "?1");
      if (peek() == '=') {
        at++;
        value = bareItem();
      }
      if (params.put(key, value) != null || params.size() > 16) {
        throw malformed();
      }
    }
    return params;
  }

  private Param bareItem() {
    char first = peek();
    int start = at;
    if (first == '"') {
      String value = string();
      return new Param(value, text.substring(start, at));
    }
    if (first == '-' || isDigit(first)) {
      long number = integer();
      return new Param(number, Long.toString(number));
    }
    if (first == '?') {
      at += 2;
      String flag = at <= text.length() ? text.substring(start, at) : "";
      if (!flag.equals("?0") && !flag.equals("?1")) {
        throw malformed();
      }
      return new Param(flag.equals("?1"), flag);
    }
    if (first == ':') {
      bytes();
    } else {
      token();
    }
    String raw = text.substring(start, at);
    return new Param(raw, raw);
  }

  private String key() {
    int start = at;
    char first = peek();
    if (first != '*' && !isLower(first)) {
      throw malformed();
    }
    while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String string() {
    expect('"');
    int start = at;
    StringBuilder unescaped = null;
    while (true) {
      char c = peek();
      if (c < ' ' || c > '~') {
        throw malformed();
      }
      at++;
      if (c == '"') {
        return unescaped == null ? text.substring(start, at - 1) : unescaped.toString();
      }
      if (c == '\\') {
        if (unescaped == null) {
          unescaped = new StringBuilder(text.substring(start, at - 1));
        }
        c = peek();
        if (c != '"' && c != '\\') {
          throw malformed();
        }
        at++;
      }
      if (unescaped != null) {
        unescaped.append(c);
      }
    }
  }

  private long integer() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (isDigit(peek())) {
      at++;
    }
    if (at == digits || at - digits > 15 || peek() == '.') {
      throw malformed();
    }
    return Long.parseLong(text.substring(start, at));
  }

  private byte[] bytes() {
    expect(':');
    int end = text.indexOf(':', at);
    if (end < 0) {
      throw malformed();
    }
    byte[] value = Checks.base64(text.substring(at, end));
    at = end + 1;
    return value;
  }

  private void token() {
    char first = peek();
    if (first != '*' && !isLower(first) && !(first >= 'A' && first <= 'Z')) {
      throw malformed();
    }
    while (peek() > ' ' && peek() <= '~' && "\"(),;<=>?@[\\]{}".indexOf(peek()) < 0) {
      at++;
    }
  }

  private void nextMember() {
    skipBlank();
    if (at == text.length()) {
      return;
    }
    expect(',');
    skipBlank();
    if (at == text.length()) {
      throw malformed(); // a trailing comma
    }
  }

  /** The next character, or NUL at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char c) {
    if (peek() != c || at >= text.length()) {
      throw malformed();
    }
    at++;
  }

  private void skip(char c) {
    while (peek() == c) {
      at++;
    }
  }

  private void skipBlank() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static SignatureProblem malformed() {
    return new SignatureProblem(MALFORMED, "malformed structured field");
  }
}
