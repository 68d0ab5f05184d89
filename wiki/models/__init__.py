"""The wiki's own models; `wiki.models` re-exports the public names."""

from wiki.models.drafts import Draft, Presence
from wiki.models.events import Event, TrashedPage
from wiki.models.leaks import LeakCheck
from wiki.models.links import BrokenLink, PageLink, PageTitle
from wiki.models.pages import ArticlePage, SectionPage, SitePage, Trash, WikiPage
from wiki.models.people import User
from wiki.models.reports import DaySalt, Report, ReportSender
from wiki.models.site_revision import ChangeTags, SiteRevision
from wiki.models.stamp_cache import KeptBesideTexts, KeptByStamp
from wiki.models.topics import Topic, TopicLink
from wiki.models.versions import Audience, FileUse, Version

__all__ = [
    "ArticlePage",
    "Audience",
    "BrokenLink",
    "ChangeTags",
    "DaySalt",
    "Draft",
    "Event",
    "FileUse",
    "KeptBesideTexts",
    "KeptByStamp",
    "LeakCheck",
    "PageLink",
    "PageTitle",
    "Presence",
    "Report",
    "ReportSender",
    "SectionPage",
    "SitePage",
    "SiteRevision",
    "Topic",
    "TopicLink",
    "Trash",
    "TrashedPage",
    "User",
    "Version",
    "WikiPage",
]
