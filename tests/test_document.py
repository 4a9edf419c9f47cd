import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxiao.document import (
    Cell,
    Code,
    Details,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Quote,
    Run,
    Table,
    columns_of,
    from_html,
    from_markdown,
    plain_text,
    text,
    to_html,
)

HOSTILE = [
    "<script>alert(1)</script>",
    '#panic("x")',
    "{{x}}",
    "{% raw %}",
    "$a$",
    "<img src=x onerror=alert(1)>",
    "*b* _c_",
]
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")) | st.sampled_from("<>&\"'"),
    min_size=1,
    max_size=12,
)
SCOPES = st.sampled_from([None, "col", "row", "colgroup", "rowgroup"])
CELLS = st.builds(
    Cell, WORDS | st.tuples(WORDS, WORDS).map("\n".join), scope=SCOPES,
    align=st.sampled_from([None, "left", "center", "right"]), kind=st.sampled_from([None, "good", "bad", "muted"]),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
TABLES = st.builds(Table, WORDS, ROWS, ROWS, st.sampled_from([(), (20, 30, 50)]), WORDS)
RUNS = st.lists(
    st.builds(Run, WORDS, bold=st.booleans(), italic=st.booleans(), code=st.booleans()),
    min_size=1,
    max_size=1,
).map(tuple)
LEAVES = (
    st.builds(Paragraph, RUNS)
    | st.builds(Heading, st.integers(2, 4), RUNS)
    | st.builds(Code, WORDS, st.sampled_from(["output", "source", "error"]))
)
BLOCKS = st.recursive(
    LEAVES | TABLES,
    lambda inner: st.builds(Quote, st.lists(inner, min_size=1, max_size=2).map(tuple))
    | st.builds(Listing, st.booleans(), st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple))
    | st.builds(Details, WORDS, st.lists(inner, min_size=1, max_size=2).map(tuple))
    | st.builds(Notice, st.sampled_from(["note", "warning", "error", "provenance"]), WORDS, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    max_leaves=5,
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=3).map(tuple))
def test_html_of_a_document_reads_back_as_the_same_document(blocks):
    assert from_html(to_html(blocks)) == blocks


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text(hostile):
    page = to_html([Paragraph(text(hostile)), Table(hostile, (), ((Cell(hostile),),))])
    assert "<script" not in page
    assert "<img" not in page
    assert plain_text(from_html(page)).count(hostile) == 3


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//a.cn",
        "java\tscript:x",
        "vbscript:x",
        "https:///a",
    ],
)
def test_dangerous_links_become_text(address):
    assert "href" not in to_html(from_markdown(f"[甲]({address})"))
    assert "href" not in to_html(from_html(f'<a href="{address}">甲</a>'))


def test_markdown_in_all_its_forms():
    source = """**总体目标：**县级，`代码`，[法规](https://a.cn/x)，![图](http://evil/x.png)

1. 甲
   - 内
2. 乙

> 引文

```
源码 <b>
```

| 年 | 数 |
|---|---:|
| 2021 | 38.14 |

<table><tr><th>甲</th></tr><tr><td>1</td></tr></table>

段<script>alert(1)</script>落
"""
    blocks = from_markdown(source)
    page = to_html(blocks)
    assert "<strong>总体目标</strong>：县级" in page
    assert "<script" not in page
    assert "evil" not in page
    assert "〔图：图〕" in page
    assert '<td class="n">38.14</td>' in page
    assert [type(b).__name__ for b in blocks] == [
        "Paragraph",
        "Listing",
        "Quote",
        "Code",
        "Table",
        "Table",
        "Paragraph",
    ]


def test_dataframes_become_tables():
    import pandas as pd

    index = pd.MultiIndex.from_tuples([("产出", "数量"), ("产出", "质量")])
    frame = pd.DataFrame({("分值", "印"): [1.5, 2], ("分值", "算"): ["≥90%", "好"]}, index=index)
    (table,) = from_html(frame._repr_html_())
    assert isinstance(table, Table)
    assert any(cell.align == "right" and cell.text == "1.5" for row in table.body for cell in row)
    assert all(cell.scope for row in table.head for cell in row)


@pytest.mark.parametrize(
    ("spans", "columns"),  # (rowspan, colspan) of each cell
    [
        ([[(1, 1), (1, 1)], [(1, 2)]], 2),
        ([[(2, 1), (1, 1)], [(1, 1)]], 2),
        (
            [[(2, 1), (3, 1)], [(2, 2)], [(1, 1), (1, 1)]],
            5,
        ),  # a span that ends in a row still takes its place there
        ([], 1),
    ],
)
def test_columns_are_counted_where_spans_overlap(spans, columns):
    assert columns_of(tuple(tuple(Cell("", *span) for span in row) for row in spans)) == columns
