"""The words for every fault of a params file: what is wrong, and what to write instead."""

from typing import Final

from wenxiao.visible import quoted
from wenxiao.words import Words

FAULTS: Final[dict[str, tuple[Words, Words]]] = {
    # fields
    "missing": (
        Words("缺少必填的 {key}（{label}）。", "The required field {key} ({label}) is missing."),
        Words("请加上一行 {key}: …", "Add a line {key}: …"),
    ),
    "unknown": (
        Words("没有 {key} 这个字段。", "There is no field {key} here."),
        Words("这里可以写：{fields}。", "Fields allowed here: {fields}."),
    ),
    "misnamed": (
        Words("没有 {key} 这个字段。", "There is no field {key} here."),
        Words("{label}写在 {better}: 后面。", "Write it as {better}: …"),
    ),
    "duplicate": (
        Words("{key} 写了两次，第一次在第 {line} 行。", "{key} is written twice, first on line {line}."),
        Words("只保留一处，删去另一处。", "Keep one and delete the other."),
    ),
    "doubled": (
        Words("{keys}等 {count} 个字段写了两次：从这里起与前面重复，前面的从第 {line} 行起。", "{count} fields ({keys}, …) are written twice: from here on they repeat what begins on line {line}."),
        Words("很可能整段粘贴了两遍；删去其中一份。", "It was probably pasted twice: delete one of the two."),
    ),
    "unknown_several": (
        Words("没有 {keys} 这{count}个字段。", "There are no fields {keys} here."),
        Words("这里可以写：{fields}。", "Fields allowed here: {fields}."),
    ),
    "unwritable": (
        Words("这里有看不见的控制字符（{given}），网页、Word 和 Excel 都写不了。", "There is an invisible control character ({given}) that no page, Word file or workbook can hold."),
        Words("把这段内容重新输入一遍。", "Type the text anew."),
    ),
    "empty": (
        Words("{label}是空的。", "{key} is empty."),
        Words("填上内容；如果原表没有这一项，就删去这一行。", "Fill it in, or delete the line if the form has no such item."),
    ),
    "blank": (
        Words("{label}是空的。", "{key} is empty."),
        Words("填上内容；如果原表没有这一项，就删去这一行。", "Fill it in, or delete the line if the form has no such item."),
    ),
    "number": (
        Words("这里应是数字，现在写的是“{given}”。", "A number belongs here, but “{given}” is written."),
        Words("{label}只写数字，例如 {key}: {example}。", "Write the number alone, for example {key}: {example}."),
    ),
    "negative": (
        Words("{label}不能是负数，现在写的是“{given}”。", "{key} can't be negative, but “{given}” is written."),
        Words("写零或正数；没有这一项就删去这一行。", "Write zero or a positive number, or delete the line."),
    ),
    "digits": (
        Words("“{given}”的位数太多（最多 {most} 位）。", "“{given}” has too many digits (at most {most})."),
        Words("请核对这个数；金额单位可以用 万元 或 亿元。", "Check the number; amounts may be in 万元 or 亿元."),
    ),
    "cent": (
        Words("金额 {given}{unit} 不到一分钱：{unit}最多写 {places} 位小数。", "{given} {unit} is finer than a cent (分): at most {places} decimals in {unit}."),
        Words("按账面金额写到分为止。", "Write the amount of the books, to the cent."),
    ),
    "text": (
        Words("这里应是一段文字，现在写的是一组字段或清单。", "A text belongs here, but a group or a list is written."),
        Words("写成一行：{key}: 文字", "Write one line: {key}: text"),
    ),
    "mapping": (
        Words("{label}下面应是几行“字段: 内容”，现在写的是“{given}”。", "{key} needs lines of “field: value” below it, but “{given}” is written."),
        Words("换行缩进两格，写：{fields}。冒号用半角，后面空一格。", "On indented lines write: {fields}, each with a colon and a space."),
    ),
    "list": (
        Words("{label}应是一份清单，现在写的是“{given}”。", "{key} must be a list, but “{given}” is written."),
        Words("每一项另起一行，以“- ”开头。", "Begin each item on a new line with “- ”."),
    ),
    "year": (
        Words("这里应是四位年份，现在写的是“{given}”。", "A four-digit year belongs here, but “{given}” is written."),
        Words("例如 year: 2021。", "For example year: 2021."),
    ),
    "goal": (
        Words("这里应是年度绩效目标的序号，现在写的是“{given}”。", "The number of an objective belongs here, but “{given}” is written."),
        Words("第一个目标写 goal: 1。", "Write goal: 1 for the first objective."),
    ),
    "date": (
        Words("这里应是日期，现在写的是“{given}”。", "A date belongs here, but “{given}” is written."),
        Words("写成 年-月-日，例如 {key}: {better}。", "Write year-month-day, for example {key}: {better}."),
    ),
    "no_such_date": (
        Words("没有“{given}”这一天。", "There is no such day as “{given}”."),
        Words("请按原始凭证核对日期。", "Check the date against the records."),
    ),
    "share": (
        Words("这里应是 0%–100% 的比例，现在写的是“{given}”。", "A share from 0% to 100% belongs here, but “{given}” is written."),
        Words("例如 share: 95%。", "For example share: 95%."),
    ),
    "printed": (
        Words("printed 里应照抄原文件上的数，现在写的是“{given}”。", "The number as printed belongs here, but “{given}” is written."),
        Words("例如 {key}: {example}；原文件没有写数就删去这一行。", "For example {key}: {example}; delete the line if nothing is printed."),
    ),
    "choice": (
        Words("“{given}”不是可选的{label}。", "“{given}” is no allowed value of {key}."),
        Words("可以写：{choices}。", "Allowed: {choices}."),
    ),
    "file": (
        Words("文件位置“{given}”超出了项目文件所在的文件夹。", "The path “{given}” leaves the folder of the params file."),
        Words("把材料放在项目文件旁边，写相对位置，例如 evidence/验收报告.pdf。", "Put it beside the params file and write a relative path, for example evidence/report.pdf."),
    ),
    "pattern": (
        Words("“{given}”的写法不对。", "“{given}” is not written as it should be."),
        Words("应符合 {pattern}。", "It must match {pattern}."),
    ),
    "no_amounts": (
        Words("项目资金里没有金额。", "The budget holds no amounts."),
        Words("写 total: {{adjusted: …, outturn: …}}，或在 sources 下按资金来源逐行写。", "Write total: {{adjusted: …, outturn: …}}, or a list of sources."),
    ),
    "no_indicators": (
        Words("绩效指标一条也没有。", "There is not one indicator."),
        Words("在 indicators 下逐条写，每条以“- category: …”开头。", "List them under indicators, each beginning with “- category: …”."),
    ),
    "share_without_level": (
        Words("写了档内比例 share，却没有写达成档次 level。", "share is given without level."),
        Words("加上 level: achieved（达成）、partly（部分达成）或 missed（未达成）。", "Add level: achieved, partly or missed."),
    ),
    "share_outside_level": (
        Words("档内比例 {given} 不在“{level}”的区间 {band} 内。", "The share {given} lies outside the band {band} of level {level_en}."),
        Words("改 share 使之落在区间内，或改 level。", "Change share to lie in the band, or change level."),
    ),
    "level_of_quantity": (
        Words("“{given}”是定量指标，不用写达成档次 level。", "“{given}” is a quantitative target; it takes no level."),
        Words("删去 level 和 share，只写实际完成值 actual；确需按档次计分时写 method: banded。", "Delete level and share and write actual; or write method: banded if it must be scored by level."),
    ),
    "method_needs_number": (
        Words("计分方法“{method}”需要可读的数值，指标值“{given}”里没有。", "The method {method_en} needs a number, and the target “{given}” has none."),
        Words("把指标值写成例如 ≥95%、=8个；定性指标不写 method，写 level 和 share。", "Write a target such as ≥95% or =8个; for a qualitative indicator write level and share instead."),
    ),
    "method_without_rule": (
        Words("评分规则 {rubric} 没有规定“{method}”的区间或门槛。", "The rubric {rubric} gives no bands or floor for {method_en}."),
        Words("换一种计分方法，或改用规定了它的评分规则。", "Choose another method, or a rubric that has it."),
    ),
    "category_not_in_rubric": (
        Words("评分规则 {rubric} 没有一级指标“{given}”。", "The rubric {rubric} has no category {given}."),
        Words("可以用：{choices}。", "Allowed: {choices}."),
    ),
    "no_such_code": (
        Words("没有“{given}”这个问题编号。", "There is no finding “{given}”."),
        Words("编号有：{choices}。可用 wenxiao explain 编号 查看。", "Codes: {choices}. wenxiao explain CODE tells what one means."),
    ),
    "execution_twice": (
        Words("“{given}”已由项目资金算出，评分规则 {rubric} 把它计入“过程”的分值，再写成指标就重复了。", "“{given}” is computed from the budget and counts inside 过程 in {rubric}; as an indicator it would count twice."),
        Words("删去这条指标。", "Delete this indicator."),
    ),
    "no_such_goal": (
        Words("没有第 {given} 个年度绩效目标（objectives 里只有 {count} 个）。", "There is no objective number {given} (objectives holds {count})."),
        Words("在 objectives 里补上这个目标，或改 goal。", "Add it under objectives, or change goal."),
    ),
    "rule_unclear": (
        Words("评分标准中这一句读不准：“{given}”。", "This clause of the rule has no certain reading: “{given}”."),
        Words("每句只说一件事，写明数、单位和分数，例如“每降5%扣1分，扣完为止”或“90%以上得10分，80%-90%得8分，80%以下不得分”；改不了的，删去 rule 这一行，按评分规则计分。", "Say one thing in each clause, with number, unit and points, such as 每降5%扣1分，扣完为止 or 90%以上得10分，80%-90%得8分，80%以下不得分; or delete the line rule and let the rubric decide."),
    ),
    "stepwise_needs_rule": (
        Words("计分方法“{method}”需要评分标准 rule。", "The method {method_en} needs a rule."),
        Words("加上例如 rule: 每降5%扣1分，扣完为止。", "Add for example rule: 每降5%扣1分，扣完为止."),
    ),
    "evidence_missing": (
        Words("找不到佐证材料文件“{given}”。", "The evidence file “{given}” is not there."),
        Words("把文件放到 {folder} 下，或删去 file 这一行。", "Put it below {folder}, or delete the line file."),
    ),
    "evidence_changed": (
        Words("佐证材料“{given}”与记录的 sha256 不一致，文件被改动过。", "The evidence “{given}” no longer matches its sha256: the file has changed."),
        Words("换回原来的文件；确认更新则删去 sha256 这一行。", "Put the old file back, or delete the line sha256 if the change is meant."),
    ),
    "redacted_rubric": (
        Words("要隐去的词“{given}”写在评分规则 {file} 里，会随规则公开。", "The word to hide, “{given}”, stands in the rubric {file}, which is published with the report."),
        Words("改评分规则里的这处文字，或从 redact 里去掉这个词。", "Change these words of the rubric, or take the word out of redact."),
    ),
    "redacted_name": (
        Words("要隐去的词“{given}”写在文件名“{file}”里，文件名会成为报告的网址。", "The word to hide, “{given}”, stands in the file's name “{file}”, which becomes the report's address."),
        Words("给项目文件换一个不含这个词的名字。", "Give the params file a name without it."),
    ),
    # rubrics
    "no_rubric": (
        Words("没有评分规则“{given}”。", "There is no rubric “{given}”."),
        Words("可以写：{choices}。", "Available: {choices}."),
    ),
    "rubric_year": (
        Words("评分规则 {given} 不适用于 {year} 年度（自 {since} 年度起适用）。", "The rubric {given} does not apply to {year} (it applies from {since} on)."),
        Words("改用该年度适用的评分规则。", "Use a rubric in force for that year."),
    ),
    "not_a_rubric": (
        Words("文件开头应是“schema: wenxiao/rubric/1”这样的“字段: 内容”。", "The file must consist of “field: value”, beginning with “schema: wenxiao/rubric/1”."),
        Words("可用 wenxiao rubrics show mof-2020 看一份规则有哪些内容。", "wenxiao rubrics show mof-2020 shows what a rubric holds."),
    ),
    "flag": (
        Words("这里应写 true（是）或 false（否），现在写的是“{given}”。", "true or false belongs here, but “{given}” is written."),
        Words("例如 {key}: false。", "For example {key}: false."),
    ),
    "places": (
        Words("小数位数应是 0 到 6，现在写的是“{given}”。", "Decimal places are 0 to 6, but “{given}” is written."),
        Words("例如 {key}: 2。", "For example {key}: 2."),
    ),
    "no_reference": (
        Words("references 里没有“{given}”这个来源。", "There is no “{given}” under references."),
        Words("改为已列出的来源（{choices}），或在 references 里补上它。", "Use one that is listed ({choices}), or add it under references."),
    ),
    "since_order": (
        Words("起始年度 {given} 不晚于上一条的起始年度。", "The first year {given} is not later than that of the value before."),
        Words("同一项的各个值按 since 从早到晚写，年度不能重复。", "Write the values of one item in order of since, each year once."),
    ),
    "params_as_rubric": (
        Words("这是一份项目文件（schema: wenxiao/1），不是评分规则。", "This is a params file (schema: wenxiao/1), not a rubric."),
        Words("改用评分规则的编号或文件；评分规则第一行写 schema: wenxiao/rubric/1。", "Give a rubric's id or file; a rubric begins with schema: wenxiao/rubric/1."),
    ),
    "rubric_no_content": (
        Words("文件是空的。", "The file is empty."),
        Words("可用 wenxiao rubrics show mof-2020 看一份规则有哪些内容。", "wenxiao rubrics show mof-2020 shows what a rubric holds."),
    ),
    "rubric_documents": (
        Words("一个文件里有两份内容（中间有一行“---”）。", "The file holds two documents (there is a line “---” between them)."),
        Words("一套评分规则一个文件，删去“---”或拆成两个文件。", "One rubric, one file."),
    ),
    "rubric_deep": (
        Words("层次太深。", "The content is nested too deeply."),
        Words("评分规则最多六七层，请检查括号。", "A rubric has six or seven levels; check the brackets."),
    ),
    "id_taken": (
        Words("编号 {given} 是随附的评分规则的编号。", "{given} is the id of a rubric that comes with Wenxiao."),
        Words("另取一个编号，例如 id: xianning-2024；报告上要能看出用的是哪一套规则。", "Choose another, for example id: xianning-2024; a report must tell which rules it used."),
    ),
    "base_not_found": (
        Words("找不到 based_on 所写的文件“{given}”。", "The file “{given}” named by based_on is not there."),
        Words("写相对于本文件的位置，或写随附规则的编号：{choices}。", "Write a path relative to this file, or the id of a rubric that comes with Wenxiao: {choices}."),
    ),
    "base_circle": (
        Words("based_on 绕了一圈，又回到已经用过的文件“{given}”。", "based_on goes round in a circle, back to “{given}”."),
        Words("改为另一套规则，或删去这一行。", "Name another rubric, or delete the line."),
    ),
    "rule_required": (
        Words("缺少{label}（{key}）。", "{key} is missing."),
        Words("加上 {key}，或用 based_on 沿用一套已有的规则。", "Add {key}, or take over a rubric with based_on."),
    ),
    "rubric_total": (
        Words("计分的规则没有写总分 total。", "A scoring rubric needs a total."),
        Words("加上 total；不计分的表写 scored: false。", "Add total, or write scored: false for a form without points."),
    ),
    "rule_dated": (
        Words("{label}应是一份清单，每条写明起始年度、内容、来源和是否核对，现在写的是“{given}”。", "{key} must be a list of values, each with its first year, reference and whether it is verified, but “{given}” is written."),
        Words("另起一行写：- {{since: 2024, value: {value}, reference: form, verified: false}}。", "On a new line write: - {{since: 2024, value: {value}, reference: form, verified: false}}."),
    ),
    "rule_value": (
        Words("{label}的写法不对，现在写的是“{given}”。", "{key} can't be written as “{given}”."),
        Words("例如 value: {value}。", "For example value: {value}."),
    ),
    "rule_empty": (
        Words("{label}是空的。", "{key} is empty."),
        Words("填上内容；本规则没有这一项就写 {key}: []。", "Fill it in; or write {key}: [] if this rubric has no such rule."),
    ),
    "rule_blank": (
        Words("{label}是空的。", "{key} is empty."),
        Words("请填上内容。", "Fill it in."),
    ),
    "rule_reference": (
        Words("来源没有写成“名称: {{title: 标题}}”，现在写的是“{given}”。", "A reference must be “name: {{title: …}}”, but “{given}” is written."),
        Words("例如 form: {{title: 某县2024年度项目支出绩效自评表, note: 表注载明的规定}}。", "For example form: {{title: 某县2024年度项目支出绩效自评表, note: what the form prints}}."),
    ),
    "rule_negative": (
        Words("{label}不能是负数，现在写的是“{given}”。", "{key} can't be negative, but “{given}” is written."),
        Words("写零或正数。", "Write zero or a positive number."),
    ),
    "rule_share": (
        Words("{label}应是 0%–100% 的比例，现在写的是“{given}”。", "A share from 0% to 100% belongs here, but “{given}” is written."),
        Words("例如 {key}: 60%。", "For example {key}: 60%."),
    ),
    "rule_year": (
        Words("{label}应是四位年份，现在写的是“{given}”。", "A four-digit year belongs here, but “{given}” is written."),
        Words("写这个数最早适用的评价年度，例如 {key}: 2024。", "Write the first year evaluated by it, for example {key}: 2024."),
    ),
    "written_twice": (
        Words("“{given}”与“{first}”是同一项，写了两次。", "“{given}” and “{first}” are the same and stand here twice."),
        Words("只保留一处，删去另一处。", "Keep one and delete the other."),
    ),
    "listed_once": (
        Words("{label}应至少有一项，每项只写一次。", "{key} needs at least one entry, each once."),
        Words("补上内容，或删去重复的一项。", "Add what is missing, or delete what stands twice."),
    ),
    "points_do_not_add_up": (
        Words("自 {year} 年度起，各部分分值合计 {given}（{parts}），不等于总分 {expected}。", "From {year} on the points add up to {given} ({parts}), not to the total {expected}."),
        Words("调整分值，使各部分（含预算执行率）之和等于总分。", "Make the parts, execution included, add up to the total."),
    ),
    "points_do_not_add_up_inherited": (
        Words("自 {year} 年度起，各部分分值合计 {given}（{parts}），不等于总分 {expected}。", "From {year} on the points add up to {given} ({parts}), not to the total {expected}."),
        Words("{inherited} 沿用 {base}；要改就在本文件里另写，没有这一项就写成空清单，例如 category_points: []。", "Taken over from {base}: {inherited}. State here what differs, and as an empty list what there is none of, for example category_points: []."),
    ),
    "execution_above_total": (
        Words("预算执行率分值 {given} 超过总分 {expected}。", "Execution carries {given} points, more than the total {expected}."),
        Words("改 execution_points 或 total。", "Change execution_points or total."),
    ),
    "execution_pair": (
        Words("自 {year} 年度起，预算执行率的分值（execution_points）与计分办法（execution）只有一项。", "From {year} on there is only one of execution_points and execution."),
        Words("两项都写；预算执行率不计分的，两项都写成空清单 []。", "State both; or write both as an empty list [] if execution earns no points."),
    ),
    "inside_chain": (
        Words("“{given}”计入的“{whole}”自己又计入别处。", "{given} counts inside {whole}, which counts inside another itself."),
        Words("直接写它最后计入的一级指标。", "Name the category that carries the points in the end."),
    ),
    "inside_twice": (
        Words("“{given}”已计入“{whole}”，又有自己的分值，会重复计算。", "{given} counts inside {whole} and has points of its own: it would count twice."),
        Words("在 category_points 里删去它，或在 inside 里删去它。", "Delete it under category_points or under inside."),
    ),
    "inside_nowhere": (
        Words("“{given}”计入“{whole}”，而“{whole}”没有分值。", "{given} counts inside {whole}, which has no points."),
        Words("在 category_points 里写上“{whole}”的分值，或改 inside。", "Give the category points under category_points, or change inside."),
    ),
    "above_total": (
        Words("{label}里的 {given} 分超过总分 {expected}，永远达不到。", "{key} asks for {given} points, more than the total {expected}: out of reach."),
        Words("按总分改写。", "Write it for this total."),
    ),
    "bands_gap": (
        Words("区间没有从高到低接到 0%（现为“下限→得分比例”{given}）。", "The bands do not fall to 0% without gap (now {given})."),
        Words("from 从高到低写，最后一档写 from: 0%。", "Write from in falling order; the last band is from: 0%."),
    ),
    "bands_missing": (
        Words("按区间计分，却没有写区间 bands。", "The method is interval, but there are no bands."),
        Words("例如 bands: [{{from: 80%, share: 70%}}, {{from: 0%, share: 0%}}]。", "For example bands: [{{from: 80%, share: 70%}}, {{from: 0%, share: 0%}}]."),
    ),
    "bands_rise": (
        Words("区间降低而得分比例升高（现为“下限→得分比例”{given}）。", "The share rises while the bands fall (now {given})."),
        Words("下限较低的区间，share 不能更高。", "A lower band can't earn a larger share."),
    ),
    "bands_unused": (
        Words("“{given}”不用区间 bands。", "bands have no meaning with this method."),
        Words("删去 bands，或写 method: interval。", "Delete bands, or write method: interval."),
    ),
    "levels_names": (
        Words("达成档次应有且只有三档。", "There must be the three levels and no others."),
        Words("写齐三档：{choices}；每档写 low 和 high。", "Write {choices}, each with low and high."),
    ),
    "levels_gap": (
        Words("三档没有从 100% 连续接到 0%（现为 {given}）。", "The levels do not meet from 100% down to 0% (now {given})."),
        Words("上一档的 low 等于下一档的 high，最高 100%，最低 0%。", "The low of one level is the high of the next; 100% at the top, 0% at the bottom."),
    ),
    "grades_gap": (
        Words("等级没有从高到低接到 0 分（现为 {given}）。", "The grades do not fall to 0 without gap (now {given})."),
        Words("from 从高到低写，每个等级一次，最后一档写 from: 0。", "Write from in falling order, each grade once; the last is from: 0."),
    ),
    "grades_order": (
        Words("等级的次序不对（现为 {given}）。", "The grades stand in the wrong order (now {given})."),
        Words("按优、良、中、差的次序写，优的下限最高。", "Write 优, 良, 中, 差 in this order, 优 with the highest limit."),
    ),
    "measure_of_itself": (
        Words("分子和分母都是“{given}”。", "Numerator and denominator are the same."),
        Words("改其中一个。", "Change one of them."),
    ),
    "floor": (
        Words("计分方法“{given}”与及格门槛 floor 不配。", "The method and floor do not go together."),
        Words("proportional_with_floor 必须写 floor；其他方法不写 floor。", "proportional_with_floor needs floor; other methods take none."),
    ),
    # overrides
    "no_such_path": (
        Words("overrides 里的位置“{given}”不存在。", "The path “{given}” in overrides does not exist."),
        Words("位置的写法如 budget.total.outturn 或 indicators[2].actual。", "Write a path such as budget.total.outturn or indicators[2].actual."),
    ),
    "no_such_path_near": (
        Words("overrides 里的位置“{given}”不存在。", "The path “{given}” in overrides does not exist."),
        Words("相近的位置：{better}。", "Paths like it: {better_en}."),
    ),
    # the file as a whole
    "not_found": (
        Words("找不到这个文件。", "There is no such file."),
        Words("请核对文件名和所在文件夹。", "Check the name and the folder."),
    ),
    "not_found_near": (
        Words("找不到这个文件。", "There is no such file."),
        Words("是不是 {better}？", "Is it {better_en}?"),
    ),
    "unreadable": (
        Words("读不了这个文件：{why}。", "The file can't be read: {why}."),
        Words("请核对它是不是文件、有没有读取权限。", "Check that it is a file and that you may read it."),
    ),
    "too_large": (
        Words("文件太大（超过 {limit} kB）。一个项目的文件通常只有几 kB。", "The file is too large (over {limit} kB). A project's file is a few kB."),
        Words("请确认这是项目文件；佐证材料另放，用 evidence 指向它。", "Check that it is a params file; keep evidence apart and point to it."),
    ),
    "binary": (
        Words("这不是文本文件。", "This is no text file."),
        Words("项目文件是 .yaml 文本；Excel、Word 文件请先导入。", "A params file is .yaml text; import Excel and Word files first."),
    ),
    "encoding": (
        Words("文件不是 UTF-8 编码。", "The file is not UTF-8."),
        Words("用记事本打开，“另存为”时编码选 UTF-8。", "Save it again as UTF-8."),
    ),
    "encoding_gbk": (
        Words("文件不是 UTF-8 编码，像是 GBK。", "The file is not UTF-8; it looks like GBK."),
        Words("用记事本打开，“另存为”时编码选 UTF-8。", "Save it again as UTF-8."),
    ),
    "no_content": (
        Words("文件是空的。", "The file is empty."),
        Words("可用 wenxiao init 生成一份带说明的样例。", "wenxiao init makes a commented example."),
    ),
    "no_project": (
        Words("这不是项目文件：schema、project、budget、indicators 一样也没有。", "This is no params file: it has none of schema, project, budget, indicators."),
        Words("可用 wenxiao init 生成一份带说明的样例。", "wenxiao init makes a commented example."),
    ),
    "rubric_as_params": (
        Words("这是一份评分规则（schema: {given}），不是项目文件。", "This is a rubric (schema: {given}), no params file."),
        Words("评分规则不放在项目文件当中；用 rubric: 或 --rubric 指向它。", "Keep rubrics apart from params files; point to one with rubric: or --rubric."),
    ),
    "not_a_mapping": (
        Words("文件开头应是“schema: wenxiao/1”这样的“字段: 内容”。", "The file must consist of “field: value”, beginning with “schema: wenxiao/1”."),
        Words("可用 wenxiao init 生成一份带说明的样例。", "wenxiao init makes a commented example."),
    ),
    "schema": (
        Words("格式版本应是 {schema}，现在写的是“{given}”。", "The schema must be {schema}, but “{given}” is written."),
        Words("第一行写 schema: {schema}。", "Write schema: {schema} in the first line."),
    ),
    "yaml": (
        Words("这里的写法读不懂。", "This can't be read as YAML."),
        Words("检查缩进（用空格对齐）、引号是否成对、冒号后是否有空格。", "Check the indentation, the quotes, and a space after each colon."),
    ),
    "tab": (
        Words("行首用了制表符（Tab）。", "The line is indented with a tab."),
        Words("改用空格缩进。", "Indent with spaces."),
    ),
    "fullwidth_colon": (
        Words("这一行用了全角冒号“：”。", "This line has a full-width colon “：”."),
        Words("字段名后用半角冒号加一个空格，例如 name: 项目名称。", "Put a plain colon and a space after the field's name."),
    ),
    "indicator_in_value": (
        Words("内容里有“: ”或“#”等符号，读不懂。", "The value holds “: ” or “#”, which can't be read."),
        Words("给整段内容加上双引号。", "Put the whole value in double quotes."),
    ),
    "several_documents": (
        Words("一个文件里有两份内容（中间有一行“---”）。", "The file holds two documents (there is a line “---” between them)."),
        Words("一个项目一个文件，删去“---”或拆成两个文件。", "One project, one file."),
    ),
    "tag": (
        Words("不能使用“{given}”这样的标记。", "Tags such as “{given}” are not allowed."),
        Words("删去它，直接写内容。", "Delete it and write the plain value."),
    ),
    "circular": (
        Words("内容引用了自身（&/*）。", "The content refers to itself (&/*)."),
        Words("不要用 & 和 * 引用，直接写内容。", "Write the values out instead of using & and *."),
    ),
    "too_many": (
        Words("内容展开后太多（超过 {limit} 项）。", "The content is too much when written out (over {limit} items)."),
        Words("不要用 & 和 * 反复引用。", "Do not repeat content through & and *."),
    ),
    "too_deep": (
        Words("层次太深。", "The content is nested too deeply."),
        Words("项目文件最多五六层，请检查括号。", "A params file has five or six levels; check the brackets."),
    ),
    "key": (
        Words("字段名必须是一个词。", "A field's name must be one word."),
        Words("写成 字段: 内容。", "Write field: value."),
    ),
}  # fmt: skip
"""Code → (what is wrong, what to write instead), with ``{placeholders}``."""


UNREAD: Final[dict[str, tuple[Words, Words]]] = {
    "two_signs": (Words("写了两个互相矛盾的界限", "two bounds contradict each other"), Words("只留一个，例如 ≥90%。", "Keep one, for example ≥90%.")),
    "several_numbers": (Words("有不止一个数，或者数字中间有空格", "it holds more than one number, or a space inside a number"), Words("一个指标只写一个数；几个数请拆成几个指标。", "Write one number per indicator; split the others off.")),
    "scanned_bound": (Words("很像扫描把“≥”认成了“2”、把“=”认成了“二”", "a scan probably turned ≥ into 2, or = into 二"), Words("核对原件；如是≥90%，写 ≥90%；确为290%，写 =290%。", "Check the original; write ≥90%, or =290% if that is meant.")),
    "scanned_digit": (Words("数字里夹着字母 O、I 或 l，很像是 0 或 1", "letters O, I or l stand where 0 or 1 is probably meant"), Words("核对原件后改成数字，例如 ≥100%；单位“升”写汉字。", "Check the original and write digits, for example ≥100%; write 升 for litres.")),
    "period": (Words("写的是一段时间，看不出期限", "it is a period; the deadline is not clear"), Words("写期限，例如 2021年12月底前。", "Write the deadline, for example 2021年12月底前.")),
    "ratio": (Words("写的是比例、分数或时刻，不是一个数", "it is a ratio, a fraction or a time of day, not one number"), Words("换算成一个数，例如 50%。", "Write it as one number, for example 50%.")),
    "no_such_date": (Words("没有这个日期（2月29日要写明是哪个闰年）", "there is no such date (29 February needs its leap year)"), Words("核对月和日，例如 2021年12月31日前。", "Check month and day, for example 2021年12月31日前.")),
    "too_long": (Words("数的位数太多（最多18位）", "the number has too many digits (18 at most)"), Words("改用万元、亿元等较大的单位。", "Use a larger unit such as 万元 or 亿元.")),
    "number_in_text": (Words("数混在句子里", "the number stands inside a sentence"), Words("只写数和单位，例如 8个、100%；说明写在指标名称里。", "Write only number and unit, for example 8个 or 100%; put the words into the name.")),
    "date_in_text": (Words("日期混在句子里，或者写得不完整", "a date stands inside a sentence, or is incomplete"), Words("只写日期，年份写四位，例如 2021年12月底前。", "Write only the date with a four-digit year, for example 2021年12月底前.")),
    "year_or_number": (Words("看不出是年份还是数量", "it may be a year or a number"), Words("写上单位，例如 2021人；是年份就写 2021年。", "Add the unit, for example 2021人, or write 2021年.")),
    "compact_date": (Words("看不出是日期还是数", "it may be a date or a number"), Words("是日期写 2021年12月；是数写上单位，例如 2021.12万元。", "Write 2021年12月 for a date; add the unit to a number.")),
    "before_month": (Words("“某月前”“某季度前”“某年前”没有说清是否包括当月、当季、当年", "“before a month, quarter or year” does not say whether it is included"), Words("写“底前”，例如 12月底前、二季度末前。", "Write the end meant, for example 12月底前.")),
    "month_or_months": (Words("看不出是那个月以内，还是几个月以内", "it may mean within that month, or within so many months"), Words("写 3月底前，或者 3个月内。", "Write 3月底前 or 3个月内.")),
    "after_date": (Words("写的是“某日以后”或“某日起”，不是期限", "it says “after” or “from”, which is no deadline"), Words("写最迟的日期，例如 2021年12月底前。", "Write the latest day, for example 2021年12月底前.")),
    "empty_range": (Words("区间的下限不小于上限", "the range begins where it ends or later"), Words("小的写在前；两端单位不同时都写明，例如 5000元-1万元。", "Put the smaller number first; write both units where they differ.")),
    "relative_tolerance": (Words("看不出±百分之几是加减几个百分数，还是数值的百分之几", "± percent may mean percentages, or a share of the number"), Words("直接写区间，例如 95-105个。", "Write the range, for example 95-105个.")),
    "approximate_bound": (Words("约数又写了界限", "an approximate number with a bound"), Words("二者取一，例如 ≥200人。", "Keep one, for example ≥200人.")),
    "vague": (Words("“余”“多”“几”没有说清是多少", "余, 多 or 几 leaves the number open"), Words("写出实际数，例如 213人；指标值写 ≥200人。", "Write the actual number, for example 213人; for a target ≥200人.")),
    "rank": (Words("看着是级别、类别或编号，不是数量", "it looks like a rank, a class or a label, not an amount"), Words("按定性指标填写，用汉字，例如 三级；确是数量就换个单位，例如 3个类别。", "Write it in words as a qualitative indicator, for example 三级; if it is a count, 3个类别.")),
}  # fmt: skip
"""Why a target or an actual that holds a number can't be read (:data:`wenxiao.target.Problem`), and what to write."""


def unread(problem: str) -> Words:
    """Give the words for a problem of the target language; what to write instead stands second in :data:`UNREAD`."""
    return UNREAD[problem][0]


_WRITTEN: Final = {"given", "key", "first", "file", "folder"}
"""The values of a fault that come out of a file or a command line."""


_LISTED: Final = {"fields", "choices", "keys"}
"""The values of a fault that are lists, in Chinese punctuation."""
_LATIN: Final = str.maketrans({"、": ", ", "（": " (", "）": ")"})


def _told(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in _LISTED:
        return Words(value, value.translate(_LATIN))
    return quoted(value) if name in _WRITTEN else value


def fault(code: str, **values: object) -> tuple[Words, Words]:
    """Give the two texts of a fault with its values filled in; what a user wrote is quoted in one short line."""
    wrong, instead = FAULTS[code]
    values = {name: _told(name, value) for name, value in values.items()}
    return wrong.filled(**values), instead.filled(**values)
