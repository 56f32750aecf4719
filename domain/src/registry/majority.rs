//! From when on somebody decides for themselves.

use crate::account::Country;

/// The age at which somebody is an adult in a country, in years. Where regions of a country differ, the
/// highest that applies to many people in it.
///
/// Eighteen but for those listed, which are from the civil codes as Wikipedia's "Age of majority" names
/// them in 2025. Laws change: an operator checks those of the countries that their registry serves.
pub fn age_of_majority(country: Country) -> u16 {
    match country.code() {
        // Canada: 18 or 19, by province.
        "CA" | "DZ" | "KR" => 19,
        "NZ" | "TH" => 20,
        "BH" | "CM" | "EG" | "GA" | "HN" | "KW" | "LS" | "NE" | "PR" | "SG" | "SZ" | "TD" => 21,
        _ => 18,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majority_is_by_country() {
        let age = |code| age_of_majority(Country::from_code(code).unwrap());
        assert_eq!(
            [age("DE"), age("CA"), age("TH"), age("SG")],
            [18, 19, 20, 21]
        );
    }

    #[test]
    fn nobody_is_an_adult_before_eighteen_or_still_a_child_at_twenty_two() {
        for country in Country::all() {
            assert!((18..=21).contains(&age_of_majority(country)), "{country:?}");
        }
    }
}
