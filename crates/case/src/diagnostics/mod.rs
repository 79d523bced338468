//! One file a diagnostic: its page, which `sinario explain` shows, its wording, its tests.
//!
//! `E…` are errors: 01 the file, 02 names, 03 numbers, 04 shape, 05 formulas. `A…` is advice: 01 drivers and impacts, 02 facts, 03
//! sources and days, 04 stories, 05 languages, 06 formulas. A code is never given another meaning.

pub(crate) mod a0101_two_minds;
pub(crate) mod a0102_untouched_driver;
pub(crate) mod a0103_unbalanced_rows;
pub(crate) mod a0104_no_minus;
pub(crate) mod a0105_beyond_three;
pub(crate) mod a0106_no_because;
pub(crate) mod a0107_state_like_a_key;
pub(crate) mod a0201_fits_all;
pub(crate) mod a0202_after_as_of;
pub(crate) mod a0203_certainty;
pub(crate) mod a0204_known_today;
pub(crate) mod a0205_equal_worths;
pub(crate) mod a0301_no_source;
pub(crate) mod a0302_early_verdict;
pub(crate) mod a0303_early_signpost;
pub(crate) mod a0304_early_horizon;
pub(crate) mod a0401_story_against_judgements;
pub(crate) mod a0501_unsaid_name;
pub(crate) mod a0502_missing_translation;
pub(crate) mod a0601_from_zero;
pub(crate) mod a0602_divisor_at_zero;
pub(crate) mod a0603_endless_mean;
pub(crate) mod a0604_units_differ;
pub(crate) mod a0605_power_of_a_unit;
pub(crate) mod e0101_too_large;
pub(crate) mod e0102_not_utf8;
pub(crate) mod e0103_not_toml;
pub(crate) mod e0104_more_errors;
pub(crate) mod e0105_key_twice;
pub(crate) mod e0106_another_format;
pub(crate) mod e0107_too_many;
pub(crate) mod e0108_too_deep;
pub(crate) mod e0201_unknown_key;
pub(crate) mod e0202_unknown_name;
pub(crate) mod e0203_not_a_state_name;
pub(crate) mod e0204_not_an_id;
pub(crate) mod e0205_wrong_place;
pub(crate) mod e0301_out_of_range;
pub(crate) mod e0302_upside_down;
pub(crate) mod e0303_not_a_score;
pub(crate) mod e0304_not_a_chance;
pub(crate) mod e0305_not_a_day;
pub(crate) mod e0306_not_a_grade;
pub(crate) mod e0401_wrong_type;
pub(crate) mod e0402_missing_states;
pub(crate) mod e0403_missing_key;
pub(crate) mod e0404_wrong_nesting;
pub(crate) mod e0405_too_few_states;
pub(crate) mod e0406_impact_twice;
pub(crate) mod e0407_one_alternative;
pub(crate) mod e0408_worth_of_no_mind;
pub(crate) mod e0409_too_many_minds;
pub(crate) mod e0410_group_of_two_actors;
pub(crate) mod e0411_no_driver;
pub(crate) mod e0412_alternative_twice;
pub(crate) mod e0413_held_twice;
pub(crate) mod e0414_holds_itself;
pub(crate) mod e0415_too_many_powers;
pub(crate) mod e0416_one_of_two;
pub(crate) mod e0417_not_one_driver;
pub(crate) mod e0418_results_do_not_sum;
pub(crate) mod e0501_not_a_formula;
pub(crate) mod e0502_unknown_quantity;
pub(crate) mod e0503_test_of_a_quantity;
pub(crate) mod e0504_wrong_count;
pub(crate) mod e0505_circle;
pub(crate) mod e0506_interval;
pub(crate) mod e0507_parameter;
pub(crate) mod e0508_nothing_left;
pub(crate) mod e0509_undefined;
pub(crate) mod e0510_units;
pub(crate) mod e0511_reserved_id;
pub(crate) mod e0512_too_large_formula;
pub(crate) mod e0513_correlation_of_nothing;
pub(crate) mod e0514_correlation_twice;
pub(crate) mod e0515_impossible_correlations;
pub(crate) mod e0516_part_of_a_value;

use crate::advice::Seen;
use crate::{Diagnostic, Page};

/// Every page: errors by code, then advice by code.
pub(crate) static ALL: &[Page] = &[
    e0101_too_large::PAGE,
    e0102_not_utf8::PAGE,
    e0103_not_toml::PAGE,
    e0104_more_errors::PAGE,
    e0105_key_twice::PAGE,
    e0106_another_format::PAGE,
    e0107_too_many::PAGE,
    e0108_too_deep::PAGE,
    e0201_unknown_key::PAGE,
    e0202_unknown_name::PAGE,
    e0203_not_a_state_name::PAGE,
    e0204_not_an_id::PAGE,
    e0205_wrong_place::PAGE,
    e0301_out_of_range::PAGE,
    e0302_upside_down::PAGE,
    e0303_not_a_score::PAGE,
    e0304_not_a_chance::PAGE,
    e0305_not_a_day::PAGE,
    e0306_not_a_grade::PAGE,
    e0401_wrong_type::PAGE,
    e0402_missing_states::PAGE,
    e0403_missing_key::PAGE,
    e0404_wrong_nesting::PAGE,
    e0405_too_few_states::PAGE,
    e0406_impact_twice::PAGE,
    e0407_one_alternative::PAGE,
    e0408_worth_of_no_mind::PAGE,
    e0409_too_many_minds::PAGE,
    e0410_group_of_two_actors::PAGE,
    e0411_no_driver::PAGE,
    e0412_alternative_twice::PAGE,
    e0413_held_twice::PAGE,
    e0414_holds_itself::PAGE,
    e0415_too_many_powers::PAGE,
    e0416_one_of_two::PAGE,
    e0417_not_one_driver::PAGE,
    e0418_results_do_not_sum::PAGE,
    e0501_not_a_formula::PAGE,
    e0502_unknown_quantity::PAGE,
    e0503_test_of_a_quantity::PAGE,
    e0504_wrong_count::PAGE,
    e0505_circle::PAGE,
    e0506_interval::PAGE,
    e0507_parameter::PAGE,
    e0508_nothing_left::PAGE,
    e0509_undefined::PAGE,
    e0510_units::PAGE,
    e0511_reserved_id::PAGE,
    e0512_too_large_formula::PAGE,
    e0513_correlation_of_nothing::PAGE,
    e0514_correlation_twice::PAGE,
    e0515_impossible_correlations::PAGE,
    e0516_part_of_a_value::PAGE,
    a0101_two_minds::PAGE,
    a0102_untouched_driver::PAGE,
    a0103_unbalanced_rows::PAGE,
    a0104_no_minus::PAGE,
    a0105_beyond_three::PAGE,
    a0106_no_because::PAGE,
    a0107_state_like_a_key::PAGE,
    a0201_fits_all::PAGE,
    a0202_after_as_of::PAGE,
    a0203_certainty::PAGE,
    a0204_known_today::PAGE,
    a0205_equal_worths::PAGE,
    a0301_no_source::PAGE,
    a0302_early_verdict::PAGE,
    a0303_early_signpost::PAGE,
    a0304_early_horizon::PAGE,
    a0401_story_against_judgements::PAGE,
    a0501_unsaid_name::PAGE,
    a0502_missing_translation::PAGE,
    a0601_from_zero::PAGE,
    a0602_divisor_at_zero::PAGE,
    a0603_endless_mean::PAGE,
    a0604_units_differ::PAGE,
    a0605_power_of_a_unit::PAGE,
];

/// Every check of a case that can be read.
pub(crate) static CHECKS: &[fn(&Seen) -> Option<Diagnostic>] = &[
    a0101_two_minds::check,
    a0102_untouched_driver::check,
    a0103_unbalanced_rows::check,
    a0104_no_minus::check,
    a0105_beyond_three::check,
    a0106_no_because::check,
    a0107_state_like_a_key::check,
    a0201_fits_all::check,
    a0202_after_as_of::check,
    a0203_certainty::check,
    a0204_known_today::check,
    a0205_equal_worths::check,
    a0301_no_source::check,
    a0302_early_verdict::check,
    a0303_early_signpost::check,
    a0304_early_horizon::check,
    a0401_story_against_judgements::check,
    a0501_unsaid_name::check,
    a0502_missing_translation::check,
    a0601_from_zero::check,
    a0602_divisor_at_zero::check,
    a0603_endless_mean::check,
    a0604_units_differ::check,
    a0605_power_of_a_unit::check,
];

#[cfg(test)]
pub(crate) mod testing;
