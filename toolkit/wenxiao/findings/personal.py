"""Personal data in a text: phones, ID numbers, bank cards, e-mail addresses, plates, and names beside them.

Knows no project and no report: any text can be searched, a field, a page or the properties of a document.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from wenxiao.findings.checkdigits import is_date, is_identity, passes_luhn
from wenxiao.findings.names import name_beside
from wenxiao.findings.plain import plain
from wenxiao.words import Words

Kind = Literal["mobile", "landline", "identity", "bank_card", "email", "plate"]

KINDS: Final[dict[Kind, Words]] = {
    "mobile": Words("手机号", "mobile number"),
    "landline": Words("固定电话", "landline number"),
    "identity": Words("身份证号", "identity number"),
    "bank_card": Words("银行卡号（账号）", "bank card or account number"),
    "email": Words("电子邮箱", "e-mail address"),
    "plate": Words("车牌号", "number plate"),
}


@dataclass(frozen=True)
class Hit:
    """One piece of personal data: its kind, the text as written, its span, and the name beside it, if any.

    ``certain`` is False where the same characters may be nobody's own: an office telephone, a unit's account, an
    official car. A name beside them makes them somebody's.
    """

    kind: Kind
    text: str
    span: tuple[int, int]
    name: str | None = None
    certain: bool = True

    @property
    def masked(self) -> str:
        """Give a form that shows which one is meant and gives nothing away.

        >>> personal_data("张三（13800001111）")[0].masked
        '张* 138****1111'
        """
        shown = _MASKS[self.kind](self.text)
        return f"{self.name[0]}{'*' * (len(self.name) - 1)} {shown}" if self.name else shown

    @property
    def digits(self) -> str:
        """Give the letters and digits alone, so that two spellings of one number are equal."""
        return _digits(self.text)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", plain(text).text)


def _ends(first: int, last: int, text: str) -> str:
    kept = _digits(text)
    return f"{kept[:first]}****{kept[-last:]}"


_MASKS: Final[dict[Kind, Callable[[str], str]]] = {
    "mobile": lambda text: _ends(3, 4, _digits(text)[-11:]),
    "landline": lambda text: _ends(3, 2, text),
    "identity": lambda text: _ends(2, 2, text),
    "bank_card": lambda text: _ends(2, 4, text),
    "email": lambda text: f"{plain(text).text[0]}***@{plain(text).text.partition('@')[2]}",
    "plate": lambda text: f"{text[:2]}****{text[-1]}",
}

# An address on the web carries numbers that are nobody's, except where it says that it carries a telephone.
_WEB: Final = re.compile(r"(?:https?://|www\.)[!-~]+", re.I)
_SAID_IN_WEB: Final = re.compile(r"[?&](?:tel|phone|mobile|sjh?|sfzh?|idcard)=([^&#]*)", re.I)

# A number of its own: no letters, digits or decimals joined to it, no code continued by a dash.
_ALONE: Final = (
    r"(?:(?<![0-9A-Za-z])(?<!\d\.)(?<![0-9A-Za-z][-_])|(?<=tel)|(?<=phone)|(?<=mobile)|(?<=wx)|(?<=weixin)|"
    r"(?<=1[3-9]\d{9}-))"
)
_ENDS: Final = r"(?![0-9A-Za-z]|_\d|\.\d|-(?!1[3-9]\d{9}(?!\d))[0-9A-Za-z])"
_UNIT: Final = (
    r"(?! ?(?:元(?!旦)|美元|万(?=[元吨人次亩户件个])|亿|吨|公斤|千克|公里|千米|米|平方|立方|千瓦|人次|次(?!日)|亩|%|"
    r"\((?:元|万元|亿元)\)))"
)
_COUNTRY: Final = r"(?:\(?(?:\+|00)?86\)?[ -]{0,2})?"
_MOBILE: Final = re.compile(
    rf"{_ALONE}{_COUNTRY}1[3-9]\d(?:[ -]{{0,2}}\d{{4}}[ -]{{0,2}}\d{{4}}|(?P<dot>[.·])\d{{4}}(?P=dot)\d{{4}}|"
    rf"\d\d[ -]\d{{6}}(?=\(?(?:手机|电话|微信))){_ENDS}{_UNIT}",
    re.I,
)
# Where a word says that a telephone follows, any grouping will do.
_SAID_MOBILE: Final = re.compile(
    r"(?:电 {0,2}话|手 {0,2}机|联系方式|致电|拨打?|呼叫|微信号?|(?<![a-z])(?:tel|phone|mobile|mob))(?:号码?)?[ :是为.\"“(*_]{0,4}"
    rf"(?P<number>{_COUNTRY}0?1[ .·-]{{0,2}}[3-9](?:[ .·-]{{0,2}}\d){{9}})(?!\d)",
    re.I,
)
_LANDLINE: Final = re.compile(
    rf"{_ALONE}(?:(?P<country>(?:\+|00)86[ -]{{0,2}}))?(?P<area>\((?:010|02\d|0[3-9]\d\d)\)|(?:010|02\d|0[3-9]\d\d)|"
    r"(?(country)(?:10|2\d|[3-9]\d\d)(?=[ -])|(?!)))(?P<gap>[ -]{0,2})"
    r"(?P<number>[2-9]\d{2,3}[ -]?\d{4})(?:(?:-|转)\d{1,5})?(?![0-9A-Za-z_]|\.\d)" + _UNIT,
    re.I,
)
_SAID_LANDLINE: Final = re.compile(
    r"(?:电 {0,2}话|座机|固话|传 {0,2}真|(?<![a-z])(?:tel|phone|fax))(?:号码?)?[ :是为]{0,4}(?P<number>[2-9]\d{2,3}[ -]?\d{4}(?:(?:-|转)\d{1,5})?)"
    rf"(?![0-9A-Za-z_]|\.\d|-\d){_UNIT}",
    re.I,
)
_NEXT_LANDLINE: Final = re.compile(r" ?[/、] ?(?P<number>[2-9]\d{6,7})(?![0-9A-Za-z_]|\.\d|-\d)" + _UNIT)
_IDENTITY: Final = re.compile(
    rf"{_ALONE}[1-9]\d{{5}}[ -]?(?:19|20)\d{{6}}[ -]?\d{{3}}[\dXx](?![0-9A-Za-z]|_\d|\.\d)", re.I
)
_OLD_IDENTITY: Final = re.compile(rf"{_ALONE}[1-9]\d{{14}}{_ENDS}")
_CARD: Final = re.compile(
    rf"{_ALONE}(?:\d{{16,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){_ENDS}{_UNIT}"
)
_EMAIL: Final = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z][0-9A-Za-z._%+-]*@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}(?![0-9A-Za-z])"
)
_PLATE: Final = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][· -]?"
    r"(?:[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]|(?=(?:[A-Z]*\d){3})[A-HJ-NP-Z0-9]{5})(?![0-9A-Za-z-])"
)

# What stands directly in front says what a number is.
_CODE_BEFORE: Final = re.compile(
    r"(?:编号|编码|代码|单号|订单|合同号?|凭证号?|流水号?|批次|文号|序列号|发票号?码?|图号|[民刑行执][初终再申保恢])[:是为\" “]*$"
)
_PHONE_BEFORE: Final = re.compile(
    r"(?:电 {0,2}话|热线|传 {0,2}真|座机|固话|号码|联系方式|tel|phone|fax)[:是为\" “]*$", re.I
)
_ACCOUNT_BEFORE: Final = re.compile(r"(?:账 {0,2}号|帐 {0,2}号|账户|帐户|开户)[^。;\n]{0,12}$")
_CARD_BEFORE: Final = re.compile(r"(?:卡号|银行卡|一卡通|存折)[^。;\n]{0,12}$")
_ID_BEFORE: Final = re.compile(r"身份证[^。;\n\d]{0,8}$")
_CREDIT_BEFORE: Final = re.compile(r"信用代码[^。;\n]{0,6}$")

_WORTH_A_LOOK: Final = re.compile(r"\d(?:\D*\d){2}|[@＠]")


def personal_data(text: str, strict: bool = False) -> list[Hit]:
    """Give the personal data in a text, in its order; what is part of a longer hit is not given again.

    ``strict`` takes every bare figure that has the digits of a mobile number for one, round amounts (15600000000)
    included: before publication that is asked back.

    >>> [(hit.kind, hit.name) for hit in personal_data("联系人：张三　１３８－００００－１１１１；监督电话 12345")]
    [('mobile', '张三')]
    """
    if not _WORTH_A_LOOK.search(text):
        return []
    made = plain(text)
    searched = _WEB.sub(_without_numbers, made.text)
    taken = bytearray(len(searched))
    hits: list[Hit] = []
    for kind, start, end, certain in _found(searched, strict):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            name = name_beside(searched, start, end)
            span = made.span(start, end)
            hits.append(Hit(kind, text[slice(*span)], span, name, certain or name is not None))
    return sorted(hits, key=lambda hit: hit.span)


def masked(text: str) -> str:
    """Give the text with every piece of personal data in its masked form.

    >>> masked("张三（13800001111）已付款")
    '张*（138****1111）已付款'
    """
    for hit in reversed(personal_data(text)):
        start, end = hit.span
        text = text[:start] + _MASKS[hit.kind](hit.text) + text[end:]
        if hit.name:
            text = text.replace(hit.name, hit.name[0] + "*" * (len(hit.name) - 1))
    return text


def _without_numbers(address: re.Match[str]) -> str:
    kept = [" "] * len(address[0])
    for said in _SAID_IN_WEB.finditer(address[0]):
        kept[slice(*said.span(1))] = said[1]
    return "".join(kept)


def _found(text: str, strict: bool) -> Iterator[tuple[Kind, int, int, bool]]:
    """Give candidates in plain characters, the surest kinds first: (kind, start, end, certain)."""
    for found in _EMAIL.finditer(text):
        yield "email", *found.span(), bool(_MOBILE.match(found[0].partition("@")[0]))
    for found in _IDENTITY.finditer(text):
        if is_identity(_digits(found[0])) and not _CREDIT_BEFORE.search(_before(text, found)):
            yield "identity", *found.span(), True
    for found in _OLD_IDENTITY.finditer(text):
        if _ID_BEFORE.search(_before(text, found)) and is_date(f"19{found[0][6:12]}"):
            yield "identity", *found.span(), True
    for found in _CARD.finditer(text):
        if (certain := _card(found[0], _before(text, found))) is not None:
            yield "bank_card", *found.span(), certain
    for found in _SAID_MOBILE.finditer(text):
        yield "mobile", *found.span("number"), True
    for found in _MOBILE.finditer(text):
        if not _CODE_BEFORE.search(_before(text, found)) and (strict or not _is_figures(found[0])):
            yield "mobile", *found.span(), True
    yield from _landlines(text)
    for found in _PLATE.finditer(text):
        yield "plate", *found.span(), False


def _before(text: str, found: re.Match[str]) -> str:
    """Give the words in front of a candidate, as far as they can say what it is."""
    return text[max(0, found.start() - 30) : found.start()]


def _card(written: str, before: str) -> bool | None:
    """Tell whether digits are surely (True) or perhaps (False) somebody's card or account; None: neither.

    One number in ten passes the check digit by chance, so a code of a province (43…, 51…) needs a word beside it.
    """
    number = _digits(written)
    if not passes_luhn(number) or len(set(number)) == 1:
        return None
    if _CARD_BEFORE.search(before):
        return True
    if _CODE_BEFORE.search(before):
        return None
    if number.startswith("62"):
        return True
    likely = number[0] in "45" and len(number) == 16 and written == number
    return False if likely or _ACCOUNT_BEFORE.search(before) else None


def _is_figures(written: str) -> bool:
    """Tell a round amount, or a figure beside two years (150 2020 2021), from a mobile number."""
    parts = re.split(r" +", written)
    years = len(parts) == 3 and all(re.fullmatch(r"(?:19|20)\d\d", part) for part in parts[1:])
    return years or written.endswith("000000")


def _landlines(text: str) -> Iterator[tuple[Kind, int, int, bool]]:
    for found in _LANDLINE.finditer(text):
        if _is_landline(found, _before(text, found)):
            yield "landline", *found.span(), False
            end = found.end()
            while more := _NEXT_LANDLINE.match(text, end):
                yield "landline", *more.span("number"), False
                end = more.end()
    for found in _SAID_LANDLINE.finditer(text):
        number = _digits(found["number"])
        if not (len(number) == 8 and number.startswith("20") and is_date(number)) and not number.endswith(
            "0000"
        ):
            yield "landline", *found.span("number"), False


def _is_landline(found: re.Match[str], before: str) -> bool:
    spoken = bool(_PHONE_BEFORE.search(before))
    if _CODE_BEFORE.search(before) and not spoken:
        return False
    number = _digits(found["number"])
    if not found["gap"] and not found["area"].endswith(")"):
        return spoken  # 07436212345 without a word may be any code
    return spoken or not (len(number) == 8 and number.startswith("20") and is_date(number))
