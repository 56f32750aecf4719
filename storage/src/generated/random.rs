//! Numbers that are the same for the same seed, on every machine.

use uuid::{Builder, Uuid};

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below a count, each equally likely; 0 where the count is.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let scaled = u128::from(self.next()) * count as u128;
        usize::try_from(scaled >> 64).unwrap_or_default()
    }

    /// The same where few are likely and most are not: the first of 10,000 comes up 460 times as often as
    /// on average. So it is with communities and words.
    pub(super) fn skewed_below(&mut self, count: usize) -> usize {
        // The smallest of three has the density 3(1 - x)²; its cube makes the tail.
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index, of which the last digits do not matter"
        )]
        let index = {
            let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
            (unit * unit * unit * count as f64) as usize
        };
        index.min(count.saturating_sub(1))
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// A key of version 7, as of a moment in microseconds.
    pub(super) fn key(&mut self, moment: i64) -> Uuid {
        let millis = u64::try_from(moment / 1_000).unwrap_or_default();
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// Ten characters as in [`crate::token::public_id`].
    pub(super) fn public_id(&mut self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..10)
            .map(|_| char::from(DIGITS[self.below(DIGITS.len())]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            (
                random.key(1_000_000),
                random.public_id(),
                random.below(1_000),
            )
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
    }

    #[test]
    fn few_are_likely_and_all_are_possible() {
        let mut random = Random::new(1);
        let mut counts = [0_u32; 100];
        for _ in 0..100_000 {
            counts[random.skewed_below(100)] += 1;
        }
        assert!(counts[0] > 20_000, "{counts:?}");
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.skewed_below(0), 0);
    }
}
