"""Invented projects that look like a county's: params files for benchmarks and training courses.

Project ``i`` depends on seed, number, year and the version of this package, not on how many are made. Every random draw
comes from ``random.Random(f"{seed}:{i}")``; the draws for planted faults come last, so that a project with a fault is
the clean one in everything else. Printed scores are those of the scorer itself and can't drift from it.
"""

import datetime as dt
import errno
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from wenxiao.evaluation import Evaluation, Severity
from wenxiao.model import Project
from wenxiao.money import convert, exact, half_up, percent, places_of, show, total
from wenxiao.rubric import load_rubric
from wenxiao.scoring import score
from wenxiao.target import Bound, read
from wenxiao.words import CATEGORIES, GRADES, SUBCATEGORIES

Facts = dict[str, Any]
T = TypeVar("T")
FAULTY: Final = Decimal("0.12")
"""Share of projects with a planted fault, unless said otherwise."""
FIRST_YEAR: Final = 2019
"""The first year to which any of the scoring rubrics used here applies."""
YEAR: Final = 2024
"""评价年度, unless said otherwise: a fixed one, so that the bytes do not follow the clock."""

# --- what a county does ---------------------------------------------------------------------------------------------

# One block a type. Line 1: what | 主管部门 | 实施单位 | budget in 万元. 数量, 成本: name unit low-high. 效果: subcategory and name, then
# nothing (a rate), a word (qualitative), or unit and low-high. 内容: what the work consists of.
_TYPES: Final = """
通村道路硬化|交通运输局|公路建设养护中心|120-1800
数量 硬化道路里程 公里 3.0-38.0；新建错车道 处 4-60；新建涵洞 道 2-24
质量 工程验收合格率；路面厚度达标率
成本 路面硬化平均造价 万元/公里 38.0-66.0
效果 社会 受益人口 人 600-9000；经济 农产品外运车次 车次 200-3000；可持续 管护责任落实率；社会 改善群众出行条件 明显改善
服务对象 沿线群众；客货运经营户
内容 路基整平；混凝土浇筑；安全标线施划；排水边沟砌筑

高标准农田建设|农业农村局|农田建设服务中心|300-3600
数量 建成高标准农田面积 亩 800-12000；修建灌排渠道 公里 4.0-40.0；新修机耕道 公里 3.0-25.0
质量 田块平整合格率；工程验收合格率
成本 亩均投入 元/亩 1500-2400
效果 经济 粮食亩均增产 公斤 30-90；生态 节水灌溉面积 亩 300-6000；可持续 耕地质量长期保持 持续保持；社会 受益农户 户 300-4000
服务对象 受益农户；种粮大户
内容 田块平整；灌排渠道衬砌；机耕道修建；土壤培肥

中小学校舍维修|教育局|教育装备与后勤服务中心|60-900
数量 维修校舍面积 平方米 1200-18000；维修学校数量 所 3-28；更换门窗 樘 80-1600
质量 维修工程验收合格率；消防设施完好率
成本 校舍维修平均造价 元/平方米 260-680
效果 社会 受益学生 人 500-9000；社会 消除校舍隐患 全部消除；可持续 校舍安全年检制度执行率
服务对象 学生家长；教职工
内容 屋面防水；线路更换；门窗更换；外墙修补

义务教育学生营养改善|教育局|学生资助管理中心|150-2600
数量 享受营养膳食补助学生 人次 1500-26000；实施学校数量 所 6-60；食堂从业人员培训 期 2-8
质量 食品留样合格率；补助资金足额落实率
成本 生均每日补助标准 元/天 5-5
效果 社会 学生体质健康达标率；社会 减轻农村家庭负担 有效减轻；可持续 食堂财务公开覆盖率
服务对象 学生；学生家长
内容 食堂供餐；食材集中采购；食品检验；膳食营养监测

残疾人基本康复服务|残疾人联合会|残疾人康复中心|20-260
数量 残疾儿童康复救助 人 12-160；辅助器具适配 件 60-900；精神障碍患者服药补助 人 60-700
质量 康复服务档案完整率；辅助器具适配合格率
成本 人均康复救助标准 元/人 9000-18000
效果 社会 残疾人康复服务率；社会 改善残疾人生活质量 明显改善；可持续 康复对象随访覆盖率
服务对象 残疾人及其家属
内容 康复训练；辅助器具适配；入户评估；服药补助

小型水库除险加固|水利局|水库运行管理所|180-2800
数量 除险加固水库 座 1-9；坝体灌浆 米 300-5200；改造放水设施 处 2-18
质量 单元工程质量合格率；安全监测设施完好率
成本 坝体灌浆平均造价 元/米 320-780
效果 社会 保护下游人口 人 1200-26000；经济 恢复灌溉面积 亩 400-9000；生态 改善库区水环境 明显改善；可持续 巡查管护落实率
服务对象 下游群众
内容 坝体灌浆；溢洪道修复；放水涵改造；监测设施安装

应急视频会议系统建设|应急管理局|应急指挥保障中心|18-160
数量 接入会议终端 台 6-60；接入监控点位 处 10-240；操作培训 人次 20-260
质量 系统验收合格率；设备完好率
成本 会议终端平均单价 元/台 6800-21000
效果 社会 会议保障成功率；社会 提升应急指挥能力 明显提升；可持续 系统年度运维保障率
服务对象 使用单位
内容 终端接入；线路开通；平台联调；操作培训

村级文化广场改造|文化和旅游局|文化馆|30-420
数量 改造文化广场 个 4-40；安装健身器材 套 20-280；铺装场地面积 平方米 1600-22000
质量 竣工验收合格率；器材安装合格率
成本 场地铺装平均造价 元/平方米 85-190
效果 社会 年开展群众活动 场 30-360；社会 丰富群众文化生活 明显丰富；可持续 广场管护落实率
服务对象 群众；文艺队队员
内容 地面铺装；照明安装；器材安装；绿化补植

农村户用厕所改造|农业农村局|农村人居环境服务站|60-760
数量 改造户用厕所 户 200-3600；建设三格化粪池 座 200-3200；管护人员培训 人次 40-420
质量 改厕验收合格率；粪污无害化处理率
成本 户均改造补助 元/户 1200-2600
效果 生态 粪污资源化利用率；社会 农村卫生厕所普及率；可持续 建立长效管护机制 基本建立
服务对象 改厕农户
内容 化粪池安装；厕屋改造；管网接入；逐户验收

农作物重大病虫害防治|农业农村局|植保植检站|25-340
数量 统防统治面积 亩 5000-86000；设置监测点 个 6-48；发放防治技术资料 份 1500-26000
质量 病虫测报准确率；药剂抽检合格率
成本 亩均防治费用 元/亩 9-26
效果 经济 挽回粮食损失 吨 120-2600；生态 绿色防控覆盖率；可持续 农药减量使用 持续减量
服务对象 种植户
内容 虫情监测；药剂采购；统防作业；效果调查

农村养老服务设施|民政局|养老服务指导中心|50-680
数量 建设互助养老点 个 3-30；适老化改造 户 40-620；护理员培训 人次 30-360
质量 设施验收合格率；护理员持证上岗率
成本 户均适老化改造费用 元/户 2000-4200
效果 社会 服务老年人 人次 1500-32000；社会 改善老年人生活条件 明显改善；可持续 养老点正常运行率
服务对象 老年人；老年人家属
内容 场地改造；助餐设备添置；呼叫器安装；护理培训

劳动力就业技能培训|人力资源和社会保障局|就业服务中心|30-420
数量 培训人数 人 200-3200；举办培训班 期 6-70；组织招聘活动 场 4-40
质量 培训合格率；课程开出率
成本 人均培训补贴 元/人 800-2100
效果 社会 培训后就业率；经济 参训人员月均增收 元 200-900；可持续 跟踪回访覆盖率；社会 提高劳动者技能 明显提高
服务对象 参训学员；用工企业
内容 需求调查；课堂授课；实操训练；招聘对接

免疫规划疫苗接种|卫生健康局|疾病预防控制中心|40-520
数量 疫苗接种 剂次 6000-98000；规范化接种门诊 个 4-32；接种人员培训 人次 40-320
质量 冷链设备温度合格率；接种信息登记完整率
成本 每剂次接种服务费 元/剂次 12-28
效果 社会 适龄儿童建证率；社会 降低传染病发病风险 有效降低；可持续 接种门诊正常运行率
服务对象 儿童家长
内容 疫苗配送；冷链维护；查漏补种；接种宣传

农村饮水安全巩固提升|水利局|农村供水管理站|90-1300
数量 改造供水管网 公里 6.0-86.0；新建蓄水池 座 3-36；安装水表 块 300-5200
质量 水质检测合格率；管网试压合格率
成本 管网改造平均造价 万元/公里 6.0-17.0
效果 社会 受益人口 人 900-18000；社会 集中供水保证率；可持续 水费收缴制度执行率；社会 改善群众用水条件 明显改善
服务对象 用水户
内容 管网更换；蓄水池修建；消毒设备安装；水质化验

农村危房改造|住房和城乡建设局|村镇建设服务站|60-860
数量 改造危房 户 24-420；房屋安全鉴定 户 60-900；建筑工匠培训 人次 20-240
质量 改造房屋验收合格率；农户档案完整率
成本 户均补助标准 元/户 14000-26000
效果 社会 改造户入住率；社会 保障住房安全 有效保障；可持续 动态监测覆盖率
服务对象 改造农户
内容 房屋鉴定；主体加固；屋面翻修；逐户验收

造林绿化与森林抚育|林业局|国有林场|70-980
数量 人工造林面积 亩 400-9600；森林抚育面积 亩 800-16000；补植苗木 株 12000-260000
质量 造林成活率；苗木抽检合格率
成本 亩均造林补助 元/亩 300-800
效果 生态 新增水土保持面积 亩 300-8600；经济 带动劳务增收 万元 8.0-120.0；可持续 森林资源持续增长 持续增长；社会 吸纳务工 人次 60-1200
服务对象 林区群众
内容 整地挖穴；苗木栽植；割灌抚育；护林巡查

中小河流治理|水利局|河道管理所|220-2900
数量 治理河道长度 公里 2.0-24.0；新建护岸 米 800-16000；清淤土方 立方米 6000-160000
质量 护岸工程合格率；单元工程质量合格率
成本 护岸平均造价 元/米 900-2600
效果 社会 保护耕地面积 亩 500-12000；生态 水质达标断面比例；生态 改善河岸环境 明显改善；可持续 河长巡河到位率
服务对象 沿岸群众
内容 河道清淤；护岸砌筑；堤顶整治；岸坡植草

农村生活垃圾收运|城市管理局|环境卫生服务站|80-960
数量 清运生活垃圾 吨 1600-36000；添置收集容器 个 200-4200；保洁员培训 人次 60-640
质量 垃圾日产日清率；车辆完好率
成本 每吨清运费用 元/吨 88-190
效果 生态 无害化处理率；社会 村庄保洁覆盖率；可持续 保洁制度长期运行 稳定运行
服务对象 群众；驻镇单位
内容 容器更新；定点收集；压缩转运；日常保洁

背街小巷路灯亮化|城市管理局|路灯管理所|40-460
数量 安装路灯 盏 120-2400；敷设电缆 米 3000-62000；改造控制箱 台 6-70
质量 路灯安装合格率；亮灯率
成本 单灯平均造价 元/盏 1600-4200
效果 社会 受益居民 人 1500-28000；经济 年节约电量 千瓦时 2000-60000；社会 改善夜间出行环境 明显改善；可持续 故障限时修复率
服务对象 居民
内容 灯杆安装；电缆敷设；控制箱改造；通电调试

公共图书馆免费开放|文化和旅游局|图书馆|20-180
数量 采购图书 册 2000-26000；举办阅读活动 场 12-160；流动服务进村 次 20-240
质量 图书编目合格率；设备完好率
成本 每册图书平均价格 元/册 24-48
效果 社会 接待读者 人次 12000-240000；社会 提升公众阅读兴趣 明显提升；可持续 免费开放天数达标率
服务对象 读者
内容 图书采购；编目上架；阅读推广；流动服务

妇女“两癌”筛查|卫生健康局|妇幼保健院|30-320
数量 筛查人数 人 1200-22000；宣传讲座 场 6-80；医务人员培训 人次 30-260
质量 筛查信息录入完整率；检验标本合格率
成本 人均筛查费用 元/人 70-140
效果 社会 异常病例随访率；社会 提高群众健康意识 明显提高；可持续 筛查档案建档率
服务对象 受检妇女
内容 组织动员；集中筛查；标本检验；结果随访

森林防火能力提升|林业局|森林防火服务中心|40-520
数量 新建防火隔离带 公里 4.0-56.0；配备扑火装备 套 30-460；防火演练 次 2-16
质量 装备验收合格率；监控设备在线率
成本 隔离带平均造价 万元/公里 1.2-4.6
效果 生态 火险隐患整改率；社会 火情早期处置率；可持续 护林员到岗率；社会 增强群众防火意识 明显增强
服务对象 林区群众
内容 隔离带开设；装备配备；监控安装；队伍演练

农产品产地冷藏保鲜设施|农业农村局|农产品质量服务中心|60-880
数量 新增冷藏库容 立方米 1200-26000；建设主体数量 家 3-36；操作人员培训 人次 20-220
质量 设施验收合格率；温控设备合格率
成本 库容平均造价 元/立方米 380-760
效果 经济 产后损失降低 吨 60-1800；经济 带动产品销售 万元 60.0-960.0；社会 带动农户 户 80-1600；可持续 设施正常使用率
服务对象 建设主体；带动农户
内容 库体建设；制冷机组安装；温控调试；操作培训

法律援助与人民调解|司法局|法律援助中心|12-120
数量 办理法律援助案件 件 60-900；开展法治宣传 场 12-180；调解员培训 人次 40-520
质量 案件质量评查合格率；卷宗归档率
成本 件均办案补贴 元/件 800-2200
效果 社会 矛盾纠纷调解成功率；社会 提升群众法治意识 明显提升；可持续 村级法律顾问覆盖率
服务对象 受援人；当事人
内容 案件受理；指派承办；质量评查；法治宣传

地质灾害隐患点监测|自然资源局|地质环境监测站|30-420
数量 安装监测设备 套 10-180；排查隐患点 处 20-320；避险演练 次 4-60
质量 监测设备在线率；排查档案完整率
成本 单套监测设备费用 元/套 3600-9800
效果 社会 受威胁群众避险知晓率；社会 提高灾害防范能力 明显提高；可持续 群测群防员到岗率
服务对象 隐患点周边群众
内容 设备安装；隐患排查；数据接入；避险演练
"""
_EFFECTS: Final = {"经济": "economic", "社会": "social", "生态": "ecological", "可持续": "sustainability"}


@dataclass(frozen=True)
class Measure:
    """What can be measured: its name, its unit (``%`` for a rate), and the usual span; ``word`` where it is qualitative."""

    name: str
    unit: str = "%"
    low: Decimal = Decimal(85)
    high: Decimal = Decimal(100)
    places: int = 0
    word: str = ""


@dataclass(frozen=True)
class ProjectType:
    """One line of a county's work, with what fits it."""

    name: str
    department: str
    unit: str
    budget: tuple[int, int]
    quantities: tuple[Measure, ...]
    qualities: tuple[Measure, ...]
    cost: Measure
    effects: tuple[tuple[str, Measure], ...]
    served: tuple[str, ...]
    contents: tuple[str, ...]


@cache
def project_types() -> tuple[ProjectType, ...]:
    """Give the types of project that samples are made of, in a fixed order.

    >>> len(project_types()) >= 20, project_types()[0].name
    (True, '通村道路硬化')
    """
    return tuple(_project_type(block) for block in _TYPES.strip().split("\n\n"))


def _project_type(block: str) -> ProjectType:
    first, *lines = block.splitlines()
    name, department, unit, budget = first.split("|")
    rows = {key: rest.split("；") for key, rest in (line.split(" ", 1) for line in lines)}
    low, high = map(int, budget.split("-"))
    effects = (row.split(" ", 1) for row in rows["效果"])
    return ProjectType(
        name, department, unit, (low, high), tuple(map(_measure, rows["数量"])), tuple(map(_measure, rows["质量"])),
        _measure(rows["成本"][0]), tuple((_EFFECTS[kind], _measure(text)) for kind, text in effects),
        tuple(rows["服务对象"]), tuple(rows["内容"]),
    )  # fmt: skip


def _measure(text: str) -> Measure:
    name, *rest = text.split(" ")
    if not rest:
        return Measure(name)
    if len(rest) == 1:
        return Measure(name, "", word=rest[0])
    low, high = rest[1].split("-")
    return Measure(name, rest[0], Decimal(low), Decimal(high), len(low.partition(".")[2]))


# --- names, plainly invented ------------------------------------------------------------------------------------------

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_COUNTIES: Final = tuple(_STEMS[i % 10] + _BRANCHES[i % 12] + "县" for i in range(60))
_FRONT, _BACK = (
    "青柳云石松桐竹梅杏桃枫栗荷莲芦苇麦谷泉露霞岚岩砂玉银铜锦绢丹",
    "溪岭坪塘桥湾坡垭岗冲沟洲滩洞井台坝庄店铺",
)


def _place(draw: random.Random) -> str:
    return draw.choice(_FRONT) + draw.choice(_BACK)


def _towns(draw: random.Random) -> Iterator[str]:
    """Give town after town, none twice."""
    seen: set[str] = set()
    while True:
        name = _place(draw)
        if name not in seen:
            seen.add(name)
            yield name + draw.choice(("镇", "乡"))


# --- numbers ----------------------------------------------------------------------------------------------------------


def _between(draw: random.Random, low: Decimal, high: Decimal, places: int = 0) -> Decimal:
    """Draw a number of ``places`` decimals from ``low`` to ``high``."""
    step = Decimal(1).scaleb(-places)
    return low + step * draw.randint(0, int((high - low) / step))


def _share(draw: random.Random, low: int, high: int) -> Decimal:
    """Draw a share between ``low`` and ``high`` thousandths."""
    return Decimal(draw.randint(low, high)) / 1000


def _split(draw: random.Random, whole: int, parts: int) -> list[int]:
    """Split points over indicators: whole numbers, none less than 2, none more than twice another's draw."""
    weights = [draw.randint(3, 5) for _ in range(parts)]
    points = [max(2, whole * weight // sum(weights)) for weight in weights]
    for i in range(whole - sum(points)):
        points[i % parts] += 1
    return points


# --- rubrics ----------------------------------------------------------------------------------------------------------

_RUBRICS: Final[dict[str, tuple[int, int, dict[str, int]]]] = {
    # rubric: (weight of the draw, first year, points by category)
    "mof-2020": (68, 2019, {"output": 50, "outcome": 30, "satisfaction": 10}),
    "mof-2021-cost": (9, 2021, {"cost": 20, "output": 40, "outcome": 20, "satisfaction": 10}),
    "mof-2021": (6, 2021, {"output": 50, "outcome": 30, "satisfaction": 10}),
    "sichuan-10-90": (6, 2022, {"output": 45, "outcome": 30, "satisfaction": 15}),
    "hubei-20-80": (6, 2019, {"output": 40, "outcome": 30, "satisfaction": 10}),
    "county-no-scores": (5, 2019, {"output": 0, "outcome": 0, "satisfaction": 0}),
}


def _rubric(draw: random.Random, year: int) -> str:
    known = [name for name, (_, since, _) in _RUBRICS.items() if since <= year]
    if not known:
        raise ValueError(f"no rubric for {year}: samples begin with {FIRST_YEAR}")
    return draw.choices(known, [_RUBRICS[name][0] for name in known])[0]


# --- indicators -------------------------------------------------------------------------------------------------------

_CAUSES: Final = {
    "quantity": (
        ("{town}标段因征地协调推迟开工，年内未全部完成。", "与{town}共同倒排工期，次年第一季度完成剩余部分。"),
        ("汛期持续降雨，{town}的作业时间被压缩。", "把主要工序安排在雨季之前，并备用作业队伍。"),
        ("部分对象外出，{town}实际参加的少于摸底数。", "摸底时核实在家情况，并增加一次补办。"),
        ("首次招标流标，{town}片区进场晚于计划。", "提前编制采购文件，上年末完成采购准备。"),
    ),
    "rate": (
        ("{town}有个别点位首次抽查不合格，整改后未重新计入。", "复查合格后归档，次年增加过程抽查。"),
        ("{town}的资料报送不齐，统计口径内未能全部确认。", "明确资料清单和报送时限，由专人催收。"),
    ),
    "cost": (
        ("{town}运距较远，材料价格高于预算编制时的水平。", "次年编制预算时按实际运距测算。"),
        ("施工期间砂石价格上涨，{town}片区单价超出计划。", "采用批量采购锁定单价。"),
    ),
    "late": (
        ("{town}最后一批验收因天气顺延。", "验收安排在主要工序完成后十日内进行。"),
        ("设备到货晚，{town}的安装调试随之顺延。", "合同中写明到货时限和违约责任。"),
    ),
    "judged": (
        ("{town}尚有少数点位效果不明显。", "逐点分析原因，纳入次年管护计划。"),
        ("实施时间较短，{town}的效果还没有完全显现。", "次年继续跟踪，补充评价材料。"),
    ),
    "above": (
        ("{town}自筹劳力投入，实际完成超过年初计划。", "次年按实际能力提高指标值。"),
        ("年中追加了{town}的任务，指标值没有相应调整。", "任务调整时同步办理指标调整。"),
    ),
    "satisfaction": (
        ("{town}受访者反映告知不够及时。", "办理进度按月公示，并增设咨询点。"),
        ("{town}部分受访者希望扩大范围。", "次年按需求排序安排任务。"),
    ),
}  # fmt: skip


def _explained(row: Facts, kind: str, draw: random.Random, towns: Iterator[str]) -> Facts:
    cause, action = draw.choice(_CAUSES[kind])
    return row | {
        "deviation_cause": cause.format(town=next(towns)),
        "corrective_action": action.format(town=next(towns)),
    }


def _row(category: str, subcategory: str, name: str, target: str, actual: str) -> Facts:
    return {
        "category": category,
        "subcategory": subcategory,
        "name": name,
        "target": target,
        "actual": actual,
    }


_AT_LEAST: Final = ("≥", "≥", "≥", "=", "", "不少于")


def _counted(
    category: str, subcategory: str, one: Measure, draw: random.Random, towns: Iterator[str]
) -> Facts:
    """Give an indicator with a number: mostly met, sometimes short or far above, then with cause and measure."""
    wanted = _between(draw, one.low, one.high, one.places)
    if wanted > 200:  # nobody plans 3,217 persons
        wanted = (wanted / 10).quantize(Decimal(1)) * 10
    luck, part = draw.random(), _share(draw, 820, 985)
    more, far = 1 + _share(draw, 0, 110), 1 + _share(draw, 260, 560)
    factor = part if luck < 0.12 else far if luck > 0.96 else Decimal(1) if luck > 0.6 else more
    done = half_up(wanted * factor, one.places)
    sign = draw.choice(_AT_LEAST)
    row = _row(category, subcategory, one.name, f"{sign}{show(wanted)}{one.unit}", f"{show(done)}{one.unit}")
    if done < wanted:
        return _explained(row, "quantity", draw, towns)
    return _explained(row, "above", draw, towns) if done * 5 > wanted * 6 else row


def _rated(category: str, subcategory: str, one: Measure, draw: random.Random, towns: Iterator[str]) -> Facts:
    """Give an indicator whose target is a rate of a whole."""
    asked = category == "satisfaction"
    wanted = Decimal(draw.choice((90, 90, 90, 92, 95) if asked else (90, 95, 95, 98, 100, 100)))
    short = draw.random() < 0.1
    # Below 90 % for the satisfied, or the rubrics that score by interval would take nothing off.
    top, bottom = (min(wanted, Decimal(90)) if asked else wanted), Decimal("0.4")
    done = top - _between(draw, bottom, Decimal(6), 1) if short else _between(draw, wanted, Decimal(100), 1)
    sign = draw.choice(("=", "=", "")) if wanted == 100 else "≥"
    row = _row(category, subcategory, one.name, f"{sign}{show(wanted)}%", f"{show(done)}%")
    return _explained(row, "satisfaction" if asked else "rate", draw, towns) if short else row


def _judged(
    category: str, subcategory: str, one: Measure, draw: random.Random, towns: Iterator[str]
) -> Facts:
    """Give a qualitative indicator with level and share; evidence is named for some only."""
    luck = draw.random()
    level, low, high = (
        ("达成", 80, 100) if luck < 0.86 else ("部分达成", 62, 79) if luck < 0.98 else ("未达成", 30, 48)
    )
    share = 100 if level == "达成" and draw.random() < 0.6 else draw.randint(low, high)
    actual = {"达成": one.word, "部分达成": f"部分{one.word}", "未达成": f"尚未{one.word}"}[level]
    row = _row(category, subcategory, one.name, one.word, actual) | {"level": level, "share": f"{share}%"}
    if draw.random() < 0.4:
        row["evidence"] = [
            {"title": draw.choice(("现场核查记录", "问卷调查汇总表", "前后对比照片", "部门统计台账"))}
        ]
    return row if share == 100 else _explained(row, "judged", draw, towns)


def _effect(kind: str, one: Measure, draw: random.Random, towns: Iterator[str]) -> Facts:
    make = _judged if one.word else _rated if one.unit == "%" else _counted
    return make("outcome", kind, one, draw, towns)


def _missed(row: Facts, draw: random.Random, towns: Iterator[str]) -> Facts:
    """Give an indicator of a project that went badly: most targets of "at least" are missed by far."""
    target = read(row["target"])
    if draw.random() < 0.3 or not isinstance(target, Bound) or target.lower_is_better:
        return row
    number = target.quantity.number
    done = half_up(number * _share(draw, 350, 880), min(1, places_of(number)))
    kind = (
        row["subcategory"]
        if row["subcategory"] in _CAUSES
        else "rate"
        if target.quantity.unit == "%"
        else "quantity"
    )
    return _explained(row | {"actual": f"{show(done)}{target.quantity.unit}"}, kind, draw, towns)


def _deadline(year: int, draw: random.Random, towns: Iterator[str]) -> Facts:
    """Give a deadline; one missed earns nothing, because no rule says what a late day costs."""
    month = draw.randint(9, 11)
    name = draw.choice(("完成建设任务时间", "项目完工时间", "任务完成时间", "竣工验收时间"))
    target = draw.choice((f"{year}年{month}月底前", f"{month}月底前", f"{year}年{month}月30日前"))
    late = draw.random() < 0.05
    actual = (
        f"{year}年12月{draw.randint(1, 24)}日"
        if late
        else f"{year}年{draw.randint(7, month)}月{draw.randint(1, 28)}日"
    )
    row = _row("output", "timeliness", name, target, actual)
    return _explained(row | {"method": "all_or_nothing"}, "late", draw, towns) if late else row


def _priced(category: str, one: Measure, draw: random.Random, towns: Iterator[str]) -> Facts:
    """Give a unit cost: at most so much."""
    limit = _between(draw, one.low, one.high, one.places)
    over = draw.random() < 0.06
    factor = 1 + _share(draw, 15, 90) if over else _share(draw, 900, 1000)
    spent = half_up(limit * factor, max(one.places, 1))
    row = _row(category, "cost", one.name, f"≤{show(limit)}{one.unit}", f"{show(spent)}{one.unit}")
    return _explained(row, "cost", draw, towns) if spent > limit else row


def _whole_cost(category: str, budget: Facts) -> Facts:
    """Give the project's whole cost: what was spent against what was planned."""
    amounts, unit = _sums(budget), budget["amount_unit"]
    return _row(
        category,
        "cost",
        "项目总成本",
        f"≤{show(amounts['adjusted'])}{unit}",
        f"{show(amounts['outturn'])}{unit}",
    )


def _indicators(
    kind: ProjectType, rubric: str, year: int, budget: Facts, draw: random.Random, towns: Iterator[str]
) -> list[Facts]:
    points = _RUBRICS[rubric][2]
    groups: dict[str, list[Facts]] = {}
    quantities = _some(draw, kind.quantities, 2)
    output = [_counted("output", "quantity", one, draw, towns) for one in quantities]
    output += [_rated("output", "quality", one, draw, towns) for one in _some(draw, kind.qualities, 1)]
    output.append(_deadline(year, draw, towns))
    if draw.random() < 0.4:
        output.append(
            _rated(
                "output", "timeliness", Measure(draw.choice(("任务按期完成率", "完工及时率"))), draw, towns
            )
        )
    if "cost" in points:
        groups["cost"] = [_whole_cost("cost", budget), _priced("cost", kind.cost, draw, towns)]
    elif draw.random() < 0.7:
        output.append(
            _priced("output", kind.cost, draw, towns)
            if draw.random() < 0.7
            else _whole_cost("output", budget)
        )
    groups["output"] = output
    groups["outcome"] = [_effect(sub, one, draw, towns) for sub, one in _some(draw, kind.effects, 2)]
    asked = _some(draw, kind.served, 1)
    groups["satisfaction"] = [
        _rated("satisfaction", "satisfaction", Measure(f"{who}满意度"), draw, towns) for who in asked
    ]
    return [row for name, rows in groups.items() for row in _with_points(rows, points[name], draw)]


def _some(draw: random.Random, choices: Sequence[T], least: int) -> list[T]:
    """Draw at least ``least`` of some choices, in their order."""
    count = draw.randint(min(least, len(choices)), len(choices))
    return [choices[i] for i in sorted(draw.sample(range(len(choices)), count))]


def _with_points(rows: list[Facts], whole: int, draw: random.Random) -> list[Facts]:
    if not whole:
        return rows
    points = _split(draw, whole, len(rows))
    return [row | {"points": Decimal(value)} for row, value in zip(rows, points, strict=True)]


# --- money ------------------------------------------------------------------------------------------------------------

_SOURCES: Final = (
    ("当年财政拨款",), ("当年财政拨款",), ("当年财政拨款", "上年结转资金"), ("当年财政拨款", "其他资金"),
    ("中央财政补助资金", "省级财政补助资金", "县级财政资金"), ("上级补助资金", "县级财政资金"),
    ("当年财政拨款", "上年结转资金", "其他资金"),
)  # fmt: skip
_UNDERSPENT: Final = (
    ("项目于{town}验收较晚，尾款按合同约定结转次年支付。", "提前组织验收和结算审核，次年第一季度支付尾款。"),
    ("{town}标段结算审计尚未完成，暂未支付进度款。", "督促审计机构按期出具报告，按结论支付。"),
    ("政府采购成交价低于预算，{town}部分结余已报财政收回。", "预算编制前做好市场询价，提高测算准确度。"),
    ("上级资金年底才下达，{town}的任务转入次年实施。", "做好项目储备，资金下达后即可开工。"),
)
LOW_EXECUTION: Final = Decimal("0.92")
"""Execution below this is explained; every rubric used here asks from 80 % or 90 % on."""


def _budget(kind: ProjectType, draw: random.Random, towns: Iterator[str]) -> Facts:
    """Give 项目资金: one to three sources, exact to the cent, in 万元 or 元."""
    unit: Literal["元", "万元"] = draw.choice(("万元", "万元", "万元", "元"))
    low, high = kind.budget
    whole = low + (high - low) * _share(draw, 0, 1000) ** 2  # most projects are small
    names = draw.choice(_SOURCES)
    luck = draw.random()
    spent = (
        Decimal(1) if luck < 0.3 else _share(draw, 925, 999) if luck < 0.86
        else _share(draw, 810, 919) if luck < 0.96 else _share(draw, 560, 790)
    )  # fmt: skip
    stated, weights = (
        draw.random() < 0.85,
        [draw.randint(1, 3) + (4 if i == 0 else 0) for i in range(len(names))],
    )
    sources = [
        _source(name, half_up(whole * weight / sum(weights), 2), spent, unit, stated, draw)
        for name, weight in zip(names, weights, strict=True)
    ]
    budget: Facts = {"amount_unit": unit, "sources": sources}
    sums = _sums(budget)
    if draw.random() < 0.6:
        budget["total"] = {key: value for key, value in sums.items() if value is not None}
    if draw.random() < 0.35:
        budget["received"] = sums["adjusted"]
    if sums["outturn"] < sums["adjusted"] * LOW_EXECUTION:
        cause, action = draw.choice(_UNDERSPENT)
        budget |= {"deviation_cause": cause.format(town=next(towns)), "corrective_action": action}
    return budget


def _source(
    name: str,
    adjusted: Decimal,
    spent: Decimal,
    unit: Literal["元", "万元"],
    stated: bool,
    draw: random.Random,
) -> Facts:
    """Give one source; ``adjusted`` is in 万元, ``spent`` the share that was paid out."""
    changed = draw.choice((Decimal(1), Decimal(1), _share(draw, 850, 1150)))
    original = adjusted if name == "上年结转资金" else half_up(adjusted * changed, 2)
    outturn = half_up(convert(adjusted, "万元", "元") * spent, 2)
    row: Facts = {"name": name}
    if stated:
        row["original"] = convert(original, "万元", unit)
    return row | {"adjusted": convert(adjusted, "万元", unit), "outturn": convert(outturn, "元", unit)}


def _sums(budget: Facts) -> dict[str, Any]:
    """Add up the sources; 年初预算数 is None where they do not state it."""
    sources = budget["sources"]
    stated = all("original" in source for source in sources)
    return {
        key: total(source[key] for source in sources) if key != "original" or stated else None
        for key in ("original", "adjusted", "outturn")
    }


# --- words ------------------------------------------------------------------------------------------------------------
# Each sentence carries names of its own ({a}…{d} are towns, {w} works, {p} a village), so that two projects that draw the
# same sentences still do not read alike.

_OVERVIEW: Final = (
    "{a}、{b}和{c}在上年调查中提出的需求最集中，{unit}据此编制实施方案，把{w}列为重点。",
    "根据{c}片区的现状评估，{a}、{b}先行实施{w}，{d}随后跟进。",
    "项目覆盖{a}、{b}、{c}等地，由{unit}负责实施，{d}配合现场协调，主要做{w}。",
    "为补上{a}与{b}的短板，本年度安排了{w}，并把{c}{p}村列为观察点。",
    "{d}{p}村的群众代表参加了方案讨论，最终确定在{a}、{b}开展{w}。",
    "前期论证走访了{a}、{c}和{d}，收集意见后把{w}的范围调整到{b}。",
)
_PROGRESS: Final = (
    "{m}月完成{b}的现场复核，{n}月起在{d}和{a}同步推进{v}。",
    "实施分为两批：第一批为{c}、{a}，第二批为{d}，{v}贯穿全过程。",
    "{v}先在{d}试行，{m}月总结后推广到{b}和{p}村。",
    "从{m}月开始，{a}每周报送进度，{c}、{d}的{v}由监理旁站。",
    "{b}因场地条件改变了{v}的次序，{c}与{p}村按原计划完成。",
    "采购在{m}月完成，{d}的{v}与{c}的收尾工作{n}月同时结束。",
)
_MONEY: Final = (
    "资金由{unit}专账核算，{a}与{d}的款项按验收单支付。",
    "支付申请经{b}核对工程量后报送，{c}的尾款单独列明。",
    "{d}的配套部分按季到账，{a}、{c}的支出凭证已归档。",
    "财政所在{c}抽查了凭证，{b}、{d}的支付手续齐全。",
    "各笔款项直接支付到合同单位，{b}片区与{p}村分别建账。",
)
_ORGANISATION: Final = (
    "{unit}成立自评小组，到{a}、{c}逐项核对验收资料，在{d}{p}村入户问询。",
    "自评采用查账、现场核查和问卷三种办法，{b}与{d}各抽取一个点，{p}村作为备选。",
    "先由{a}、{b}填报完成情况，再由{unit}复核，对{d}的数据做了两次比对。",
    "发放问卷{n}0份，分布在{c}、{d}和{p}村，由{a}派人回收并登记。",
    "小组{m}月到{d}查看现场，对照合同核实{v}，{b}的差异已更正。",
    "自评结果在{c}公示栏张贴，{a}、{p}村的反馈由{unit}逐条记录。",
    "数据取自{unit}台账，{b}、{c}的数字与{d}报表互相印证。",
)
_EXPERIENCE: Final = (
    "把{v}的验收标准张贴在{a}现场，{p}村群众可以对照监督。",
    "{b}实行先公示后开工，减少了协调时间。",
    "由{c}和{unit}每月会商一次，问题当场确定责任。",
    "在{d}选定样板点，其余各处按样板组织{v}。",
    "请{p}村熟悉情况的老人参与选点，返工明显减少。",
)
_PROBLEMS: Final = (
    "{a}的基础台账不够细，核对{v}时花费时间较多。",
    "{b}后续管护人手偏少，{p}村的巡查频次不足。",
    "{c}与{d}的进度不均衡，年底较为集中。",
    "指标值测算主要依据往年经验，对{d}的变化估计不足。",
    "问卷样本集中在{a}，{p}村的意见反映不充分。",
)
_SUGGESTIONS: Final = (
    "建议次年把{b}的管护经费列入预算，并明确{p}村的责任人。",
    "建议提前下达任务，让{c}有时间完成前期工作。",
    "建议把{v}的单价标准按{d}的实际运距重新测算。",
    "建议由{unit}统一{a}等地的台账格式。",
    "建议在年中对{c}的指标完成情况做一次监控。",
)


def _narrative(kind: ProjectType, unit: str, draw: random.Random, towns: Iterator[str]) -> Facts:
    def say(choices: Sequence[str]) -> str:
        names = dict(zip("abcd", towns, strict=False))
        works = draw.sample(kind.contents, 2)
        return draw.choice(choices).format(
            **names, unit=unit, w="和".join(works), v=works[0], p=_place(draw), m=draw.randint(2, 7), n=draw.randint(8, 11)
        )  # fmt: skip

    text = {
        "overview": "".join(map(say, (_OVERVIEW, _PROGRESS, _MONEY))),
        "organisation": "".join(
            map(say, draw.sample((_ORGANISATION[:3], _ORGANISATION[3:5], _ORGANISATION[5:]), 2))
        ),
        "experience": say(_EXPERIENCE),
        "problems": say(_PROBLEMS),
        "suggestions": say(_SUGGESTIONS),
    }
    left_out = draw.choice(("", "", "", "", "experience", "organisation"))
    return {key: words for key, words in text.items() if key != left_out}


def _objective(rows: Sequence[Facts]) -> Facts:
    """Give 年度总体目标 in the numbers of the first outputs."""
    counted = [row for row in rows if row["subcategory"] == "quantity"][:2]
    planned = "，".join(f"{row['name']}{row['target'].lstrip('≥=')}" for row in counted)
    actual = "，".join(f"{row['name']}{row['actual']}" for row in counted)
    return {"planned": f"年内{planned}。", "actual": f"实际{actual}。"}


# --- the whole --------------------------------------------------------------------------------------------------------


def _facts(number: int, year: int, draw: random.Random) -> Facts:
    """Give the facts of a project as it should be filled in, nothing printed yet."""
    kind = project_types()[draw.randrange(len(project_types()))]
    towns, rubric = _towns(draw), _rubric(draw, year)
    county = draw.choice(_COUNTIES)
    unit = f"{county}{kind.unit}"
    begun = dt.date(year, 1, 5) + dt.timedelta(draw.randint(0, 140))
    budget = _budget(kind, draw, towns)
    rows = _indicators(kind, rubric, year, budget, draw, towns)
    if draw.random() < 0.08:
        rows = [_missed(row, draw, towns) for row in rows]
    batch = draw.choice(("", "", "（第一批）", "（第二批）", "（续建）"))
    facts: Facts = {
        "schema": "wenxiao/1",
        "rubric": rubric,
        "project": {
            "name": f"{next(towns)}{kind.name}{batch}", "year": year, "region": f"某省示例市{county}",
            "department": f"{county}{kind.department}", "unit": unit,
            "started": begun, "completed": min(begun + dt.timedelta(draw.randint(90, 220)), dt.date(year, 12, 24)),
        },
        "budget": budget,
        "objectives": [_objective(rows)],
        "indicators": rows,
        "narrative": _narrative(kind, unit, draw, towns),
        "signed": {"unit": unit, "date": dt.date(year + 1, 2, 20) + dt.timedelta(draw.randint(0, 60))},
    }  # fmt: skip
    return _with_goals(facts, draw) if rubric == "hubei-20-80" else facts


def _with_goals(facts: Facts, draw: random.Random) -> Facts:
    """Let one or two objectives share the 80 points of Hubei's form."""
    rows, goal = facts["indicators"], facts["objectives"][0]
    if draw.random() < 0.5:
        return facts | {
            "objectives": [goal | {"points": 80}],
            "indicators": [row | {"goal": 1} for row in rows],
        }
    effect = next(row for row in rows if row["category"] == "outcome")
    second = {
        "points": 40,
        "planned": f"{effect['name']}：{effect['target']}。",
        "actual": f"{effect['name']}：{effect['actual']}。",
    }
    rows = [row | {"goal": 1 if row["category"] == "output" else 2} for row in rows]
    return facts | {"objectives": [goal | {"points": 40}, second], "indicators": rows}


def _evaluated(facts: Facts) -> Evaluation:
    return score(Project.model_validate(facts), load_rubric(facts["rubric"]))


def _with_claims(facts: Facts, evaluation: Evaluation, headings: bool) -> Facts:
    """Print what the unit's own document would say: rate, scores, total and grade, as the rubric gives them."""
    line, budget = evaluation.budget.total, facts["budget"]
    rate = percent(line.rate or Decimal(0))
    if not evaluation.rules.scored:
        return facts | {"budget": budget | {"printed": {"execution_rate": rate}}}
    scores = [result.score.value for result in evaluation.indicators]
    rows = [
        row if value is None else row | {"printed": {"score": show(value)}}
        for row, value in zip(facts["indicators"], scores, strict=True)
    ]
    printed: Facts = {}
    if evaluation.total is not None and evaluation.grade:
        printed = {"total": show(evaluation.total), "grade": GRADES[evaluation.grade]}
    if headings:
        printed["points"] = {"execution": show(evaluation.rules.execution_points or Decimal(0))} | _RUBRICS[
            facts["rubric"]
        ][2]
    claims = {"execution_rate": rate, "score": show(evaluation.budget.score.value or Decimal(0))}
    changed: Facts = {"budget": budget | {"printed": claims}, "indicators": rows}
    return facts | changed | ({"printed": printed} if printed else {})


# --- planted faults ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planted:
    """A fault put into a file on purpose: the finding's code, gravity and place, and what was changed."""

    code: str
    severity: Severity
    where: str
    change: str


@dataclass(frozen=True)
class Sample:
    """One project: its number, the name of its file without ending, the text of the file, and the faults in it."""

    number: int
    stem: str
    text: str
    planted: tuple[Planted, ...] = ()


Fault = Callable[[Facts, Evaluation], Planted | None]
"""Changes the facts in place where it fits, and tells what it did; None where it does not fit."""


def _first(facts: Facts, fits: Callable[[Facts], bool]) -> int | None:
    return next((i for i, row in enumerate(facts["indicators"]) if fits(row)), None)


def _outturn_above(facts: Facts, evaluation: Evaluation) -> Planted | None:
    source = facts["budget"]["sources"][0]
    source["outturn"] = source["adjusted"] + (source["adjusted"] / 20).quantize(Decimal(1)) + 1
    if "total" in facts["budget"]:
        facts["budget"]["total"]["outturn"] = _sums(facts["budget"])["outturn"]
    return Planted("B102", "error", "budget.sources[0]", "执行数改得大于全年预算数")


def _wrong_sum(facts: Facts, evaluation: Evaluation) -> Planted | None:
    budget = facts["budget"]
    if len(budget["sources"]) < 2:
        return None
    sums = {key: value for key, value in _sums(budget).items() if value is not None}
    budget["total"] = sums | {"adjusted": budget["sources"][0]["adjusted"]}
    return Planted("B103", "error", "budget.total.adjusted", "总额漏加了第一项以外的资金来源")


def _no_reason_for_low_execution(facts: Facts, evaluation: Evaluation) -> Planted | None:
    rate, threshold = evaluation.budget.total.rate, evaluation.rules.thresholds.execution_below
    if rate is None or threshold is None or rate >= threshold:
        return None
    for key in ("deviation_cause", "corrective_action"):
        facts["budget"].pop(key)
    return Planted("B105", "warning", "budget", "删去执行率偏低的原因和措施")


def _yuan_for_ten_thousand(facts: Facts, evaluation: Evaluation) -> Planted | None:
    budget, places = facts["budget"], Decimal("0.01")
    if budget["amount_unit"] == "元" or evaluation.budget.total.adjusted >= 900:
        return None
    budget["amount_unit"] = "元"
    rows = [*budget["sources"], *([budget["total"]] if "total" in budget else [])]
    for row in rows:  # 元 has two decimals only; rounded parts must still add up
        row |= {
            key: half_up(row[key], 2).quantize(places)
            for key in ("original", "adjusted", "outturn")
            if key in row
        }
    if "total" in budget:
        budget["total"] = {key: value for key, value in _sums(budget).items() if value is not None}
    return Planted("B106", "warning", "budget.amount_unit", "金额单位由万元改为元，数字未换算")


def _complete_on_a_fraction(facts: Facts, evaluation: Evaluation) -> Planted | None:
    met = [r.met for r in evaluation.indicators if r.indicator.category == "output" and r.met is not None]
    if len(met) < 2 or not all(met):
        return None
    budget = facts["budget"]
    for source in budget["sources"]:
        source["outturn"] = half_up(source["adjusted"] * Decimal("0.31"), 2)
    if "total" in budget:
        budget["total"]["outturn"] = _sums(budget)["outturn"]
    for key in ("deviation_cause", "corrective_action"):
        budget.pop(key, None)
    return Planted("B107", "warning", "budget", "执行数改为约三成，产出仍全部完成，没有原因")


def _points_of_110(facts: Facts, evaluation: Evaluation) -> Planted | None:
    if not evaluation.rules.scored:
        return None
    facts["indicators"][0]["points"] += 10
    return Planted("S201", "error", "indicators", "第一项指标的分值多写 10 分，合计 110 分")


def _no_reason_for_lost_points(facts: Facts, evaluation: Evaluation) -> Planted | None:
    for i, result in enumerate(evaluation.indicators):
        value, points = result.score.value, result.score.points
        if value is not None and points is not None and value < points:
            for key in ("deviation_cause", "corrective_action"):
                facts["indicators"][i].pop(key)
            return Planted("I303", "warning", f"indicators[{i}]", "删去扣分的原因和措施")
    return None


def _bound_repeated(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: row["target"].startswith("≥"))
    if at is None:
        return None
    facts["indicators"][at]["actual"] = facts["indicators"][at]["target"]
    return Planted("I304", "warning", f"indicators[{at}].actual", "实际完成值照抄指标值的界限")


def _money_as_timeliness(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: row["category"] == "output" and row["subcategory"] == "quality")
    if at is None:
        return None
    facts["indicators"][at] |= {"subcategory": "timeliness", "name": "项目资金拨付率"}
    return Planted("I307", "warning", f"indicators[{at}]", "用资金拨付率当作时效指标")


def _far_above(facts: Facts, evaluation: Evaluation) -> Planted | None:
    for i, result in enumerate(evaluation.indicators):
        row, target = facts["indicators"][i], result.target
        if row["subcategory"] == "quantity" and isinstance(target, Bound) and not target.lower_is_better:
            quantity = target.quantity
            row["actual"] = f"{show(half_up(quantity.number * Decimal('1.7') + 1, 0))}{quantity.unit}"
            for key in ("deviation_cause", "corrective_action"):
                row.pop(key, None)
            return Planted(
                "I309", "warning", f"indicators[{i}].actual", "完成值改为指标值的 1.7 倍以上，没有说明"
            )
    return None


def _judged_without_level(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: "level" in row)
    if at is None:
        return None
    row = facts["indicators"][at]
    for key in ("level", "share", "evidence"):
        row.pop(key, None)
    row["actual"] = row["target"]
    return Planted("I310", "warning", f"indicators[{at}].actual", "定性结果照抄指标值，删去档次和佐证")


def _scanned_bound(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: row["category"] == "satisfaction" and row["target"].startswith("≥"))
    if at is None:
        return None
    row = facts["indicators"][at]
    row["target"] = f"2{row['target'].removeprefix('≥')}"
    return Planted("I312", "warning", f"indicators[{at}].target", "指标值的“≥”写成“2”，像扫描识别的错误")


def _another_name(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: row["category"] == "satisfaction")
    assert at is not None
    facts["indicators"][at]["planned_as"] = "烈属及祭扫群众满意度"
    return Planted("I313", "error", f"indicators[{at}].planned_as", "目标表的指标名称来自别的项目")


def _month_31(facts: Facts, evaluation: Evaluation) -> Planted | None:
    facts["narrative"]["overview"] = "31月1日完成前期摸底。" + facts["narrative"]["overview"]
    return Planted("T401", "error", "narrative.overview", "写入不存在的日期 31月1日")


def _completed_before(facts: Facts, evaluation: Evaluation) -> Planted | None:
    about = facts["project"]
    for key, day in (
        ("started", dt.date(about["year"] - 2, 3, 6)),
        ("completed", dt.date(about["year"] - 2, 9, 28)),
    ):
        about[key] = day
    return Planted("T402", "warning", "project.completed", "项目起止日期提前两年")


def _prompt_left_in(facts: Facts, evaluation: Evaluation) -> Planted | None:
    prompt = "包括项目背景、主要内容及实施情况、资金投入和使用情况等。"
    facts["narrative"]["overview"] = prompt + facts["narrative"]["overview"]
    return Planted("T403", "warning", "narrative.overview", "留下参考提纲的填写提示")


def _unsigned(facts: Facts, evaluation: Evaluation) -> Planted | None:
    del facts["signed"]
    return Planted("T404", "note", "signed", "删去签署单位和日期")


def _nothing_said(facts: Facts, evaluation: Evaluation) -> Planted | None:
    facts["narrative"] |= {"experience": "无", "problems": "无", "suggestions": "无"}
    return Planted("T405", "warning", "narrative", "经验、问题、建议都写“无”")


def _rate_of_100(facts: Facts, evaluation: Evaluation) -> Planted | None:
    rate = evaluation.budget.total.rate
    if rate is None or rate > Decimal("0.99"):
        return None
    facts["budget"]["printed"]["execution_rate"] = "100%"
    return Planted("B101", "error", "budget.printed.execution_rate", "执行率写成 100%")


def _full_execution_score(facts: Facts, evaluation: Evaluation) -> Planted | None:
    value, points = evaluation.budget.score.value, evaluation.budget.score.points
    if value is None or points is None or points - value < Decimal("0.5"):
        return None
    facts["budget"]["printed"]["score"] = show(points)
    _reprint_total(facts)
    return Planted("B104", "error", "budget.printed.score", "执行率得分写成满分")


def _wrong_total(facts: Facts, evaluation: Evaluation) -> Planted | None:
    if evaluation.total is None or evaluation.total > 99:
        return None
    facts["printed"]["total"] = show(evaluation.total + Decimal("0.5"))
    return Planted("S202", "error", "printed.total", "总分多写 0.5 分")


def _unknown_grade(facts: Facts, evaluation: Evaluation) -> Planted | None:
    if evaluation.grade != "excellent":
        return None
    facts["printed"]["grade"] = "优秀"
    return Planted("S203", "warning", "printed.grade", "等级写成“优秀”")


def _score_above_points(facts: Facts, evaluation: Evaluation) -> Planted | None:
    at = _first(facts, lambda row: "printed" in row)
    if at is None:
        return None
    row = facts["indicators"][at]
    row["printed"]["score"] = show(row["points"] + 1)
    _reprint_total(facts)
    return Planted("I301", "error", f"indicators[{at}].printed.score", "得分写得比分值多 1 分")


def _full_marks_unmet(facts: Facts, evaluation: Evaluation) -> Planted | None:
    for i, result in enumerate(evaluation.indicators):
        value, points = result.score.value, result.score.points
        if result.met is False and value is not None and points is not None and value < points:
            facts["indicators"][i]["printed"]["score"] = show(points)
            _reprint_total(facts)
            return Planted("I302", "error", f"indicators[{i}].printed.score", "未完成的指标写成满分")
    return None


def _reprint_total(facts: Facts) -> None:
    """Let a printed total follow the printed scores, so that one planted fault is one fault."""
    if "total" in facts.get("printed", {}):
        scores = [
            facts["budget"]["printed"]["score"],
            *(row["printed"]["score"] for row in facts["indicators"]),
        ]
        facts["printed"]["total"] = show(total(map(Decimal, scores)))
        facts["printed"].pop("grade", None)


_IN_THE_FACTS: Final[tuple[Fault, ...]] = (
    _outturn_above, _wrong_sum, _no_reason_for_low_execution, _yuan_for_ten_thousand, _complete_on_a_fraction,
    _points_of_110, _no_reason_for_lost_points, _bound_repeated, _money_as_timeliness, _far_above, _judged_without_level,
    _scanned_bound, _another_name, _month_31, _completed_before, _prompt_left_in, _unsigned, _nothing_said,
)  # fmt: skip
"""Faults of what happened or was written: what the document prints follows from them."""
_IN_THE_CLAIMS: Final[tuple[Fault, ...]] = (
    _rate_of_100, _full_execution_score, _wrong_total, _unknown_grade, _score_above_points, _full_marks_unmet,
)  # fmt: skip
"""Faults of what the document prints."""


def sample_project(number: int, seed: str = "0", year: int = YEAR, faulty: Decimal = FAULTY) -> Sample:
    """Give project ``number`` (from 1) of a seed; ``faulty`` is the share of projects with one planted fault.

    >>> sample_project(7) == sample_project(7), sample_project(7).stem
    (True, 'p000007')
    """
    with exact():
        draw = random.Random(f"{seed}:{number}")
        facts = _facts(number, year, draw)
        printing, headings = draw.random() < 0.7, draw.random() < 0.3
        luck = _share(draw, 0, 999)
        faults = draw.sample((*_IN_THE_FACTS, *_IN_THE_CLAIMS), len(_IN_THE_FACTS) + len(_IN_THE_CLAIMS))
        planted: Planted | None = None
        if luck < faulty:
            facts, planted = _with_fault(facts, faults, printing, headings)
        elif printing:
            facts = _with_claims(facts, _evaluated(facts), headings)
    heading = f"示例数据（种子 {seed}，第 {number} 个）：地名、单位和数字均为虚构。"
    return Sample(number, f"p{number:06d}", written(facts, heading), (planted,) if planted else ())


def _with_fault(
    facts: Facts, faults: Sequence[Fault], printing: bool, headings: bool
) -> tuple[Facts, Planted]:
    """Plant the first fault that fits; some fit every project."""
    before = _evaluated(facts)
    for fault in faults:
        claims = fault in _IN_THE_CLAIMS
        if claims and before.rules.scored:
            told = _with_claims(facts, before, False)
            if planted := fault(told, before):
                return told, planted
        elif not claims and (planted := fault(facts, before)):
            return (
                _with_claims(facts, _evaluated(facts), headings and planted.code != "S201")
                if printing
                else facts
            ), planted
    raise LookupError("no fault fits")  # the dates and the narrative are there in every project


# --- as a params file -------------------------------------------------------------------------------------------------


def written(facts: Mapping[str, Any], heading: str) -> str:
    """Give a params file, laid out as people write it: a line an indicator, paragraphs as blocks."""
    lines = [f"# {heading}"]
    for key, value in facts.items():
        if key == "budget":
            lines += ["budget:", *_budget_lines(value)]
        elif key in ("indicators", "objectives"):
            lines += [f"{key}:", *(f"  - {_flow(_labelled(row))}" for row in value)]
        elif key == "narrative":
            lines += [
                "narrative:",
                *(line for name, text in value.items() for line in (f"  {name}: |", f"    {text}")),
            ]
        elif key == "project":
            lines += ["project:", *(f"  {name}: {_scalar(one)}" for name, one in value.items())]
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def _budget_lines(budget: Facts) -> Iterator[str]:
    for key, value in budget.items():
        if key == "sources":
            yield "  sources:"
            yield from (f"    - {_flow(row)}" for row in value)
        else:
            yield f"  {key}: {_scalar(value)}"


def _labelled(row: Facts) -> Facts:
    labels = {"category": CATEGORIES, "subcategory": SUBCATEGORIES}
    return {key: labels[key][value] if key in labels else value for key, value in row.items()}


def _flow(row: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in row.items()) + "}"


_PLAIN: Final = frozenset(
    {*CATEGORIES.values(), *SUBCATEGORIES.values(), *GRADES.values(), "wenxiao/1", "元", "万元", *_RUBRICS}
)


def _scalar(value: Any) -> str:
    """Write a value; texts stand in double quotes, except the words that schema and form know."""
    if isinstance(value, Mapping):
        return _flow(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    if isinstance(value, Decimal):
        return show(value)
    if isinstance(value, str):
        return value if value in _PLAIN else json.dumps(value, ensure_ascii=False)
    return str(value)


# --- many -------------------------------------------------------------------------------------------------------------


def samples(count: int, seed: str = "0", year: int = YEAR, faulty: Decimal = FAULTY) -> Iterator[Sample]:
    """Give the projects 1 to ``count``, one after another."""
    return (sample_project(number, seed, year, faulty) for number in range(1, count + 1))


def write_samples(
    out: Path, many: Iterator[Sample], year: int = YEAR, tell: Callable[[], object] = lambda: None
) -> dict[str, int]:
    """Write projects to ``out/<year>/<stem>.yaml`` and what was planted to ``out/faults.jsonl``; give the counts.

    A line of faults.jsonl is ``{"file", "code", "severity", "where", "change"}``, the file relative to ``out``. A fault
    may bring others with it (points of 110 leave no total); only what was planted is listed. ``tell`` hears each file.

    Raises:
        FileExistsError: ``out`` holds a year's folder or a faults.jsonl already; nothing is overwritten.
    """
    folder, listed = out / str(year), out / "faults.jsonl"
    for there in (folder, listed):
        if there.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(there))
    folder.mkdir(parents=True)
    counts = {"projects": 0, "faults": 0}
    with listed.open("x", encoding="utf-8", newline="\n") as log:
        for one in many:
            path = folder / f"{one.stem}.yaml"
            path.write_text(one.text, encoding="utf-8", newline="\n")
            for fault in one.planted:
                line = {"file": f"{year}/{path.name}", **asdict(fault)}
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
            counts["projects"] += 1
            counts["faults"] += len(one.planted)
            tell()
    return counts
