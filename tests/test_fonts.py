import hashlib
import json
import shutil
import warnings
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont
from matplotlib import pyplot
from matplotlib.font_manager import FontProperties, findfont, fontManager

from wenxiao import fonts

FACES = (fonts.FANG, fonts.KAI, fonts.HEI, fonts.SONG)

GB2312 = [
    bytes([row, cell]).decode("gb2312")
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA) or row > 0xD7  # row 55 ends five cells early
]
PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～％‰￥＋－／　"
SIGNS = "≥≤≠＝±×÷℃㎡√→■□●○△▲−﹣〇㎜㎏²³①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ✓★☆│─┼"
RARE = "㙦䶮𬭎𫖯堃喆頔㵑湉玥祎昇镕淼垚犇骉㐂𠮷龘"

# The 通用规范汉字表 has 8,105 characters: these 276, and 7,829 between U+4E00 and U+9FA5, all of which are tested.
# From the Unicode Han Database, field kTGH.
STANDARD_BEYOND_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼"
    "𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜"
    "𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡"
    "𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖"
    "𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
UNIFIED = "".join(map(chr, range(0x4E00, 0x9FA6)))


@pytest.fixture(scope="module")
def characters():
    """Which characters each family has."""
    found = {}
    for record in fonts.sources():
        with TTFont(fonts.FOLDER / record["file"], lazy=True) as font:
            found[record["family"]] = set(map(chr, font.getBestCmap()))
    return found


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of the bundle that may be damaged."""
    folder = tmp_path / "fonts"
    shutil.copytree(fonts.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fonts, "FOLDER", folder)
    return folder


def test_every_file_is_the_recorded_one():
    fonts.check_bundle()
    present = sorted(path for path in fonts.FOLDER.iterdir() if path.suffix in (".otf", ".ttf"))
    assert list(fonts.font_files()) == present, "a file too many would be picked up by the layout"


def test_a_damaged_file_is_named(copied):
    path = copied / "FandolKai-Regular.otf"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(fonts.DamagedBundleError, match=r"FandolKai-Regular\.otf"):
        fonts.check_bundle()


def test_a_missing_file_is_named(copied):
    (copied / "WenxiaoMono-Regular.ttf").unlink()
    with pytest.raises(fonts.DamagedBundleError, match=r"WenxiaoMono-Regular\.ttf"):
        fonts.check_bundle()


def test_the_hash_of_the_bundle_follows_its_files(copied):
    before = fonts.bundle_hash()
    record = json.loads((copied / "SOURCES.json").read_text(encoding="utf-8"))
    record["fonts"][0]["sha256"] = hashlib.sha256(b"another file").hexdigest()
    (copied / "SOURCES.json").write_text(json.dumps(record), encoding="utf-8")
    assert len(before) == 64
    assert fonts.bundle_hash() != before


@pytest.mark.parametrize("record", fonts.sources(), ids=lambda record: record["file"])
def test_each_font_is_what_the_record_says(record):
    path = fonts.FOLDER / record["file"]
    with TTFont(path, lazy=True) as font:
        assert font["name"].getDebugName(1) == record["family"]
        assert font["name"].getDebugName(2) == record["style"]
        assert font["OS/2"].usWeightClass == record["weight"]
        assert font["hhea"].descent < 0
        assert len(font.getBestCmap()) == record["characters"]
    assert path.stat().st_size == record["size"] < 9_000_000
    assert (fonts.FOLDER / record["licence_file"]).is_file()
    assert record["changes"]


def test_one_file_per_family():
    families = [record["family"] for record in fonts.sources()]
    assert sorted(families) == sorted((*FACES, fonts.GAP, fonts.DIGITS, fonts.MONO))


def test_licences_are_whole():
    texts = {path.name: path.read_text(encoding="utf-8") for path in fonts.FOLDER.glob("LICENSE*")}
    gpl, noto, dejavu = (texts[f"LICENSE-{name}.txt"] for name in ("Fandol-GPL-3", "Noto-OFL-1.1", "DejaVu"))
    assert "GNU GENERAL PUBLIC LICENSE" in gpl
    assert "embed this font or unaltered portions of this font into the document" in gpl
    assert "SIL OPEN FONT LICENSE Version 1.1" in noto
    assert "Copyright 2017-2022 Adobe" in noto
    assert "Copyright (c) 2003 by Bitstream" in dejavu


def test_the_bundle_stays_small():
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir() if path.is_file()) < 45_000_000


def test_the_lists_tested_against_are_complete():
    assert len(set(GB2312)) == 6763
    assert len(set(STANDARD_BEYOND_GBK)) == len(STANDARD_BEYOND_GBK) == 276
    assert not set(STANDARD_BEYOND_GBK) & set(UNIFIED)


@pytest.mark.parametrize("family", FACES)
def test_every_face_has_gb2312_itself(characters, family):
    assert set(GB2312) - characters[family] == set()


@pytest.mark.parametrize("family", FACES)
def test_with_the_gap_font_no_face_lacks_anything(characters, family):
    wanted = {*UNIFIED, *STANDARD_BEYOND_GBK, *PUNCTUATION, *SIGNS, *RARE}
    assert wanted - characters[family] - characters[fonts.GAP] == set()


def test_what_reports_use_is_covered():
    text = "".join(GB2312) + PUNCTUATION + SIGNS + RARE + STANDARD_BEYOND_GBK + UNIFIED
    assert fonts.uncovered(text) == []


def test_page_numbers_are_covered_by_their_font(characters):
    assert characters[fonts.DIGITS] == set(" 0123456789—")


def test_the_mono_font_draws_what_python_prints(characters):
    printed = "".join(map(chr, range(0x20, 0x7F))) + "é±²│─┌┐└┘├┤█░→←≤≥≠∑√☐☑"
    assert set(printed) - characters[fonts.MONO] == set()


def test_an_emoji_is_reported_once_where_it_first_appears():
    assert fonts.uncovered("满意😀，很🎉满意😀") == ["😀", "🎉"]


@pytest.mark.parametrize("invisible", ["\u200b", "\u200c", "\u200d", "\ufe0f", "\ufeff", "\x07", "\x0b"])
def test_what_nobody_can_see_is_reported(invisible):
    assert fonts.uncovered(f"绩效{invisible}目标") == [invisible]


def test_line_ends_and_tabs_are_not_reported():
    assert fonts.uncovered("一\t二\r\n三") == []


def test_registering_twice_adds_nothing():
    fonts.register_with_matplotlib()
    once = list(fontManager.ttflist)
    fonts.register_with_matplotlib()
    assert fontManager.ttflist == once
    assert sum(entry.name == fonts.FANG for entry in once) == 1


@pytest.mark.parametrize("family", [*FACES, fonts.MONO])
def test_charts_draw_chinese(family, tmp_path):
    fonts.register_with_matplotlib()
    figure = pyplot.figure(figsize=(4, 1))
    weight = 700 if family == fonts.SONG else 400
    drawn_with = findfont(FontProperties(family=family, weight=weight), fallback_to_default=False)
    assert Path(drawn_with).parent == fonts.FOLDER
    figure.text(0.1, 0.5, "执行率 −1.5%，㎡ 䶮 𬭎 ≥", family=[family, fonts.GAP, fonts.HEI], weight=weight)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is only a warning
        figure.savefig(tmp_path / "chart.png")
    pyplot.close(figure)


def test_the_layout_finds_every_family_by_name(tmp_path):
    quoted = ", ".join(f'"{family}"' for family in (*FACES, fonts.GAP, fonts.MONO))
    source = tmp_path / "sample.typ"
    source.write_text(
        '#set document(title: "字体")\n#set text(lang: "zh", region: "cn")\n'
        f'#for family in ({quoted}) [#text(font: (family, "{fonts.GAP}", "{fonts.FANG}"))'
        f"[目标 {RARE} ≥95% − ㎡ ⑳] #parbreak()]\n"
        f'#text(font: "{fonts.SONG}", weight: "bold")[自评报告]\n#text(font: "{fonts.DIGITS}")[— 12 —]\n',
        encoding="utf-8",
    )
    bundled = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )
    compiler = typst.Compiler(str(source), font_paths=bundled, ignore_system_fonts=True)
    pdf, found = compiler.compile_with_warnings(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0)
    assert found == []
    assert pdf.startswith(b"%PDF")
