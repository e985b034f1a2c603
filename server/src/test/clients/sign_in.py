"""Signs in with Mastodon.py and toot as their users do: the app opens a page, a person without
script says yes, the code is carried over by hand. Usage: sign_in.py ORIGIN USERNAME PASSWORD"""

import html
import http.cookiejar
import re
import sys
import urllib.parse
import urllib.request

from mastodon import Mastodon
from mastodon.Mastodon import MastodonUnauthorizedError
from toot import App, User, api

ORIGIN, USERNAME, PASSWORD = sys.argv[1:4]
SCOPES = ["read", "write", "follow", "push"]
FIELD = r'<input type="hidden" name="([^"]*)" value="([^"]*)"'


def person(question):
    """What somebody does on the page; gives the code that stands on it in the end."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)

    def submit(page, **typed):
        hidden = re.findall(FIELD, page)
        fields = {html.unescape(name): html.unescape(value) for name, value in hidden}
        body = urllib.parse.urlencode({**fields, **typed}).encode()
        return browser.open(ORIGIN + "/oauth/authorize", body).read().decode()

    page = browser.open(question).read().decode()
    page = submit(page, login=USERNAME, password=PASSWORD, answer="sign-in")
    page = submit(page, answer="accept")
    return re.search(r'id="code">([^<]+)<', page).group(1)


def with_mastodon_py():
    made = Mastodon.create_app("Test", scopes=SCOPES, api_base_url=ORIGIN, website="https://a.example")
    client = Mastodon(client_id=made[0], client_secret=made[1], api_base_url=ORIGIN)
    question = client.auth_request_url(scopes=SCOPES, state="abc", force_login=True)
    token = client.log_in(code=person(question), scopes=SCOPES)
    assert client.app_verify_credentials()["name"] == "Test"
    assert client.account_verify_credentials()["username"] == USERNAME
    client.revoke_access_token()
    try:
        Mastodon(access_token=token, api_base_url=ORIGIN).account_verify_credentials()
        raise AssertionError("a revoked token still works")
    except MastodonUnauthorizedError:
        print("Mastodon.py signed in and out")


def with_toot():
    host = urllib.parse.urlparse(ORIGIN).netloc
    made = api.create_app(host, "http")
    app = App(host, ORIGIN, made["client_id"], made["client_secret"])
    answer = api.request_access_token(app, person(api.get_browser_login_url(app)))
    user = User(host, None, answer["access_token"])
    assert api.verify_credentials(app, user)["username"] == USERNAME
    print("toot signed in")


with_mastodon_py()
with_toot()
print("they did it all")
