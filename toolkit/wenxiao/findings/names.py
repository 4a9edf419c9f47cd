"""Names of persons, as far as they can be told: a surname and one or two characters right beside a number."""

import re
from typing import Final

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
    r"联系人|负责人|经办人|填表人|填报人|审核人|责任人|持卡人|姓名|户名|户主|户|村民|代表|组长|主任|局长|科长|股长|站长|校长|"
    r"院长|所长|镇长|乡长|县长|书记|经理|会计|出纳|同志|司机|驾驶员"
)
_TITLE: Final = r"同志|先生|女士|老师|主任|局长|科长|股长|站长|校长|书记|经理"
_WHAT: Final = (
    r"(?:的?(?:联系|办公|移动)?(?:电话|手机|方式|号码|邮箱|座机|微信|账号|帐号|账户|卡号|银行卡|一卡通|身份证|车牌|tel|phone|e-?mail)"
    r"(?:号码?)?)?"
)
_BEFORE: Final = re.compile(
    rf"(?:^|[^一-鿿]|{_ROLE})(?P<name>{_NAME})(?:{_TITLE})? *[(,、:/]? *{_WHAT} *[:为是]? *$", re.I
)
_AFTER: Final = re.compile(
    rf" *(?:\( *(?P<name>{_NAME}) *\)|[,;]? *(?:户名|姓名|联系人):? *(?P<said>{_NAME})(?![一-鿿]))"
)

# 林业局, 项目办 and 文化馆 begin like names; so do the words of offices and forms.
_NO_NAME: Final = re.compile(
    r"[局办部厅委所站馆院校室科股处组会区县市省镇乡村社司队园店厂网行线]$|项目|中心|热线|监督|咨询|传真|服务|举报|投诉|"
    r"单位|公司|街道|金额|时间|任务|方式|电话|联系|手机|号码|邮箱|地址|[一二三四五六日天]至|"
    r"^(?:应急|林业|农业|农村|农技|农机|文化|文旅|文广|文体|金融|安全|安监|安防|司法|路政|路灯|房管|房产|房屋|党[委政建群员]|"
    r"全[县国市省区乡镇村体年]|平台|方案|成本|高速|高新|古城|古镇|白天|车辆|车牌|车管|用车|明细|和谐|项下|关于|任意|"
    r"成员|成品|成果|温馨|常规|常年|单独|管理|管护|向上|时限|华东|华南|江西|江苏|南方|连锁|连续|解决|解释|包括|原因|原件|商务|"
    r"商业|宗教|宗旨|纪检|纪委|卫生|卫健|卫计|史志|费用|师资|燕尾|储备|边防|冷链|席位|班长|班级|楼上|查询|封面|路线|游客|"
    r"康复|施工|甘肃|宁夏|海关|关税|单价|单据|单一|左右|左侧|万元|方向|方面|石油|水利)"
)


def name_beside(plain: str, start: int, end: int) -> str | None:
    """Give the name right before or after the number at ``start`` to ``end`` of a text in plain characters, or None.

    >>> name_beside("张三（13800001111）".replace("（", "(").replace("）", ")"), 3, 14), name_beside("林业局 0743-6212345", 4, 16)
    ('张三', None)
    """
    before = _BEFORE.search(plain[max(0, start - 30) : start])
    found = before or _AFTER.match(plain, end)
    if not found:
        return None
    name = found["name"] or found["said"] if found is not before else found["name"]
    return None if _NO_NAME.search(name) else str(name)
