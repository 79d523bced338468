//! Holding a file against the table of its format: unknown and missing keys, kinds of values, bounds.

use super::values::{self, Wrong};
use super::{MOST_DRIVERS, SeenText, Value, Walk, is_id, part_of};
use crate::diagnostics::*;
use crate::format::{CASE, Key, Named, Shape, names};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

impl<'t> Walk<'t> {
    /// The whole file.
    pub(super) fn shape_of_case(&mut self, root: &'t DeTable<'t>) {
        // What the file as a whole lacks is said where it begins to speak.
        let first = root.keys().map(|k| k.span().start).min().unwrap_or(0);
        self.keys(CASE, first..first, None, root, &[]);
    }

    /// A table with its own keys; `at` is where missing ones are said, `place` where it begins.
    fn keys(
        &mut self,
        keys: &'static [Key],
        at: Range<usize>,
        place: Option<usize>,
        table: &'t DeTable<'t>,
        outer: &'static [Key],
    ) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let Some(known) = keys.iter().find(|k| k.name == name) else {
                self.unknown_key(key.span(), name, keys, outer);
                continue;
            };
            let texts = self.texts.len();
            self.path.push(name);
            self.shape(&known.shape, key.span(), value, keys);
            self.path.pop();
            // Names of persons and units are not translated.
            if matches!(name, "author" | "unit") {
                self.texts.truncate(texts);
            }
        }
        for key in keys
            .iter()
            .filter(|k| k.required && !table.contains_key(k.name))
        {
            if self.holes.hide(place, key.name, &names(keys)) {
                continue;
            }
            self.error(|_| e0403_missing_key::missing_key(at.clone(), key.name, key.en, key.ko));
        }
    }

    fn unknown_key(
        &mut self,
        span: Range<usize>,
        name: &str,
        keys: &'static [Key],
        outer: &'static [Key],
    ) {
        let has = |keys: &[Key]| keys.iter().any(|k| k.name == name);
        if !self.path.is_empty() && has(CASE) {
            self.error(|_| e0205_wrong_place::wrong_place(span, name, true));
        } else if has(outer) {
            self.error(|_| e0205_wrong_place::wrong_place(span, name, false));
        } else {
            self.error(|budget| e0201_unknown_key::unknown_key(span, name, &names(keys), budget));
        }
    }

    pub(super) fn wrong_type(&mut self, value: &Value, en: &str, ko: &str) {
        self.error(|_| e0401_wrong_type::wrong_type(value.span(), value.get_ref(), en, ko));
    }

    fn word(&mut self, value: &Value, known: &[&'static str]) {
        match value.get_ref().as_str() {
            None => self.wrong_type(value, "text in quotes", "따옴표로 둘러싼 글"),
            Some(s) if known.contains(&s) => {}
            Some(s) => self.unknown_value(value, s, known),
        }
    }

    /// One value: `key` is where it is named, `outer` the keys of the table that holds it.
    fn shape(
        &mut self,
        shape: &'static Shape,
        key: Range<usize>,
        value: &'t Value<'t>,
        outer: &'static [Key],
    ) {
        let v = value.get_ref();
        match shape {
            Shape::Format => match values::integer(v) {
                None => self.wrong_type(value, "the number 1", "수 1"),
                Some(1) => {}
                Some(_) => self.error(|_| e0106_another_format::another_format(value.span())),
            },
            Shape::Lang => self.word(value, &["ko", "en"]),
            Shape::OneOf(words) => self.word(value, words),
            Shape::Text => self.text(value, false),
            Shape::Name => self.text(value, true),
            Shape::Plain | Shape::Named(_) => {
                if v.as_str().is_none() {
                    self.wrong_type(value, "text in quotes", "따옴표로 둘러싼 글");
                }
            }
            Shape::Formula => match v {
                DeValue::String(_) => {}
                _ if values::number(v).is_some() => {}
                _ => self.wrong_type(
                    value,
                    "a formula in quotes, or a finite number",
                    "따옴표로 둘러싼 식 또는 유한한 수",
                ),
            },
            Shape::Day => {
                if values::day(v).is_none() {
                    self.error(|_| e0305_not_a_day::not_a_day(value.span()));
                }
            }
            Shape::Number(low, high) => match values::number(v) {
                None if matches!(v, DeValue::Float(_)) => {
                    self.wrong_type(value, "a finite number", "유한한 수");
                }
                None => self.wrong_type(value, "a number", "수"),
                Some(n) => self.within(value, n, n, *low, *high),
            },
            Shape::Whole(high) => match values::integer(v) {
                None => self.wrong_type(value, "a whole number from 0 up", "0 이상의 정수"),
                Some(n) if (0..=i64::from(*high)).contains(&n) => {}
                Some(_) => {
                    let high = f64::from(*high);
                    self.error(|_| e0301_out_of_range::out_of_range(value.span(), 0.0, high, None));
                }
            },
            Shape::Flag => {
                if v.as_bool().is_none() {
                    self.wrong_type(value, "true or false", "true 또는 false");
                }
            }
            Shape::Score(points) => match values::score(v) {
                Ok(s) => {
                    let (a, b) = s.range.unwrap_or((s.thousandths, s.thousandths));
                    // The cast: bounds are small whole numbers.
                    let points = *points as f64;
                    let (a, b) = (f64::from(a) / 1000.0, f64::from(b) / 1000.0);
                    self.within(value, a, b, -points, points);
                }
                Err(Wrong::Kind) => self.wrong_type(value, "a score", "점수"),
                Err(Wrong::UpsideDown) => self.upside_down(value),
                Err(Wrong::Unreadable) => {
                    self.error(|_| e0303_not_a_score::not_a_score(value.span()));
                }
            },
            Shape::Ranged(low, high) => match values::ranged(v) {
                Ok(r) => {
                    let (a, b) = r.range.unwrap_or((r.value, r.value));
                    self.within(value, a, b, *low, *high);
                }
                Err(Wrong::Kind) if matches!(v, DeValue::Float(_)) => {
                    self.wrong_type(value, "a finite number", "유한한 수");
                }
                Err(Wrong::Kind) => self.wrong_type(
                    value,
                    "a number, a percentage or a word of probability",
                    "수, 백분율 또는 확률을 나타내는 말",
                ),
                Err(Wrong::UpsideDown) => self.upside_down(value),
                Err(Wrong::Unreadable) => {
                    let text = v.as_str().unwrap_or("");
                    self.error(|budget| {
                        e0304_not_a_chance::not_a_chance(value.span(), text, budget)
                    });
                }
            },
            Shape::Grade => match v.as_str() {
                None => self.wrong_type(value, "a grade in quotes", "따옴표로 둘러싼 등급"),
                Some(s) if values::grade(s).is_some() => {}
                Some(s) => self.error(|_| e0306_not_a_grade::not_a_grade(value.span(), s)),
            },
            Shape::Strings => match v {
                DeValue::Array(all) => {
                    for inner in all.iter() {
                        self.shape(&Shape::Plain, inner.span(), inner, outer);
                    }
                }
                DeValue::String(_) => {}
                _ => self.wrong_type(value, "text or a list of texts", "글 또는 글의 목록"),
            },
            Shape::List(each) => match v {
                DeValue::Array(all) => {
                    for inner in all.iter() {
                        self.shape(each, inner.span(), inner, outer);
                    }
                }
                DeValue::Table(_) if matches!(each, Shape::Table(_)) => {
                    let path = self.path.join(".");
                    self.error(|_| e0404_wrong_nesting::table_for_list(key, &path));
                }
                _ => self.wrong_type(value, "a list", "목록"),
            },
            Shape::Declares(least, each) => self.declares(*least, each, key, value, outer),
            Shape::By(named, each) => self.by(*named, each, key, value, outer),
            Shape::Keyed(keys, each) => match v {
                DeValue::Table(table) => {
                    for (k, inner) in table {
                        let name: &str = k.get_ref();
                        if keys.contains(&name) {
                            self.shape(each, k.span(), inner, outer);
                        } else {
                            self.error(|budget| {
                                e0201_unknown_key::unknown_key(k.span(), name, keys, budget)
                            });
                        }
                    }
                }
                _ => self.wrong_type(value, "a table", "표"),
            },
            Shape::Table(keys) => match v {
                DeValue::Table(table) => {
                    let place = Some(value.span().start);
                    self.keys(keys, key, place, table, outer);
                }
                DeValue::Array(all) if all.iter().any(|v| v.get_ref().is_table()) => {
                    let path = self.path.join(".");
                    self.error(|_| e0404_wrong_nesting::double_brackets(key, &path));
                }
                _ => self.wrong_type(value, "a table", "표"),
            },
        }
    }

    /// A table whose keys are new ids.
    fn declares(
        &mut self,
        least: usize,
        each: &'static Shape,
        key: Range<usize>,
        value: &'t Value<'t>,
        outer: &'static [Key],
    ) {
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(_) => {
                let path = self.path.join(".");
                self.error(|_| e0404_wrong_nesting::list_for_names(key, &path));
                return;
            }
            _ => return self.wrong_type(value, "a table", "표"),
        };
        if table.len() > MOST_DRIVERS {
            let found = table.len();
            self.error(|_| e0107_too_many::too_many(key, found));
            return;
        }
        match (least, table.len()) {
            _ if self.is_torn(value) => {}
            (1, 0) => self.error(|_| e0411_no_driver::no_driver(key.clone())),
            (2, 0 | 1) => self.error(|_| e0405_too_few_states::too_few_states(key.clone())),
            _ => {}
        }
        // `[facts]` with the keys of a fact right below it: one slip, said once.
        if let Shape::Table(keys) = each {
            let own = |(k, v): (&toml::Spanned<_>, &Value)| {
                let k: &std::borrow::Cow<str> = k.get_ref();
                !v.get_ref().is_table() && keys.iter().any(|key| key.name == k)
            };
            if table.iter().any(own) {
                let path = self.path.join(".");
                self.error(|_| e0404_wrong_nesting::list_for_names(key, &path));
                return;
            }
        }
        for (k, inner) in table {
            let name: &'t str = k.get_ref();
            if !is_id(name) {
                self.error(|_| e0204_not_an_id::not_an_id(k.span(), name));
            }
            self.path.push(name);
            self.shape(each, k.span(), inner, outer);
            self.path.pop();
        }
    }

    /// A table whose keys name something; whether they do is looked at where the case is built.
    fn by(
        &mut self,
        named: Named,
        each: &'static Shape,
        key: Range<usize>,
        value: &'t Value<'t>,
        outer: &'static [Key],
    ) {
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(_) if matches!(each, Shape::Table(_)) => {
                let path = self.path.join(".");
                self.error(|_| e0404_wrong_nesting::list_for_names(key, &path));
                return;
            }
            _ => {
                let (en, ko) = match named {
                    Named::Driver => ("a table by driver", "변수별 표"),
                    Named::State => ("a table by state", "상태별 표"),
                    Named::Alternative => ("a table by alternative", "대안별 표"),
                    _ => ("a table by `driver.state`", "`변수.상태`별 표"),
                };
                return self.wrong_type(value, en, ko);
            }
        };
        for (k, inner) in table {
            let name: &'t str = k.get_ref();
            if self.is_misplaced(named, name, outer) {
                let of_file = !outer.iter().any(|o| o.name == name);
                self.error(|_| e0205_wrong_place::wrong_place(k.span(), name, of_file));
                continue;
            }
            self.path.push(name);
            self.shape(each, k.span(), inner, outer);
            self.path.pop();
        }
    }

    /// Whether a key that should name something names nothing, and is a key of the table around it (or of the file):
    /// it was written below a header that took it.
    pub(super) fn is_misplaced(&self, named: Named, name: &str, outer: &[Key]) -> bool {
        let declared = match named {
            Named::Driver => self.names.drivers.find(name).is_some(),
            Named::State => self.names.any_state(name),
            _ => return false,
        };
        !declared && (outer.iter().any(|k| k.name == name) || CASE.iter().any(|k| k.name == name))
    }

    fn within(&mut self, value: &Value, a: f64, b: f64, low: f64, high: f64) {
        if a < low || b > high {
            let quoted = value.get_ref().as_str().is_some();
            let percent = (a == b).then_some((a, true));
            let plain =
                values::number(value.get_ref()).map(|n| (n, low == 0.0 && self.likely_chance()));
            let percent = if quoted { percent } else { plain };
            self.error(|_| e0301_out_of_range::out_of_range(value.span(), low, high, percent));
        }
    }

    /// Whether the value stands where a percentage in quotes could.
    fn likely_chance(&self) -> bool {
        self.path.contains(&"expected")
    }

    fn upside_down(&mut self, value: &Value) {
        let text = value.get_ref().as_str().unwrap_or("");
        self.error(|_| e0302_upside_down::upside_down(value.span(), text));
    }

    /// A text by language; `say` may stand in a name.
    fn text(&mut self, value: &'t Value<'t>, is_name: bool) {
        match value.get_ref() {
            DeValue::String(_) => self.texts.push(SeenText {
                span: value.span(),
                ko: self.lang_tag == "ko",
                en: self.lang_tag == "en",
            }),
            DeValue::Table(table) => {
                let (mut ko, mut en, mut any) = (false, false, false);
                for (key, inner) in table {
                    let tag: &str = key.get_ref();
                    let known: &[&str] = if is_name {
                        &["ko", "en", "say"]
                    } else {
                        &["ko", "en"]
                    };
                    let is_tag = tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase());
                    if !is_tag && !known.contains(&tag) {
                        self.error(|budget| {
                            e0201_unknown_key::unknown_key(key.span(), tag, known, budget)
                        });
                    } else if inner.get_ref().as_str().is_none() {
                        self.wrong_type(inner, "text in quotes", "따옴표로 둘러싼 글");
                    }
                    any |= tag != "say";
                    ko |= tag == "ko";
                    en |= tag == "en";
                }
                if any || self.is_torn(value) {
                    let span = value.span();
                    self.texts.push(SeenText { span, ko, en });
                } else {
                    self.wrong_type(
                        value,
                        "a text by language, such as { ko = \"…\", en = \"…\" }",
                        "{ ko = \"…\", en = \"…\" } 같은 언어별 글",
                    );
                }
            }
            _ => self.wrong_type(
                value,
                "text in quotes or by language",
                "따옴표로 둘러싼 글 또는 언어별 글",
            ),
        }
    }

    /// A quoted value that should be one of `known`.
    pub(super) fn unknown_value(&mut self, value: &Value, name: &str, known: &[&'t str]) {
        let (span, quoted) = match part_of(value, name, 0) {
            Some(part) => (part, false),
            None => (value.span(), true),
        };
        self.error(|budget| {
            let (found, near) = e0202_unknown_name::unknown_name(span.clone(), name, known, budget);
            match near {
                Some(near) if quoted => found.fix(span, format!("\"{near}\"")),
                Some(near) => found.fix(span, near),
                None => found,
            }
        });
    }
}
