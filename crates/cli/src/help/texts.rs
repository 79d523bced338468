//! The texts of commands and arguments, in both languages.

/// A text in English and in Korean.
pub(super) type Both = [&'static str; 2];

const NOTHING: Both = ["", ""];
/// What stands for the name of a command.
pub(super) const COMMAND: Both = ["COMMAND", "명령"];

/// The name of a command (the empty one is the whole), what it does, and more of it.
pub(super) const OF_COMMANDS: [(&str, Both, Both); 15] = [
    (
        "",
        [
            "Scenario planning that can be computed, shared and scored",
            "계산하고, 나누고, 점수를 매길 수 있는 시나리오 플래닝",
        ],
        [
            "A case is one text file: what is known, what the people involved could be thinking, and what leads to what. Without a command, sinario says what it is for and what to try first.",
            "사례는 텍스트 파일 하나입니다. 알려진 것, 사람들이 품고 있을 생각, 무엇이 무엇으로 이어지는지를 적습니다. 명령 없이 sinario만 치면 무엇을 하는 도구이고 무엇부터 해 볼지를 알려 줍니다.",
        ],
    ),
    (
        "check",
        [
            "Say what is wrong with a case, all of it at once; then what could be better",
            "사례의 잘못을 한꺼번에 모두 알려 주고, 더 나아질 곳을 조언합니다",
        ],
        NOTHING,
    ),
    (
        "explain",
        [
            "Teach one error or piece of advice; without a code, list them all",
            "오류나 조언 하나를 설명합니다. 코드가 없으면 모두 늘어놓습니다",
        ],
        NOTHING,
    ),
    (
        "run",
        ["Give the whole reading", "전체를 읽습니다"],
        NOTHING,
    ),
    (
        "futures",
        [
            "List the futures that fit together, and how many others lead to each",
            "앞뒤가 맞는 미래와, 다른 미래 몇 가지가 그리로 이어지는지를 늘어놓습니다",
        ],
        NOTHING,
    ),
    (
        "minds",
        [
            "Say what the facts tell about each mind, with its best rival and what was not done beside it",
            "사실이 속마음마다 무엇을 말하는지, 맞서는 설명과 하지 않은 일까지 나란히 보입니다",
        ],
        NOTHING,
    ),
    (
        "power",
        [
            "Say who holds power over whom, who wants what, and who gains as time goes by",
            "누가 누구를 쥐고 있는지, 누가 무엇을 바라는지, 시간이 흐르면 누가 얻는지를 알려 줍니다",
        ],
        [
            "It reads [[actors.NAME.holds]] and [actors.NAME.wants] of the case by the MACTOR method, and sets the weighted mean of what everybody wants beside the reading's own probabilities.",
            "사례의 [[actors.이름.holds]]와 [actors.이름.wants]를 MACTOR 방법으로 읽고, 모두의 바람을 힘으로 평균한 것을 이 읽기의 확률 곁에 놓습니다.",
        ],
    ),
    (
        "tornado",
        [
            "Say what would change the answer: each judgement at either end of its range",
            "무엇이 답을 바꾸는지 알려 줍니다. 판단을 하나씩 범위 양 끝으로 옮겨 봅니다",
        ],
        [
            "A judgement without a range of its own goes as far as the case's doubt. Those that put another state of a mind or driver in front come first, then those that move the probability most. With --steps, judgements whose work would be more are left out, cheap ones tried first, and named.",
            "범위를 적지 않은 판단은 사례의 의심 폭만큼 옮깁니다. 속마음이나 변수의 맨 앞 상태를 바꾸는 판단이 먼저 나오고, 확률을 많이 움직이는 판단이 이어집니다. --steps를 주면 일이 적은 판단부터 해 보고, 작업량을 넘는 판단은 빼고 이름을 밝힙니다.",
        ],
    ),
    (
        "numbers",
        [
            "Work out the quantities of the case: how they spread, what drives them, and what they are in each situation",
            "사례의 수량을 계산합니다. 어디서 어디까지인지, 무엇이 움직이는지, 상황마다 얼마인지 알려 줍니다",
        ],
        [
            "Each draw picks a future from the reading (minds as they are now, all else at the horizon) and a number from each distribution. Draws go on until every mean is known to --precision. Where no formula draws but from a few values, everything is summed exactly and nothing is drawn.",
            "추첨 한 번마다 읽기에서 미래 하나를 고르고(속마음은 지금, 나머지는 그때) 분포마다 수 하나를 뽑습니다. 모든 평균을 --precision만큼 알 때까지 뽑습니다. 분포가 모두 몇 가지 값만 가지면 뽑지 않고 정확히 더합니다.",
        ],
    ),
    (
        "choices",
        [
            "Hold the options against each other in every future: expected value, regret, robustness, and what it is worth to ask first",
            "선택지를 모든 미래에서 견줍니다. 기댓값, 후회, 얼마나 두루 버티는지, 먼저 물어보는 값을 알려 줍니다",
        ],
        [
            "All options meet the same draws. What could be learnt before choosing, from a mind's owner, from a driver or from a signpost, is priced in the unit of the options. With --given or --do the options are not held against the verdicts, since what would be cannot be held against what was.",
            "모든 선택지가 같은 추첨을 만납니다. 고르기 전에 속마음의 주인, 변수, 이정표에서 무엇을 알게 되면 얼마가 되는지 선택지의 단위로 셉니다. --given이나 --do를 주면 판정과 견주지 않습니다. 그랬다면 어땠을지는 실제와 견줄 수 없기 때문입니다.",
        ],
    ),
    (
        "story",
        [
            "Write the bones of a story for one future: what carries it, what pulls against it, what is known",
            "미래 하나를 골라 이야기의 뼈대를 씁니다. 떠받치는 것, 거스르는 것, 알려진 것을 적습니다",
        ],
        NOTHING,
    ),
    (
        "structure",
        [
            "Say which drivers drive the others and which follow, and what feeds back into itself",
            "어떤 변수가 다른 변수를 움직이고 어떤 변수가 따라가는지, 무엇이 스스로에게 되돌아오는지 알려 줍니다",
        ],
        [
            "Influence and dependence are those of structural analysis (MICMAC), read off the scores; indirect ones follow from powers of the matrix. A feedback loop reinforces itself (+) or balances itself (−).",
            "영향력과 의존도는 구조 분석(MICMAC)의 것을 점수에서 읽고, 간접 영향력은 행렬의 거듭제곱에서 얻습니다. 되먹임 고리는 스스로 커지거나 스스로 잦아듭니다.",
        ],
    ),
    (
        "firm",
        [
            "Say how firm the answers are: draw every judgement again, solve everything again, many times",
            "답이 얼마나 단단한지 알려 줍니다. 판단을 모두 다시 뽑아 처음부터 다시 풀기를 여러 번 되풀이합니다",
        ],
        [
            "Each member of the ensemble draws every judgement within its range, or else within the doubt of the case. This measures the author's own doubt, not the truth. With --out the work is done in shards, files that can be computed on any number of machines; whoever is stopped goes on where it was. `sinario merge` puts them together.",
            "판마다 판단을 저마다의 범위에서, 범위가 없으면 사례에 적힌 의심만큼 다시 뽑습니다. 재는 것은 글쓴이 스스로의 의심이지 진실이 아닙니다. --out을 쓰면 일을 조각 파일로 나누므로 컴퓨터 여러 대에서 나누어 계산할 수 있고, 멈추어도 그 자리에서 이어 갑니다. 조각은 `sinario merge`로 합칩니다.",
        ],
    ),
    (
        "merge",
        [
            "Check the shards in a folder and print what `firm` prints, without the case",
            "폴더의 조각을 확인하고 `firm`과 똑같은 결과를 보입니다. 사례 없이도 됩니다",
        ],
        [
            "A shard that was damaged or cut short, or that belongs to another case, question or version, is refused by name; for those that are missing, the commands are printed that compute them.",
            "망가지거나 끊긴 조각, 다른 사례나 물음, 다른 버전의 조각은 이름을 밝히고 받지 않습니다. 빠진 조각이 있으면 그것을 계산할 명령을 알려 줍니다.",
        ],
    ),
    (
        "help",
        [
            "Print this help, or the help of one command",
            "이 도움말이나 명령 하나의 도움말을 보입니다",
        ],
        NOTHING,
    ),
];

/// The name of an argument within the program, its value, what it does, and more of it.
pub(super) const OF_ARGUMENTS: [(&str, Both, Both, Both); 36] = [
    (
        "json",
        NOTHING,
        [
            "Print one JSON document on standard output and nothing else there",
            "표준 출력에 JSON 문서 하나만 씁니다",
        ],
        [
            "What is infinite (a fact that decides, a log score at probability 0) is the string \"inf\" or \"-inf\".",
            "무한한 값(결론을 정해 버리는 사실, 확률 0의 로그 점수)은 문자열 \"inf\"나 \"-inf\"로 씁니다.",
        ],
    ),
    (
        "lang",
        ["LANG", "언어"],
        [
            "Language of the output; else the case's, else the locale's",
            "출력의 언어. 없으면 사례의 언어, 그것도 없으면 로캘의 언어",
        ],
        NOTHING,
    ),
    (
        "seed",
        ["N", "수"],
        [
            "Seed of whatever is drawn at random",
            "무작위로 뽑을 때 쓰는 씨앗",
        ],
        NOTHING,
    ),
    (
        "threads",
        ["N", "수"],
        [
            "Threads to work with, all cores unless given; the answer does not depend on it",
            "함께 쓸 스레드 수. 없으면 코어를 모두 씁니다. 답은 이 수와 상관없이 같습니다",
        ],
        NOTHING,
    ),
    (
        "quiet",
        NOTHING,
        [
            "Show no progress and no remarks; what is wrong is still said",
            "진행 상황과 덧붙이는 말을 보이지 않습니다. 잘못은 그래도 알립니다",
        ],
        NOTHING,
    ),
    (
        "help",
        NOTHING,
        ["Print help", "도움말을 보입니다"],
        NOTHING,
    ),
    (
        "version",
        NOTHING,
        ["Print version", "버전을 보입니다"],
        NOTHING,
    ),
    (
        "case",
        ["CASE", "사례"],
        [
            "The case: a file, or a folder with a case.toml",
            "사례: 파일이거나 case.toml이 든 폴더",
        ],
        NOTHING,
    ),
    (
        "code",
        ["CODE", "코드"],
        [
            "The code, such as E0202 or A0101",
            "E0202나 A0101 같은 코드",
        ],
        NOTHING,
    ),
    (
        "html",
        ["FILE", "파일"],
        [
            "Write the report, a page that opens without a network; `-` is standard output",
            "네트워크 없이 열리는 보고서 페이지를 씁니다. `-`는 표준 출력입니다",
        ],
        NOTHING,
    ),
    (
        "probabilities",
        NOTHING,
        ["Find probabilities too", "확률도 구합니다"],
        NOTHING,
    ),
    (
        "basins",
        NOTHING,
        [
            "Count basins of succession up to 2^26 futures; unless given, up to 2^22",
            "미래 2^26가지까지 이행의 유역을 셉니다. 없으면 2^22가지까지만 셉니다",
        ],
        NOTHING,
    ),
    (
        "no_basins",
        NOTHING,
        [
            "Search alone, without the basins of succession",
            "이행의 유역은 세지 않고 찾기만 합니다",
        ],
        NOTHING,
    ),
    (
        "why_not",
        ["DRIVER.STATE", "변수.상태"],
        [
            "Say why this state is in no consistent future: a short chain of judgements that rules it out",
            "이 상태가 왜 앞뒤가 맞는 어느 미래에도 없는지, 그것을 막는 판단의 짧은 사슬을 보입니다",
        ],
        NOTHING,
    ),
    (
        "smallest_change",
        ["DRIVER.STATE,…", "변수.상태,…"],
        [
            "Find the fewest and smallest changes of scores with which some consistent future has all these states; or, if one has them already, none has",
            "이 상태들을 모두 담은 앞뒤가 맞는 미래가 생기도록, 이미 있으면 하나도 남지 않도록 가장 적게, 가장 작게 고칠 점수를 찾습니다",
        ],
        NOTHING,
    ),
    (
        "future",
        ["N", "번호"],
        [
            "Which of the consistent futures, in the order of `run`; the first unless given",
            "앞뒤가 맞는 미래 가운데 몇 번째인지(`run`의 순서). 없으면 첫 번째",
        ],
        NOTHING,
    ),
    (
        "of",
        ["STATE", "상태"],
        [
            "What to sway: DRIVER.STATE (a mind's now, else at the horizon; or with @now, @then, @settled) or a story's id; unless given, each mind's leading state now and each story",
            "무엇을 흔들어 볼지: 변수.상태(속마음은 지금, 나머지는 그때. @now, @then, @settled를 붙일 수 있습니다)나 이야기의 이름. 없으면 속마음마다 지금 앞선 상태와 이야기 모두",
        ],
        NOTHING,
    ),
    (
        "markdown",
        NOTHING,
        ["Write Markdown", "마크다운으로 씁니다"],
        NOTHING,
    ),
    (
        "command",
        COMMAND,
        ["The command", "도움말을 볼 명령"],
        NOTHING,
    ),
    (
        "as_of",
        ["DAY", "날짜"],
        [
            "Read with what was known on that day, as 2024-04-04",
            "그날 알려져 있던 것만으로 읽습니다(예: 2024-04-04)",
        ],
        NOTHING,
    ),
    (
        "limit",
        ["N", "수"],
        [
            "List so many consistent futures at most; all are counted",
            "앞뒤가 맞는 미래를 많아야 이만큼 늘어놓습니다. 세는 것은 모두 셉니다",
        ],
        NOTHING,
    ),
    (
        "max_inconsistency",
        ["K", "점수"],
        [
            "Let futures in up to this inconsistency, in points",
            "이 점수까지 어긋난 미래도 넣습니다",
        ],
        NOTHING,
    ),
    (
        "given",
        ["DRIVER.STATE", "변수.상태"],
        [
            "Suppose that we learn it now",
            "지금 그것을 알게 되었다고 봅니다",
        ],
        NOTHING,
    ),
    (
        "held",
        ["DRIVER.STATE", "변수.상태"],
        [
            "Suppose that somebody holds it there from now on",
            "지금부터 누군가 그렇게 붙들어 둔다고 봅니다",
        ],
        NOTHING,
    ),
    (
        "exact_up_to",
        ["N", "수"],
        [
            "Compute exactly up to so many futures",
            "미래가 이만큼일 때까지는 정확하게 계산합니다",
        ],
        NOTHING,
    ),
    (
        "steps",
        ["N", "수"],
        [
            "Work after which the search for consistent futures stops and says \"at least\", in steps of some 20 nanoseconds; unless given, hours for cases of a normal size and a second for absurd ones",
            "앞뒤가 맞는 미래를 이만큼 찾고 나면 멈추고 “적어도” 몇 가지라고 말합니다. 한 걸음은 약 20나노초입니다. 없으면 보통 크기의 사례는 몇 시간, 터무니없이 큰 사례는 1초까지 찾습니다",
        ],
        [
            "In `firm` these are the steps of each member, 2^26 or about a second unless given.",
            "`firm`에서는 판마다의 걸음 수이며, 없으면 2^26걸음, 약 1초입니다.",
        ],
    ),
    (
        "members",
        ["E", "판 수"],
        [
            "Members of the ensemble that says how firm the answers are",
            "답이 얼마나 단단한지 알아볼 판의 수",
        ],
        [
            "With `run --html` 200 unless given, where a case has at most 2^18 futures; else none.",
            "`run --html`에서는 적지 않으면 미래가 2^18가지까지인 사례에 200판이고, 그 밖에는 없습니다.",
        ],
    ),
    (
        "shard",
        ["I/N", "번째/조각 수"],
        [
            "Compute only the I-th of N shards, I from 1 to N, and write it into --out",
            "N조각 가운데 I번째만(1부터 N까지) 계산해 --out에 씁니다",
        ],
        NOTHING,
    ),
    (
        "out",
        ["DIR", "폴더"],
        [
            "Write the work as shards into this folder; those that are there are not computed again",
            "계산한 것을 조각으로 나누어 이 폴더에 씁니다. 이미 있는 조각은 다시 계산하지 않습니다",
        ],
        [
            "Without --shard all shards are computed, one for each 500 members, and then put together.",
            "--shard가 없으면 500판마다 한 조각씩 모두 계산하고 합칩니다.",
        ],
    ),
    (
        "folder",
        ["DIR", "폴더"],
        ["The folder with the shards", "조각이 든 폴더"],
        NOTHING,
    ),
    (
        "sampling",
        ["WAY", "방식"],
        [
            "How draws are laid over the distributions",
            "분포 위에 추첨을 펼치는 방식",
        ],
        [
            "plain: each on its own. latin: evenly over each distribution (Latin hypercube). sobol: evenly over all of them together (Sobol's sequence, scrambled), which often needs the fewest draws.",
            "plain: 저마다 따로. latin: 분포마다 고르게(라틴 초입방). sobol: 모든 분포에 걸쳐 고르게(뒤섞은 소볼 수열). 흔히 sobol이 가장 적게 뽑고도 같은 정밀도에 이릅니다.",
        ],
    ),
    (
        "precision",
        ["SHARE", "비율"],
        [
            "Draw until the standard error of every mean is at most this share of it, as 0.5% or 0.005",
            "평균마다 표준오차가 평균의 이 비율 아래로 내려갈 때까지 뽑습니다(예: 0.5%, 0.005)",
        ],
        NOTHING,
    ),
    (
        "draws",
        ["N", "수"],
        ["Draw so many times at most", "많아야 이만큼 뽑습니다"],
        [
            "Draws come in blocks of 4096, those of Latin and Sobol samples in 65,536; between 4096 and 67,108,864.",
            "추첨은 4096번씩, 라틴과 소볼은 65,536번씩 뽑습니다. 4096부터 67,108,864까지.",
        ],
    ),
    (
        "tolerance",
        ["SHARE", "비율"],
        [
            "How far below the best an option is still good enough",
            "가장 나은 것보다 얼마나 못해도 괜찮다고 볼지",
        ],
        [
            "A share of the spread between the best and the worst expected value of any option in any situation.",
            "모든 선택지와 상황을 통틀어 가장 큰 기댓값과 가장 작은 기댓값의 차이에 대한 비율입니다.",
        ],
    ),
    (
        "optimism",
        ["SHARE", "비율"],
        [
            "Weight of the best case in Hurwicz's measure; the worst has the rest",
            "후르비츠 잣대에서 가장 좋은 경우의 무게. 나머지는 가장 나쁜 경우의 무게",
        ],
        NOTHING,
    ),
    (
        "fails_below",
        ["VALUE", "값"],
        [
            "An option fails where its value is below this, as 50000 or 500M",
            "선택지의 값이 이보다 작으면 실패로 봅니다(예: 50000, 5억)",
        ],
        [
            "Unless given: below 0 where that happens to it, else where it is among the tenth of draws with its greatest regret.",
            "없으면 0보다 작아지는 일이 있는 선택지는 0 아래를, 그런 일이 없는 선택지는 후회가 가장 큰 추첨 열에 하나를 실패로 봅니다.",
        ],
    ),
];
