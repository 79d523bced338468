//! How far imagining somebody's thoughts can be trusted, said once for every face.

use sinario_case::Lang;

/// What to bear in mind before reading about minds (Green & Armstrong 2011; model.md 5).
pub(crate) fn caution(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "People who imagine somebody’s thoughts alone are right 31 to 33 % of the time where chance is 28 %; groups that play the parties reach 60 % (Green & Armstrong 2011). Take what follows as a start, not as a look into a head."
        }
        Lang::Ko => {
            "혼자 남의 생각을 상상하면 31~33 %가 맞는데, 찍어도 28 %는 맞습니다. 역할을 나누어 겪어 본 집단은 60 %까지 맞혔습니다(Green & Armstrong 2011). 아래는 출발점이지, 머릿속을 들여다본 것이 아닙니다."
        }
    }
}

/// What is known of tables of competing hypotheses (Mandel, Karvetski & Dhami 2018, Judgment and Decision Making
/// 13:607–621: analysts who used the table did no better than those who did not; recalibrating and pooling helped).
pub(crate) fn table_alone(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "A table of competing hypotheses alone made analysts no more accurate; making their judgements coherent and pooling them did (Mandel et al. 2018). The table shows where rival readings part, not which is right."
        }
        Lang::Ko => {
            "맞서는 가설을 표로 늘어놓는 것만으로는 분석가의 판단이 더 정확해지지 않았습니다. 도움이 된 것은 판단을 앞뒤가 맞게 다듬어 여러 사람 것을 모으는 일이었습니다(Mandel 외 2018). 표는 해석이 어디서 갈리는지를 보여 줄 뿐, 어느 쪽이 맞는지는 말해 주지 않습니다."
        }
    }
}
