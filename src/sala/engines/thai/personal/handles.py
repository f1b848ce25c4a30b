"""E-mail addresses, chat names and accounts of social networks, whole links to them included."""

import re
from collections.abc import Iterator

from sala.engines.thai.personal.name_lists import own_words

Place = tuple[int, int]

_AT = r"(?:\s{0,2}@\s{0,2}|\s{0,2}[(\[{<]\s?(?:at|a|แอท|แอต)\s?[)\]}>]\s{0,2})"
_DOT = r"(?:\s?\.\s?|\s{0,2}[(\[{<]\s?(?:dot|ดอท|จุด)\s?[)\]}>]\s{0,2}|\s(?:dot|ดอท|จุด)\s)"
_LABEL = "[A-Za-z0-9ก-๎](?:[A-Za-z0-9ก-๎-]{0,62})"
_PROVIDERS = "gmail|gmai|hotmail|outlook|yahoo|icloud|live|protonmail|proton|windowslive|ymail|msn"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}{_AT}(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}{_DOT}){{1,5}}[A-Za-z]{{2,24}}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}{_AT}(?:{_PROVIDERS})(?:,[ ]?(?:com|co))?(?![A-Za-z])"
    rf"|[A-Za-z0-9._%+ก-๎-]{{1,64}}@(?:[A-Za-z0-9ก-๎][A-Za-z0-9ก-๎-]{{0,62}}\.){{1,5}}[A-Za-zก-๎]{{2,24}}"
    rf"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}\s(?:at|แอท|แอต|"
    rf"แอด)\s(?:(?:{_PROVIDERS})(?:{_DOT}(?:com|co\.th|th|net)){{0,1}}|[A-Za-z0-9-]{{2,40}}\s(?:dot|"
    rf"ดอท|จุด)\s[A-Za-z]{{2,24}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)

_CHAT_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{2,29}"
_CHAT_CUE = (
    r"(?:ไอดี\s?ไลน์|ไลน์\s?(?:ไอดี|id)|ไลน์(?!ผลิต)|(?<![A-Za-z])line(?:\s?id)?(?![A-Za-z])|"
    r"(?<![A-Za-z])(?:wechat|whatsapp|telegram|discord)(?![A-Za-z])|วีแชท|เทเลแกรม|วอทส์แอป)"
)
_CHAT = re.compile(
    rf"{_CHAT_CUE}(?:ส่วนตัว|ของผม|ของฉัน|ชื่อ|คือ|ที่|ได้ที่|มา|ว่า)?[ ]{{0,3}}(?:ไอดี|id|ชื่อ|คือ|ได้ที่|มาที่)?[ ]{{0,3}}[:=]?[ ]{{0,3}}"
    rf"(?P<it>@?(?!https?\b|www\.)(?=[A-Za-z0-9._-]{{0,29}}[A-Za-z0-9]){_CHAT_NAME})(?![A-Za-z0-9:/])",
    re.IGNORECASE,
)
_ID = re.compile(
    rf"(?:ไอดี|(?<![A-Za-z])id)[ ]{{0,2}}[:=]?[ ]{{0,2}}"
    rf"(?P<it>@?(?=[A-Za-z0-9._-]{{0,29}}[0-9._-])[A-Za-z]{_CHAT_NAME})(?![A-Za-z0-9:/])"
    r"(?=[ ]{0,2}(?:ใน|ทาง)?\s?ไลน์)",
    re.IGNORECASE,
)
_CHAT_LINK = re.compile(
    r"(?:https?://)?(?:line\.me/(?:R/)?ti/p/[~@]?|line://ti/p/[~@]?|lin\.ee/|t\.me/|m\.me/|"
    r"telegram\.me/|discord\.gg/|wa\.me/)(?P<it>[~@%A-Za-z0-9._-]{3,40})",
    re.IGNORECASE,
)

_SITES = (
    r"(?:(?:www|m|web|th-th|mobile)\.)?(?:facebook\.com|fb\.com|fb\.me|fb\.watch|instagram\.com|"
    r"instagr\.am|tiktok\.com|twitter\.com|x\.com|youtube\.com|threads\.net|linkedin\.com/in)"
)
_SOCIAL_LINK = re.compile(
    rf"(?:https?://)?(?<![A-Za-z0-9.-]){_SITES}/(?P<it>@?(?:profile\.php\?id=|"
    rf"people/[^\s/]{{1,60}}/)?[A-Za-z0-9._%ก-๎-]{{3,80}})",
    re.IGNORECASE,
)
_SOCIAL_CUE = (
    r"(?:เฟ[สซ](?:บุ๊?[คก]|บุ้ค|บุค)?|เฟชบุ๊ค|(?<![A-Za-z])(?:facebook|fb|instagram|ig|tiktok|twitter|"
    r"threads)(?![A-Za-z.])|ไอจี|อินสตาแกรม|อินสตา|ติ๊?ก\s?ต็?[อ๊]{1,3}[กค]|ทวิตเตอร์|ทวิต)"
)
_SOCIAL = re.compile(
    rf"{_SOCIAL_CUE}(?:ส่วนตัว)?[ ]{{0,3}}(?:(?:ชื่อ|id|ไอดี|ของ|คือ|ว่า|user|โปรไฟล์|แอคเคาท์|"
    rf"บัญชี)[ ]{{0,3}}){{0,2}}[:=]?[ ]{{0,3}}"
    r"(?P<it>@[A-Za-z0-9._]{3,30}|(?-i:[A-Z][a-z]{1,20} [A-Z][a-z]{1,20})(?![A-Za-z])|(?!https?\b|"
    r"www\b)[A-Za-z][A-Za-z0-9._-]{3,29}(?![A-Za-z0-9:/])(?<![._-]))",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![A-Za-z0-9._%+@ก-๎-])@(?P<it>[A-Za-z][A-Za-z0-9._]{3,29})(?![A-Za-z0-9@])")
_PUBLIC = re.compile(
    "traffy|fondue|bangkok|thai(?!la)|news|police|official$|gov|\\.go\\.th|prachin|"
    "^@?(?:pages?|groups?|live|marketplace|watch|hashtag|events?|share|sharer|story|stories|reels?|permalink|province|city|media|"
    "channel|messenger|posts?|comments?|inbox|lite|ads|clips?|photo|photos|video|videos)(?:$|[^a-z_])",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Place]:
    """E-mail addresses, with [at], (dot) and the like for the signs, and those of known providers without an end."""
    return (match.span() for match in _EMAIL.finditer(text)) if _has_at(text) else iter(())


def _has_at(text: str) -> bool:
    return "@" in text or re.search(r"at\b|[(\[]a[)\]]|แอ[ทตด]", text, re.IGNORECASE) is not None


def find_chat_names(text: str) -> Iterator[Place]:
    """Names in LINE and other chats behind their word, and links that open one."""
    for match in _CHAT_LINK.finditer(text):
        yield match.span()
    for pattern in (_CHAT, _ID):
        for match in pattern.finditer(text):
            if (
                match["it"].lower().strip("@") not in own_words("chat_words.txt")
                and not match["it"].isdigit()
            ):
                yield match.span("it")


def find_social_accounts(text: str) -> Iterator[Place]:
    """Accounts of people behind the name of a network, links to them, and @names with a digit, dot or line."""
    for match in _SOCIAL_LINK.finditer(text):
        if not _PUBLIC.search(match["it"]):
            yield match.span()
    for match in _SOCIAL.finditer(text):
        if not _PUBLIC.search(match["it"]) and match["it"].lower() not in own_words("chat_words.txt"):
            yield match.span("it")
    for match in _MENTION.finditer(text):
        if re.search("[0-9._]", match["it"]) and not _PUBLIC.search(match["it"]):
            yield match.span()
