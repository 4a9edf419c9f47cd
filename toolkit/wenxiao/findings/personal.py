"""Personal data in a text: phones, ID numbers, bank cards, e-mail addresses, plates, and names beside them.

Knows no project and no report: any text can be searched, a field, a page or the properties of a document.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

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
    official car.
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


def _digits(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text.translate(_HALF_WIDTH))


def _ends(first: int, last: int, text: str) -> str:
    kept = _digits(text)
    return f"{kept[:first]}****{kept[-last:]}"


_MASKS: Final[dict[Kind, Callable[[str], str]]] = {
    "mobile": lambda text: _ends(3, 4, _digits(text)[-11:]),
    "landline": lambda text: _ends(3, 2, text),
    "identity": lambda text: _ends(2, 2, text),
    "bank_card": lambda text: _ends(2, 4, text),
    "email": lambda text: f"{text[0]}***@{text.translate(_HALF_WIDTH).partition('@')[2]}",
    "plate": lambda text: f"{text[:2]}****{text[-1]}",
}

# One character for one, so that spans stay those of the text as written: full-width forms, odd spaces and dashes.
_HALF_WIDTH: Final[dict[int, int]] = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys([0x3000, 0xA0, 0x200B, 0x2002, 0x2003, 0x2009, 0xFEFF, 0x09], 0x20)
    | dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x30FC], 0x2D)
)
# An address on the web carries numbers that are nobody's.
_WEB: Final = re.compile(r"(?:https?://|www\.)[!-~]+", re.I)

# A number of its own: no letters, digits or decimals joined to it, no code continued by a dash.
_ALONE: Final = r"(?:(?<![0-9A-Za-z_.])(?<![0-9A-Za-z]-)|(?<=tel)|(?<=phone))"
_ENDS: Final = r"(?![0-9A-Za-z_]|-[0-9A-Za-z]|\.\d)"
_UNIT: Final = (
    r"(?! ?(?:元|美元|万(?=[元吨人次亩户件个])|亿|吨|公斤|千克|公里|千米|米|平方|立方|千瓦|人次|亩|%))"
)
_MOBILE: Final = re.compile(
    rf"{_ALONE}(?:\(?(?:\+|00)?86\)?[ -]{{0,2}})?1[3-9]\d[ -]{{0,2}}\d{{4}}[ -]{{0,2}}\d{{4}}{_ENDS}{_UNIT}",
    re.I,
)
_LANDLINE: Final = re.compile(
    rf"{_ALONE}(?:(?:\+|00)86[ -]{{0,2}})?(?P<area>\((?:010|02\d|0[3-9]\d\d)\)|(?:010|02\d|0[3-9]\d\d))(?P<gap>[ -]{{0,2}})"
    r"(?P<number>[2-9]\d{2,3}[ -]?\d{4})(?:(?:-|转)\d{1,5})?(?![0-9A-Za-z_]|\.\d)" + _UNIT,
    re.I,
)
_IDENTITY: Final = re.compile(
    rf"{_ALONE}[1-9]\d{{5}}[ -]?(?:19|20)\d{{6}}[ -]?\d{{3}}[\dXx](?![0-9A-Za-z_]|\.\d)", re.I
)
_OLD_IDENTITY: Final = re.compile(rf"{_ALONE}[1-9]\d{{14}}{_ENDS}")
_CARD: Final = re.compile(
    rf"{_ALONE}(?:\d{{16,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){_ENDS}{_UNIT}"
)
_EMAIL: Final = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z][0-9A-Za-z._%+-]*@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}(?![0-9A-Za-z])"
)
_PLATE: Final = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·•・ -]?"
    r"(?:[A-HJK][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]|(?=(?:[A-Z]*\d){3})[A-HJ-NP-Z0-9]{5})(?![0-9A-Za-z-])"
)
_PROVINCES: Final = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    ]
)

# What stands directly in front says what a number is.
_CODE_BEFORE: Final = re.compile(
    r"(?:编号|编码|代码|单号|订单|合同号?|凭证号?|流水号?|批次|文号|序列号|发票号?码?)[:是为\" “]*$"
)
_PHONE_BEFORE: Final = re.compile(r"(?:电话|热线|传真|座机|号码|联系方式|tel|phone)[:是为\" “]*$", re.I)
_ACCOUNT_BEFORE: Final = re.compile(r"(?:账号|帐号|账户|帐户|开户)[^。;\n]{0,12}$")
_CARD_BEFORE: Final = re.compile(r"(?:卡号|银行卡|一卡通|存折)[^。;\n]{0,12}$")
_ID_BEFORE: Final = re.compile(r"身份证[^。;\n\d]{0,8}$")
_CREDIT_BEFORE: Final = re.compile(r"信用代码[^。;\n]{0,6}$")

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴"
    "蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮蔺楼冼粟卿"
)
_COMPOUND: Final = "欧阳|上官|皇甫|司马|诸葛|东方|尉迟|公孙|令狐|慕容|司徒|夏侯|端木"
_NAME: Final = rf"(?:(?:{_COMPOUND})[一-鿿]{{1,2}}?|[{_SURNAMES}][一-鿿]{{1,2}}?)"
_ROLE: Final = (
    r"联系人|负责人|经办人|填表人|填报人|审核人|责任人|姓名|户主|户|村民|代表|组长|主任|局长|科长|股长|站长|校长|"
    r"院长|所长|镇长|乡长|县长|书记|经理|会计|出纳|同志"
)
_NAME_BEFORE: Final = re.compile(
    rf"(?:^|[^一-鿿]|{_ROLE})(?P<name>{_NAME})(?:同志|先生|女士|老师|主任|局长|科长|股长|站长|校长|书记|经理)?"
    r" *[(,、:/]? *(?:的?(?:联系|办公|移动)?(?:电话|手机|方式|号码|邮箱|座机|tel|phone|e-?mail)(?:号码?)?)? *[:为是]? *$",
    re.I,
)
_NAME_AFTER: Final = re.compile(rf" *\( *(?P<name>{_NAME}) *\)")
# 林业局, 项目办 and 文化馆 begin like names.
_NO_NAME: Final = re.compile(
    r"[局办部厅委所站馆院校室科股处组会区县市省镇乡村社司队园店厂网行线]$|项目|中心|热线|监督|咨询|传真|服务|举报|投诉|"
    r"单位|公司|街道|金额|时间|任务|方式|电话|联系|手机|号码|邮箱|地址|[一二三四五六日天]至"
)


def personal_data(text: str) -> list[Hit]:
    """Give the personal data in a text, in its order; what is part of a longer hit is not given again.

    >>> [(hit.kind, hit.name) for hit in personal_data("联系人：张三　１３８－００００－１１１１；监督电话 12345")]
    [('mobile', '张三')]
    """
    plain = _WEB.sub(lambda found: " " * len(found[0]), text.translate(_HALF_WIDTH))
    taken: list[Hit] = []
    for kind, start, end, certain in _found(plain):
        if all(end <= hit.span[0] or start >= hit.span[1] for hit in taken):
            name = _name_beside(plain, start, end)
            sure = certain or (name is not None and kind in ("landline", "email"))
            taken.append(Hit(kind, text[start:end], (start, end), name, sure))
    return sorted(taken, key=lambda hit: hit.span)


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


def _found(plain: str) -> Iterator[tuple[Kind, int, int, bool]]:
    """Give candidates, the surest kinds first: (kind, start, end, certain)."""
    for found in _EMAIL.finditer(plain):
        yield "email", *found.span(), bool(_MOBILE.match(found[0].partition("@")[0]))
    for found in _IDENTITY.finditer(plain):
        if is_identity(_digits(found[0])) and not _CREDIT_BEFORE.search(_before(plain, found)):
            yield "identity", *found.span(), True
    for found in _OLD_IDENTITY.finditer(plain):
        if _ID_BEFORE.search(_before(plain, found)) and _is_date(f"19{found[0][6:12]}"):
            yield "identity", *found.span(), True
    for found in _CARD.finditer(plain):
        if (certain := _card(found[0], _before(plain, found))) is not None:
            yield "bank_card", *found.span(), certain
    for found in _MOBILE.finditer(plain):
        if not _CODE_BEFORE.search(_before(plain, found)) and not _is_figures(found[0]):
            yield "mobile", *found.span(), True
    for found in _LANDLINE.finditer(plain):
        if _is_landline(found, _before(plain, found)):
            yield "landline", *found.span(), False
    for found in _PLATE.finditer(plain):
        yield "plate", *found.span(), False


def _before(plain: str, found: re.Match[str]) -> str:
    """Give the words in front of a candidate, as far as they can say what it is."""
    return plain[max(0, found.start() - 30) : found.start()]


def is_identity(number: str) -> bool:
    """Tell whether 18 characters are an identity number: province, date of birth and check digit (GB 11643).

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    if int(number[:2]) not in _PROVINCES or not _is_date(number[6:14]):
        return False
    weighted = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(number[:17]))
    return "10X98765432"[weighted % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the check digit of a card number.

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(digit) * (2 if i % 2 else 1) for i, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


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


def _is_date(digits: str) -> bool:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _is_figures(written: str) -> bool:
    """Tell a round amount, or a figure beside two years (150 2020 2021), from a mobile number."""
    parts = re.split(r" +", written)
    years = len(parts) == 3 and all(re.fullmatch(r"(?:19|20)\d\d", part) for part in parts[1:])
    return years or written.endswith("000000")


def _is_landline(found: re.Match[str], before: str) -> bool:
    spoken = bool(_PHONE_BEFORE.search(before))
    if _CODE_BEFORE.search(before) and not spoken:
        return False
    number = _digits(found["number"])
    if not found["gap"] and not found["area"].endswith(")"):
        return spoken  # 07436212345 without a word may be any code
    return spoken or not (len(number) == 8 and number.startswith("20") and _is_date(number))


def _name_beside(plain: str, start: int, end: int) -> str | None:
    before = _NAME_BEFORE.search(plain[max(0, start - 30) : start])
    found = before or _NAME_AFTER.match(plain, end)
    return found["name"] if found and not _NO_NAME.search(found["name"]) else None
