"""期限 in formulas: 2021年12月底前, 12月31日前, 2021-12-31 against 2021年11月 or 2021年11月3日; any other spelling is left alone."""

from typing import Final

MONTH_ENDS: Final = ("", "底", "底前", "末", "末前")
"""What may follow 12月 in a deadline; without 底 the month's last day is meant as well."""
DONE_ENDS: Final = ("", "底", "末")
"""The same in an actual: 12月底前 would be a bound, no day."""


def spelled(at: str) -> str:
    """Give the formula that writes 2021-12-31 as 2021年12月31日 and leaves other texts as they are."""
    text = f"TRIM({at})"
    parts = f'LEFT({text},4)&"年"&VALUE(MID({text},6,2))&"月"&VALUE(MID({text},9,2))&"日"'
    return f'IFERROR(IF(AND(LEN({text})=10,MID({text},5,1)="-",MID({text},8,1)="-"),{parts},{text}),{text})'


def _is_number(text: str) -> str:
    return f'EXACT(TEXT(VALUE({text}),"0"),{text})'


def year(at: str, evaluated: str) -> str:
    """Give the year of a text, the year evaluated where it has none; empty where it is none."""
    own = f"LEFT({at},4)"
    valid = f'AND(FIND("年",{at})=5,{_is_number(own)},VALUE({own})>=1900,VALUE({own})<2100)'
    return f'IFERROR(IF(ISNUMBER(FIND("年",{at})),IF({valid},VALUE({own}),""),N({evaluated})),"")'


def month(at: str) -> str:
    """Give the month of a text; empty where it has none."""
    start = f'IF(ISNUMBER(FIND("年",{at})),5,0)'
    text = f'MID({at},{start}+1,FIND("月",{at})-{start}-1)'
    return f'IFERROR(IF(AND({_is_number(text)},VALUE({text})>=1,VALUE({text})<=12),VALUE({text}),""),"")'


def rest(at: str) -> str:
    """Give what follows the month."""
    return f'IFERROR(MID({at},FIND("月",{at})+1,20),"?")'


def last_day(text: str, year_: str, month_: str, rest_: str, ends: tuple[str, ...], deadline: bool) -> str:
    """Give the last day that a text means, as a serial number; empty where it can't be told."""
    months = ",".join(f'{rest_}="{end}"' for end in ends)
    return f'IFERROR(IF(OR({year_}="",{month_}=""),"",IF(OR({months}),DATE({year_},{month_}+1,0),{_day(text, year_, month_, rest_, deadline)})),"")'


def first_day(text: str, year_: str, month_: str, rest_: str, ends: tuple[str, ...]) -> str:
    """Give the first day that a text means."""
    months = ",".join(f'{rest_}="{end}"' for end in ends)
    return f'IFERROR(IF(OR({year_}="",{month_}=""),"",IF(OR({months}),DATE({year_},{month_},1),{_day(text, year_, month_, rest_, False)})),"")'


def _day(text: str, year_: str, month_: str, rest_: str, deadline: bool) -> str:
    before = f'IF(RIGHT({rest_},2)="日前",LEFT({rest_},LEN({rest_})-2),"")' if deadline else '""'
    number = f'IF(RIGHT({rest_},1)="日",LEFT({rest_},LEN({rest_})-1),{before})'
    date = f"DATE({year_},{month_},VALUE({number}))"
    # 29 February is a day only where its year is written.
    leap = f'AND({month_}=2,VALUE({number})=29,NOT(ISNUMBER(FIND("年",{text}))))'
    return (
        f'IF(AND({_is_number(number)},VALUE({number})>=1,DAY({date})=VALUE({number}),NOT({leap})),{date},"")'
    )
