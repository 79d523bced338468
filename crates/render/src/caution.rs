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
