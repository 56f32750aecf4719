use super::{
    SearchIndex,
    fitting::{Answer, Fits},
    lists::ConditionSet,
    query::{Query, Written},
    ranking::{Best, Hit, Reason, Tier},
    spelling::{has_digit, respaced},
};

/// Letters, at most, in those words of a query that no name has and for which typing errors are
/// looked up. Time grows with them.
const MAX_UNKNOWN: usize = 48;

/// The same for words that some name has.
const MAX_KNOWN: usize = 32;

/// Words with fewer letters say too little to find anything by themselves.
const TELLING_LETTERS: usize = 4;

/// What was found.
pub(super) struct Found {
    pub(super) hits: Vec<Hit>,
    /// Whether nothing fits as typed.
    pub(super) corrected: bool,
}

impl SearchIndex {
    /// The best conditions, at most `limit`. With `unfinished` the last word may be the beginning
    /// of one with typing errors, too.
    pub(super) fn find(&self, query: &Query, limit: usize, unfinished: bool) -> Found {
        let mut best = Best::new(limit);
        self.offer_codes(query, &mut best);
        self.offer_whole_names(query, &mut best);
        if query.words.is_empty() || best.is_full_before(Tier::Words) {
            return Found {
                hits: best.into_hits(),
                corrected: false,
            };
        }
        let mut fits = self.fits(query);
        self.offer_words(&fits, Tier::Words, Tier::WordsOfNames, &mut best);
        if !best.is_full_before(Tier::WordsOfSummary) {
            self.offer_summaries(query, &fits, &mut best);
        }
        let typed = !best.is_empty();
        if !query.is_code() && !best.has_before(Tier::WordsOfSummary) {
            self.offer_spellings(query, unfinished, &mut fits, &mut best);
            if best.is_empty() {
                self.offer_parts(query, &fits, &mut best);
            }
        }
        let hits = best.into_hits();
        let corrected = !typed && !hits.is_empty();
        Found { hits, corrected }
    }

    fn offer_codes(&self, query: &Query, best: &mut Best) {
        for (position, (code, written)) in query.codes.iter().enumerate() {
            let Some(place) = self.codes.place(&code.to_string()) else {
                continue;
            };
            let tier = match written {
                Written::InFull => Tier::CodeInFull,
                Written::Bare => Tier::BareCode,
                Written::Number => Tier::Number,
            };
            for &condition in self.code_conditions.get(place) {
                let rank = self.display_rank(condition);
                best.offer(Hit::new(tier, 0, rank, condition, Reason::Code(position)));
            }
        }
    }

    fn offer_whole_names(&self, query: &Query, best: &mut Best) {
        if query.folded.is_empty() {
            return;
        }
        if let Some(place) = self.whole_names.place(&query.folded) {
            for &rank in self.whole_ranks.get(place) {
                let name = self.by_rank[rank as usize];
                let shown = name == self.display_name(self.conditions[name as usize]);
                let tier = if shown { Tier::Name } else { Tier::OtherName };
                best.offer(self.name_hit(tier, 0, name));
            }
        }
        let places = self.whole_names.beginning(&query.folded);
        for &rank in self.whole_ranks.span(places) {
            best.offer(self.name_hit(Tier::Beginning, 0, self.by_rank[rank as usize]));
        }
    }

    /// Offers the conditions whose names have every word.
    fn offer_words(&self, fits: &[Fits], one_name: Tier, spread: Tier, best: &mut Best) {
        let Some(conditions) = ConditionSet::common(fits.iter().map(|fit| &fit.conditions)) else {
            return;
        };
        for condition in conditions.iter() {
            match self.answer(condition, fits) {
                Answer::OneName { misfit, name } => {
                    best.offer(self.name_hit(one_name, misfit, name));
                }
                Answer::Spread { misfit, name } => {
                    let rank = self.display_rank(condition);
                    best.offer(Hit::new(
                        spread,
                        misfit,
                        rank,
                        condition,
                        Reason::Name(name),
                    ));
                }
            }
        }
    }

    /// Offers the conditions that have every word in names or summary.
    fn offer_summaries(&self, query: &Query, fits: &[Fits], best: &mut Best) {
        let last = query.words.len() - 1;
        let told: Vec<ConditionSet> = query
            .words
            .iter()
            .zip(fits)
            .enumerate()
            .map(|(position, (word, fit))| {
                let mut told = fit.conditions.clone();
                let places = if query.open && position == last {
                    self.summary_words.beginning(word)
                } else {
                    let place = self.summary_words.place(word);
                    place.map_or(0..0, |place| place..place + 1)
                };
                told.insert_all(self.summary_conditions.span(places));
                told
            })
            .collect();
        for condition in ConditionSet::common(told.iter())
            .iter()
            .flat_map(ConditionSet::iter)
        {
            let rank = self.display_rank(condition);
            let tier = Tier::WordsOfSummary;
            best.offer(Hit::new(tier, 0, rank, condition, Reason::Summary));
        }
    }

    /// Offers the conditions whose names are spelled like the query.
    fn offer_spellings(&self, query: &Query, unfinished: bool, fits: &mut [Fits], best: &mut Best) {
        respaced(&query.folded, |folded| {
            let place = self.whole_names.place(folded);
            for &rank in place.map_or(&[][..], |place| self.whole_ranks.get(place)) {
                best.offer(self.name_hit(Tier::Spelling, 0, self.by_rank[rank as usize]));
            }
        });
        // Words that names have were most likely meant; only if that leads nowhere may they be
        // errors as well. Rare words first: theirs are likelier to be the wrong ones.
        let mut order: Vec<usize> = (0..fits.len()).collect();
        order.sort_by_key(|&word| fits[word].conditions.count());
        for (known_too, mut left) in [(false, MAX_UNKNOWN), (true, MAX_KNOWN)] {
            for &word in &order {
                let fit = &mut fits[word];
                let letters = query.words[word].len();
                if letters <= left && !fit.spelled && (known_too || !fit.known) {
                    let unfinished = unfinished && query.open && word == query.words.len() - 1;
                    self.spell(&query.words[word], unfinished, fit);
                    left -= letters;
                }
            }
            self.offer_words(fits, Tier::Spelling, Tier::SpellingOfNames, best);
            if !best.is_empty() || fits.iter().any(|fit| fit.conditions.is_empty()) {
                return;
            }
        }
    }

    /// Offers the conditions that have the weightiest part of the words. Rare words weigh more.
    fn offer_parts(&self, query: &Query, fits: &[Fits], best: &mut Best) {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        // A word with so many conditions tells nothing: "disease", "syndrome".
        let common = (count / 32).max(3);
        let mut weights = vec![0; self.len()];
        let mut telling = ConditionSet::empty(self.len());
        let mut total = 0;
        for (word, fit) in query.words.iter().zip(fits) {
            if word.len() < TELLING_LETTERS {
                continue;
            }
            let having = fit.conditions.count();
            let rarity = count
                .checked_div(having)
                .map_or(0, |ratio| ratio.max(1).ilog2());
            // A word that is only spelled like this one may well not be meant.
            let weight = 1 + if fit.known { rarity } else { rarity / 2 };
            total += weight;
            for condition in fit.conditions.iter() {
                weights[condition as usize] += weight;
            }
            if having <= common {
                telling.unite(&fit.conditions);
            }
        }
        // A wrong number is another condition, not a part of this one.
        let numbers = query
            .words
            .iter()
            .zip(fits)
            .filter(|(word, _)| has_digit(word));
        let required = numbers.map(|(_, fit)| &fit.conditions);
        let Some(telling) = ConditionSet::common(std::iter::once(&telling).chain(required)) else {
            return;
        };
        let most = telling
            .iter()
            .map(|condition| weights[condition as usize])
            .max();
        // Less than half of the query is not what was asked for.
        let Some(most) = most.filter(|most| 2 * most >= total) else {
            return;
        };
        for condition in telling.iter() {
            let weight = weights[condition as usize];
            if 8 * weight >= 7 * most {
                let name = self.fullest_name(condition, fits);
                best.offer(self.name_hit(Tier::Part, most - weight, name));
            }
        }
    }

    fn name_hit(&self, tier: Tier, misfit: u32, name: u32) -> Hit {
        let condition = self.conditions[name as usize];
        let rank = self.ranks[name as usize];
        Hit::new(tier, misfit, rank, condition, Reason::Name(name))
    }

    fn display_rank(&self, condition: u32) -> u32 {
        self.ranks[self.display_name(condition) as usize]
    }
}
