//! Format 1 as one table (model.md 2): what each key is called, what it must be, whether it is required.
//!
//! The reader walks this table, and [`crate::schema`] writes it out as a JSON Schema, so that the two cannot
//! drift apart. What no table can say (that a name is declared, that every state has its number) is left to
//! the reader.

/// One key of a table of the format.
pub(crate) struct Key {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
    /// What it is for, for editors.
    pub en: &'static str,
    pub ko: &'static str,
}

/// What a value must be.
pub(crate) enum Shape {
    /// The number of the format.
    Format,
    /// The language of plain strings.
    Lang,
    /// A string, or a table by language.
    Text,
    /// The same, and `say` may stand in the table.
    Name,
    /// A string.
    Plain,
    /// A formula, or a number that is one.
    Formula,
    /// A day, as a TOML date or a string of that form.
    Day,
    /// A number in a range, both ends included.
    Number(f64, f64),
    /// A whole number from 0 to this.
    Whole(u32),
    /// `true` or `false`.
    Flag,
    /// A score of at most three places and at most this many points either way, or a range of two.
    Score(i64),
    /// A number, a percentage, a word of probability, or a range of two, between these ends.
    Ranged(f64, f64),
    /// An Admiralty grade.
    Grade,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// The name of something that the case declares elsewhere.
    Named(Named),
    /// A string, or a list of strings.
    Strings,
    /// A list.
    List(&'static Shape),
    /// A table that declares: its keys are new ids. At least so many.
    Declares(usize, &'static Shape),
    /// A table whose keys name something declared elsewhere.
    By(Named, &'static Shape),
    /// A table with some of these keys, all of one shape.
    Keyed(&'static [&'static str], &'static Shape),
    /// A table with its own keys.
    Table(&'static [Key]),
}

/// What a name names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Actor,
    Driver,
    State,
    /// `driver.state`.
    DriverState,
    Fact,
    Option,
    Quantity,
    /// What an actor could have done; any text.
    Alternative,
}

use Shape::*;

const fn must(name: &'static str, shape: Shape, en: &'static str, ko: &'static str) -> Key {
    Key {
        name,
        required: true,
        shape,
        en,
        ko,
    }
}

const fn may(name: &'static str, shape: Shape, en: &'static str, ko: &'static str) -> Key {
    Key {
        name,
        required: false,
        shape,
        en,
        ko,
    }
}

/// Chances, 0 … 1.
const CHANCE: Shape = Ranged(0.0, 1.0);
/// A weight above 0.
const WEIGHT: Shape = Ranged(f64::MIN_POSITIVE, 1e300);
const EXPECTED: Shape = By(Named::Driver, &By(Named::State, &CHANCE));
const WHEN: Shape = By(Named::DriverState, &Formula);
const NAME: &str = "How it is called in the reading; a text, or a table by language.";
const NAME_KO: &str = "결과에 나오는 이름. 글 또는 언어별 표.";
const SAY: &str = "How the name is read aloud in Korean, in Hangul, for particles.";
const SAY_KO: &str = "이름을 소리 내어 읽는 법(한글). 조사를 고르는 데 씁니다.";

/// The letters of reliability and the digits of credibility.
pub(crate) const GRADES: &[&str] = &["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"];
/// The sorts of judgement that can be doubted.
pub(crate) const DOUBTS: &[&str] = &["score", "likelihood", "prior", "worth"];
/// The sorts of driver.
pub(crate) const KINDS: &[&str] = &["world", "mind", "move"];
/// How a verdict can be known.
pub(crate) const HOWS: &[&str] = &["said", "told", "inferred", "public"];

/// The whole file.
pub(crate) static CASE: &[Key] = &[
    must(
        "sinario",
        Format,
        "The format of the file: 1.",
        "파일 형식: 1.",
    ),
    must("title", Text, "The title of the study.", "연구의 제목."),
    may(
        "question",
        Text,
        "The question that the study answers.",
        "연구가 답하려는 물음.",
    ),
    may("author", Text, "Who wrote it.", "쓴 사람."),
    may(
        "lang",
        Lang,
        "The language of plain strings: \"ko\" or \"en\" (English unless given).",
        "언어를 밝히지 않은 글의 언어: \"ko\" 또는 \"en\" (없으면 영어).",
    ),
    may(
        "as_of",
        Day,
        "The day on which the reading stands; facts after it are not used.",
        "판단의 기준일. 그 뒤의 사실은 쓰지 않습니다.",
    ),
    may(
        "horizon",
        Day,
        "The day that \"then\" means.",
        "'그때'가 뜻하는 날.",
    ),
    may(
        "strength",
        Number(f64::MIN_POSITIVE, 1000.0),
        "One impact point multiplies the odds by this; 2 unless given.",
        "영향 1점이 승산에 곱하는 수. 없으면 2.",
    ),
    may(
        "rounds",
        Whole(10_000),
        "How often the drivers answer each other between as_of and horizon; unless given, 3 if any driver has `today`, else 0.",
        "기준일과 그때 사이에 변수들이 서로 반응하는 횟수. 없으면 `today`가 있는 변수가 있을 때 3, 아니면 0.",
    ),
    may(
        "trust",
        Keyed(GRADES, &Number(0.0, 1.0)),
        "Trust by letter and digit of the Admiralty grade, where it differs from the usual.",
        "등급의 글자와 숫자별 신뢰도. 기본값과 다른 것만.",
    ),
    may(
        "doubt",
        Keyed(DOUBTS, &Number(0.0, 1000.0)),
        "How far a judgement without a range is doubted in an ensemble.",
        "범위가 없는 판단을 앙상블에서 얼마나 의심하는가.",
    ),
    may(
        "actors",
        Declares(0, &Table(ACTOR)),
        "Who is involved, by id.",
        "관련된 행위자, id별.",
    ),
    must(
        "drivers",
        Declares(1, &Table(DRIVER)),
        "The questions, each with two or more exclusive states, by id. Their order counts.",
        "서로 배타적인 상태가 둘 이상인 물음(변수), id별. 순서에 뜻이 있습니다.",
    ),
    may(
        "impacts",
        List(&Table(IMPACT)),
        "How one state favours or hinders the states of a driver.",
        "한 상태가 어떤 변수의 상태들을 돕거나 막는 정도.",
    ),
    may(
        "facts",
        Declares(0, &Table(FACT)),
        "What is public, by id.",
        "공개된 사실, id별.",
    ),
    may(
        "signposts",
        Declares(0, &Table(SIGNPOST)),
        "What would be seen by a date if, by id.",
        "어떤 상태라면 언제까지 보일 것(이정표), id별.",
    ),
    may(
        "quantities",
        Declares(0, &Table(QUANTITY)),
        "Numbers that nobody knows exactly, by id.",
        "아무도 정확히 모르는 수량, id별.",
    ),
    may(
        "correlations",
        List(&Table(CORRELATION)),
        "Which quantities tend to be high together, or one high where the other is low.",
        "함께 커지거나 서로 엇갈리는 수량들.",
    ),
    may(
        "options",
        Declares(0, &Table(OPTION)),
        "What the reader of the case could do, by id.",
        "독자가 할 수 있는 선택지, id별.",
    ),
    may(
        "chosen",
        Table(CHOSEN),
        "The option that was taken.",
        "실제로 고른 선택지.",
    ),
    may(
        "stories",
        Declares(0, &Table(STORY)),
        "The author's own scenarios, by id.",
        "글쓴이의 이야기, id별.",
    ),
    may(
        "verdicts",
        By(Named::Driver, &Table(VERDICT)),
        "What turned out to be true, by driver.",
        "나중에 밝혀진 것(판정), 변수별.",
    ),
];

static ACTOR: &[Key] = &[
    may("name", Name, NAME, NAME_KO),
    may("say", Plain, SAY, SAY_KO),
    may(
        "brief",
        Text,
        "What somebody who plays this actor is told.",
        "이 행위자를 맡은 사람에게 주는 설명.",
    ),
    may(
        "holds",
        List(&Table(HOLD)),
        "Direct influence over other actors.",
        "다른 행위자에 대한 직접 영향력.",
    ),
    may(
        "wants",
        By(Named::Driver, &By(Named::State, &Score(3))),
        "How much the actor wants each state, -3 to 3.",
        "각 상태를 얼마나 바라는가, -3부터 3까지.",
    ),
];

static HOLD: &[Key] = &[
    must("over", Named(Named::Actor), "Over whom.", "누구에 대하여."),
    must(
        "degree",
        Whole(4),
        "0 none, 1 over processes, 2 over projects, 3 over its mission, 4 over its existence.",
        "0 없음, 1 과정, 2 사업, 3 사명, 4 존립.",
    ),
    may("because", Text, "Why.", "까닭."),
];

static DRIVER: &[Key] = &[
    may("name", Name, NAME, NAME_KO),
    may("say", Plain, SAY, SAY_KO),
    may("ask", Text, "The question in words.", "물음을 문장으로."),
    may(
        "kind",
        OneOf(KINDS),
        "world (unless given), mind: an actor's hidden motive or belief, move: an actor decides it.",
        "world(기본), mind(행위자의 속마음), move(행위자가 정하는 수).",
    ),
    may(
        "actor",
        Named(Named::Actor),
        "Whose mind or move it is.",
        "누구의 속마음이나 수인가.",
    ),
    must(
        "states",
        Declares(2, &Name),
        "Its answers by id, two or more, each with its name. Their order is the order of display.",
        "답이 될 상태들, id별로 둘 이상. 보여 주는 순서대로.",
    ),
    may(
        "prior",
        By(Named::State, &WEIGHT),
        "Weight of each state before any impact, above 0; need not sum to 1.",
        "영향을 받기 전 각 상태의 무게. 0보다 크고, 합이 1이 아니어도 됩니다.",
    ),
    may(
        "today",
        Named(Named::State),
        "The state known to be so on as_of.",
        "기준일에 그렇다고 알려진 상태.",
    ),
    may(
        "keeps",
        Number(0.0, 1.0),
        "Chance not to move in a round: 0.5, for a mind 0.8, unless given.",
        "한 차례에 움직이지 않을 확률. 없으면 0.5, 속마음은 0.8.",
    ),
    may(
        "ordered",
        Flag,
        "Whether the states have an order.",
        "상태에 순서가 있는가.",
    ),
];

static IMPACT: &[Key] = &[
    must(
        "from",
        Named(Named::DriverState),
        "The state that acts, `driver.state`.",
        "영향을 주는 상태, `변수.상태`.",
    ),
    must(
        "on",
        Named(Named::Driver),
        "The driver it acts on (may be its own).",
        "영향을 받는 변수(자기 자신도 됩니다).",
    ),
    must(
        "score",
        By(Named::State, &Score(1000)),
        "A score for the states of `on`, usually -3 to 3; missing is 0.",
        "`on`의 상태별 점수, 보통 -3부터 3까지. 빠진 것은 0.",
    ),
    may("because", Text, "Why.", "까닭."),
    may(
        "facts",
        List(&Named(Named::Fact)),
        "Facts in support.",
        "뒷받침하는 사실.",
    ),
];

static FACT: &[Key] = &[
    may(
        "on",
        Day,
        "The day on which it became public.",
        "공개된 날.",
    ),
    must("text", Text, "What happened.", "일어난 일."),
    may(
        "source",
        Strings,
        "Where it can be read: an address or several.",
        "출처: 주소 하나 또는 여럿.",
    ),
    may(
        "grade",
        Grade,
        "Admiralty grade, A1 to F6; without one it is fully trusted.",
        "신뢰 등급, A1부터 F6까지. 없으면 온전히 믿습니다.",
    ),
    may(
        "group",
        Plain,
        "Facts of a group count as one.",
        "같은 묶음의 사실은 하나로 칩니다.",
    ),
    may(
        "expected",
        EXPECTED,
        "P(this fact | state) for every state of a driver: a number, a percentage, a word of probability, or a range of two.",
        "각 상태일 때 이 사실이 나올 확률. 수, 백분율, 확률을 나타내는 말, 또는 둘의 범위.",
    ),
    may(
        "act",
        Table(ACT),
        "Where the fact is somebody's act: its likelihoods are computed.",
        "사실이 누군가의 행동일 때. 확률은 계산됩니다.",
    ),
];

pub(crate) static ACT: &[Key] = &[
    must("actor", Named(Named::Actor), "Who acted.", "행동한 사람."),
    must(
        "chose",
        Named(Named::Alternative),
        "What was done, one of `among`.",
        "실제로 한 일. `among` 가운데 하나.",
    ),
    must(
        "among",
        List(&Plain),
        "The feasible alternatives, two or more, those not taken included.",
        "할 수 있었던 일들, 하지 않은 것까지 둘 이상.",
    ),
    must(
        "worth",
        By(
            Named::Driver,
            &By(Named::State, &By(Named::Alternative, &Ranged(-10.0, 10.0))),
        ),
        "How good each alternative would be for an actor of each mind, -10 to 10.",
        "속마음별로 각 대안이 얼마나 좋은가, -10부터 10까지.",
    ),
    may(
        "names",
        By(Named::Alternative, &Name),
        "How each alternative is called in the reading; texts, or tables by language.",
        "결과에 나오는 대안의 이름. 글 또는 언어별 표.",
    ),
];

static SIGNPOST: &[Key] = &[
    must("text", Text, "What would be seen.", "보일 것."),
    may("by", Day, "By when.", "언제까지."),
    may(
        "cost",
        Number(0.0, 1e300),
        "What looking costs, in the unit of the options.",
        "살펴보는 비용. 선택지와 같은 단위.",
    ),
    may(
        "expected",
        EXPECTED,
        "P(seen | state) for every state of a driver.",
        "각 상태일 때 보일 확률.",
    ),
    may(
        "results",
        Declares(0, &Table(RESULT)),
        "In place of `expected`: what it may show, two results or more that exclude each other, by id.",
        "`expected` 대신: 보여 줄 수 있는 결과 둘 이상, id별. 서로 배타적이어야 합니다.",
    ),
];

/// One result of a signpost that can show several.
pub(crate) static RESULT: &[Key] = &[
    may("name", Name, NAME, NAME_KO),
    may("say", Plain, SAY, SAY_KO),
    must(
        "expected",
        EXPECTED,
        "P(this result | state) for every state of one driver; over the results they sum to 1.",
        "한 변수의 각 상태일 때 이 결과가 나올 확률. 결과를 모두 더하면 1입니다.",
    ),
];

static QUANTITY: &[Key] = &[
    may("name", Name, NAME, NAME_KO),
    may("say", Plain, SAY, SAY_KO),
    may("unit", Text, "Its unit.", "단위."),
    must(
        "formula",
        Formula,
        "A formula, such as \"2000억 to 6000억\" or \"cash / burn\".",
        "식. 예: \"2000억 to 6000억\", \"cash / burn\".",
    ),
    may(
        "when",
        WHEN,
        "Formulas in futures with a state, `\"driver.state\" = \"…\"`; the first that holds wins.",
        "어떤 상태인 미래에서 쓰는 식. 먼저 맞는 것을 씁니다.",
    ),
];

static CORRELATION: &[Key] = &[
    must(
        "between",
        List(&Named(Named::Quantity)),
        "The ids of two quantities, each of which is one distribution.",
        "분포 하나로 된 수량 둘의 id.",
    ),
    must(
        "rank",
        Number(-1.0, 1.0),
        "The Spearman correlation of their ranks, -1 to 1.",
        "순위의 스피어먼 상관계수, -1부터 1까지.",
    ),
];

static OPTION: &[Key] = &[
    may("name", Name, NAME, NAME_KO),
    may("say", Plain, SAY, SAY_KO),
    may(
        "unit",
        Text,
        "The unit of its value, one for all options.",
        "값의 단위. 모든 선택지가 같습니다.",
    ),
    may(
        "value",
        Formula,
        "The formula of its value, in one unit for all options.",
        "값의 식. 모든 선택지가 같은 단위.",
    ),
    may(
        "when",
        WHEN,
        "Formulas in futures with a state, `\"driver.state\" = \"…\"`; the first that holds wins.",
        "어떤 상태인 미래에서 쓰는 식. 먼저 맞는 것을 씁니다.",
    ),
    may(
        "switching",
        Formula,
        "What it costs to switch to this option once another was begun; a formula in the unit of the options.",
        "다른 선택지를 시작한 뒤 이것으로 갈아타는 데 드는 값의 식. 선택지와 같은 단위.",
    ),
];

static CHOSEN: &[Key] = &[may(
    "option",
    Named(Named::Option),
    "The id of the option.",
    "선택지의 id.",
)];

static STORY: &[Key] = &[
    must("title", Text, "Its title.", "제목."),
    must(
        "future",
        By(Named::Driver, &Named(Named::State)),
        "The states it tells, of some drivers or all.",
        "이야기가 말하는 상태들. 일부 변수만이어도 됩니다.",
    ),
    may("text", Text, "The prose, Markdown.", "이야기 글, Markdown."),
];

static VERDICT: &[Key] = &[
    must(
        "state",
        Named(Named::State),
        "The state that it was.",
        "밝혀진 상태.",
    ),
    must("on", Day, "The day on which it was known.", "알려진 날."),
    may(
        "source",
        Strings,
        "Where it can be read: an address or several.",
        "출처: 주소 하나 또는 여럿.",
    ),
    may(
        "how",
        OneOf(HOWS),
        "said by the person, told by an insider, inferred from an act, or public.",
        "said(본인), told(내부자), inferred(행동에서 추론), public(공개).",
    ),
    may(
        "sealed_until",
        Day,
        "Sealed until that day.",
        "이 날까지 봉인.",
    ),
    may("text", Text, "A remark.", "덧붙이는 말."),
];

/// The keys of one table by names, for `did you mean`.
pub(crate) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|k| k.name).collect()
}

/// The keys of an entry of a section.
pub(crate) fn entry_keys(keys: &'static [Key], section: &str) -> &'static [Key] {
    match keys.iter().find(|k| k.name == section).map(|k| &k.shape) {
        Some(Declares(_, Table(keys)) | List(Table(keys)) | By(_, Table(keys))) => keys,
        _ => &[],
    }
}
