/// In which way a condition answers; better ways come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The code was written in full.
    CodeInFull,
    /// The display name, whole.
    Name,
    /// Only the value of the code was written.
    BareCode,
    /// Another name, whole.
    OtherName,
    /// A name begins so.
    Beginning,
    /// One name has all words.
    Words,
    /// The names together have all words.
    WordsOfNames,
    /// A number that is a code.
    Number,
    /// A code that is more special than the one that was typed.
    CodeBelow,
    /// Names and summary together have all words, the names at least a telling one.
    WordsOfSummary,
    /// A name stands within the query.
    Within,
    /// One name has words spelled like all of these.
    Spelling,
}

/// What in the condition answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The name of this number.
    Name(u32),
    /// The code at this place among all.
    Code(u32),
    /// Summary or definition.
    Summary,
}

/// A condition that answers, with what decides its place: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    key: u64,
    pub(super) condition: u32,
    pub(super) reason: Reason,
}

impl Hit {
    /// `misfit` orders hits of one tier, `rank` (that of a name) those that fit equally.
    pub(super) fn new(tier: Tier, misfit: u32, rank: u32, condition: u32, reason: Reason) -> Self {
        Self {
            key: first_key(tier) | u64::from(misfit.min(0xFF_FFFF)) << 32 | u64::from(rank),
            condition,
            reason,
        }
    }
}

impl Hit {
    /// Whether the condition carries the very code that was typed.
    pub(super) fn is_exact_code(&self) -> bool {
        matches!(self.reason, Reason::Code(_))
            && (self.is(Tier::CodeInFull) || self.is(Tier::BareCode))
    }

    /// Whether a name of the condition is what was typed.
    pub(super) fn is_whole_name(&self) -> bool {
        self.is(Tier::Name) || self.is(Tier::OtherName)
    }

    fn is(&self, tier: Tier) -> bool {
        self.key >> 56 == u64::from(tier as u8)
    }
}

fn first_key(tier: Tier) -> u64 {
    u64::from(tier as u8) << 56
}

/// The best hits so far, one for each condition. Its size stays bounded however many are offered.
#[derive(Debug)]
pub(super) struct Best {
    limit: usize,
    hits: Vec<Hit>,
    /// A hit with this key or a greater one is not among the best.
    bar: u64,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            hits: Vec::new(),
            bar: if limit == 0 { 0 } else { u64::MAX },
        }
    }

    pub(super) fn offer(&mut self, hit: Hit) {
        if hit.key < self.bar {
            self.hits.push(hit);
            // Roomy, so that the sorting is spread over many offers.
            if self.hits.len() >= 4 * self.limit + 60 {
                self.settle();
            }
        }
    }

    /// Keeps the best hit of each condition, and of these the best ones.
    fn settle(&mut self) {
        self.hits
            .sort_unstable_by_key(|hit| (hit.condition, hit.key));
        self.hits.dedup_by_key(|hit| hit.condition);
        self.hits.sort_unstable_by_key(|hit| hit.key);
        self.hits.truncate(self.limit);
        if let Some(last) = self.hits.last()
            && self.hits.len() == self.limit
        {
            self.bar = last.key;
        }
    }

    /// Whether no hit of this tier or a later one can get in.
    pub(super) fn is_full_before(&mut self, tier: Tier) -> bool {
        self.settle();
        self.bar <= first_key(tier)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    pub(super) fn into_hits(mut self) -> Vec<Hit> {
        self.settle();
        self.hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_of_sorting_all(
            offers in prop::collection::vec((0u32..60, 0u32..300), 0..600),
            limit in 0usize..30,
        ) {
            let hit = |(condition, misfit)| {
                Hit::new(Tier::Words, misfit, condition, condition, Reason::Summary)
            };
            let mut best = Best::new(limit);
            let mut all: Vec<Hit> = offers.into_iter().map(hit).collect();
            for hit in &all {
                best.offer(*hit);
            }
            all.sort_by_key(|hit| (hit.condition, hit.key));
            all.dedup_by_key(|hit| hit.condition);
            all.sort_by_key(|hit| hit.key);
            all.truncate(limit);
            prop_assert_eq!(best.into_hits(), all);
        }
    }
}
