"""Watching a tab: whatever runs, is refused by the policy, or leaves for another site."""

from urllib.parse import urlsplit

AUDIT = r"""
() => {
  const BANNED = new Set(("base iframe frame frameset object embed applet portal style marquee " +
    "video audio foreignobject foreignObject animate set image isindex math").split(" "));
  const ADDRESSES = new Set(("href src action formaction poster data ping srcset xlink:href " +
    "background").split(" "));
  const SCHEMES = new Set(["http", "https", "mailto", "tel"]);
  const XHTML = "http://www.w3.org/1999/xhtml";
  const found = [];
  const say = (element) => found.push(element.cloneNode(false).outerHTML.slice(0, 200));
  const own = (script) => script.getAttribute("src")?.startsWith("/static/") ||
    script.type === "application/json";
  const bad = ({ name, value }, element) => {
    if (name.startsWith("on") || name === "srcdoc") return true;
    if (!ADDRESSES.has(name)) return false;
    const scheme = value.replace(/[\u0000-\u0020]/g, "").match(/^([a-z][a-z0-9+.-]*):/i);
    return element.localName === "use" ? !value.startsWith("#")
      : Boolean(scheme) && !SCHEMES.has(scheme[1].toLowerCase());
  };
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      const script = element.localName === "script" && !own(element);
      const order = element.localName === "meta" && element.hasAttribute("http-equiv");
      const drawn = element.namespaceURI !== XHTML && element.localName === "a";
      if (script || order || drawn || BANNED.has(element.localName)) say(element);
      else if ([...element.attributes].some((one) => bad(one, element))) say(element);
      if (element.localName === "template") look(element.content);
    }
  };
  look(document);
  return found;
}
"""


class Watcher:
    """`ran`: what opened a dialog; `refused`: what the policy stopped; `left`: who was called."""

    def __init__(self, tab, site: str):
        self.tab, self.host = tab, urlsplit(site).netloc
        self.ran, self.refused, self.left = [], [], []
        tab.on("dialog", self.dialog)
        tab.on("console", self.console)
        tab.on("request", self.request)
        tab.on("popup", lambda other: self.left.append(other.url))

    def dialog(self, dialog) -> None:
        if dialog.type != "beforeunload":
            self.ran.append(f"{self.tab.url}: {dialog.message}")
        dialog.accept()

    def console(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.refused.append(f"{self.tab.url}: {message.text[:300]}")

    def request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws"} and parts.netloc != self.host:
            self.left.append(request.url)

    def faults(self) -> list[str]:
        """All that went wrong since the last time it was asked, and what the page holds now."""
        held = [f"{self.tab.url}: {tag}" for tag in self.tab.evaluate(AUDIT)]
        frames = [frame.url for frame in self.tab.frames[1:]]
        return [*self.executed(), *held, *frames]

    def executed(self) -> list[str]:
        """For documents that are not pages of the site: what ran, was refused, or left."""
        told = [*self.ran, *self.refused, *self.left]
        self.ran, self.refused, self.left = [], [], []
        return told
