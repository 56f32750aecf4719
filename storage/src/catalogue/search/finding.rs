use domain::catalogue::{CodeSystem, search_form, whole_form};

use super::{
    SearchIndex,
    fitting::{Answer, Fits},
    guessing::core_words,
    lists::{ConditionSet, narrow},
    query::{Query, SHORTEST_GUESSED, Written},
    ranking::{Best, Hit, Reason, Tier},
};

/// Words with fewer letters say too little to find anything by themselves.
const TELLING_LETTERS: usize = 4;

/// A misfit greater than any other.
const FAMILY: u32 = 1 << 23;

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
        let mut corrected = false;
        self.offer_names(query, true, &mut best);
        if best.is_empty() && !query.is_code() {
            corrected = self.guess(query, unfinished, &mut best);
        }
        Found {
            hits: best.into_hits(),
            corrected,
        }
    }

    /// Offers what fits as typed: whole names, then names with all words and, if those are to be
    /// `told`, summaries.
    pub(super) fn offer_names(&self, query: &Query, told: bool, best: &mut Best) {
        self.offer_whole_names(query, best);
        if query.words.is_empty() || best.is_full_before(Tier::Words) {
            return;
        }
        let fits = self.fits(query);
        self.offer_words(query, &fits, Tier::Words, Some(Tier::WordsOfNames), best);
        if told && !best.is_full_before(Tier::WordsOfSummary) {
            self.offer_summaries(query, &fits, best);
        }
    }

    /// Whether the hit's name or code is what was typed, but for the order of words and a general
    /// one: "flu" is no name of avian flu.
    pub(super) fn is_exact(&self, query: &Query, hit: &Hit) -> bool {
        match hit.reason {
            Reason::Code(_) => true,
            Reason::Summary => false,
            Reason::Name(name) => {
                let form = search_form(self.names.get(name));
                whole_form(&form) == query.whole || core_words(&form) == core_words(&query.form)
            }
        }
    }

    fn offer_codes(&self, query: &Query, best: &mut Best) {
        for (code, written) in &query.codes {
            let (key, tier) = match written {
                Written::InFull => (code.to_string(), Tier::CodeInFull),
                Written::Bare => (code.to_string(), Tier::BareCode),
                Written::Number => (code.to_string(), Tier::Number),
            };
            if let Some(place) = self.codes.place(&key) {
                self.offer_coded(place, (tier, 0), best);
            }
            // Who looks for all of G12.2 means G12.21 and G12.22 as well.
            if code.system == CodeSystem::Icd10 && is_category(&code.value) {
                // In the order of their codes.
                for (order, place) in (0..).zip(self.codes.beginning(&key)) {
                    self.offer_coded(place, (Tier::CodeBelow, order), best);
                }
            }
        }
    }

    fn offer_coded(&self, place: u32, (tier, misfit): (Tier, u32), best: &mut Best) {
        for &condition in self.code_conditions.get(place) {
            let rank = self.display_rank(condition);
            best.offer(self.hit(tier, misfit, rank, condition, Reason::Code(place)));
        }
    }

    pub(super) fn offer_whole_names(&self, query: &Query, best: &mut Best) {
        if query.whole.is_empty() {
            return;
        }
        if let Some(place) = self.whole_names.place(&query.whole) {
            for &rank in self.whole_ranks.get(place) {
                let name = self.by_rank[rank as usize];
                let condition = self.conditions[name as usize];
                let tier = if name == self.display_name(condition) {
                    Tier::Name
                } else {
                    Tier::OtherName
                };
                let numbered = self.is_worse_by_number(query, condition);
                let spelled = u32::from(search_form(self.names.get(name)) != query.form);
                // "ACNES" is no plural of "acne".
                if spelled == 1 && !query.numbered && query.form.len() < SHORTEST_GUESSED {
                    continue;
                }
                // A name that a person has chosen for it is surer than one of many from a source.
                let listed = u32::from(rank >= self.known_names);
                let misfit = listed << 2 | numbered << 1 | spelled;
                best.offer(self.name_hit(tier, misfit, name));
            }
        }
        let mut beginnings = vec![query.beginning()];
        if !query.completed {
            beginnings = vec![format!("{} ", query.whole)];
        } else if beginnings[0] != query.whole {
            beginnings.push(format!("{} ", query.whole));
        }
        for beginning in beginnings {
            for &rank in self
                .whole_ranks
                .span(self.whole_names.beginning(&beginning))
            {
                let name = self.by_rank[rank as usize];
                let numbered = self.is_worse_by_number(query, self.conditions[name as usize]);
                best.offer(self.name_hit(Tier::Beginning, numbered, name));
            }
        }
    }

    /// Offers the conditions that have every word in `one_name` or, where that may be, spread over
    /// several.
    pub(super) fn offer_words(
        &self,
        query: &Query,
        fits: &[Fits],
        one_name: Tier,
        spread: Option<Tier>,
        best: &mut Best,
    ) {
        let Some(conditions) = ConditionSet::common(fits.iter().map(|fit| &fit.conditions)) else {
            return;
        };
        for condition in conditions.iter() {
            match (self.answer(query, condition, fits), spread) {
                (Answer::OneName { misfit, name }, _) => {
                    best.offer(self.name_hit(one_name, misfit, name));
                }
                (Answer::Spread { misfit, name }, Some(spread)) => {
                    let rank = self.display_rank(condition);
                    best.offer(self.hit(spread, misfit, rank, condition, Reason::Name(name)));
                }
                (Answer::Spread { .. }, None) => {}
            }
        }
    }

    /// Offers the conditions that have every word in names or summary, a telling one in a name: a
    /// summary alone would answer to symptoms.
    fn offer_summaries(&self, query: &Query, fits: &[Fits], best: &mut Best) {
        // A word with so many conditions tells nothing: "disease", "syndrome".
        let common = (narrow(self.len()) / 32).max(3);
        let mut telling = ConditionSet::empty(self.len());
        for (word, fit) in query.words.iter().zip(fits) {
            if word.len() >= TELLING_LETTERS && fit.conditions.count() <= common {
                telling.unite(&fit.conditions);
            }
        }
        if telling.is_empty() {
            return;
        }
        let last = query.words.len() - 1;
        let mut sets: Vec<ConditionSet> = query
            .words
            .iter()
            .zip(fits)
            .enumerate()
            .map(|(position, (word, fit))| {
                let mut told = fit.conditions.clone();
                let places = if query.open.is_some() && position == last {
                    self.summary_words.beginning(word)
                } else {
                    let place = self.summary_words.place(word);
                    place.map_or(0..0, |place| place..place + 1)
                };
                told.insert_all(self.summary_conditions.span(places));
                told
            })
            .collect();
        sets.push(telling);
        for condition in ConditionSet::common(sets.iter())
            .iter()
            .flat_map(ConditionSet::iter)
        {
            let rank = self.display_rank(condition);
            let tier = Tier::WordsOfSummary;
            best.offer(self.hit(tier, 0, rank, condition, Reason::Summary));
        }
    }

    pub(super) fn name_hit(&self, tier: Tier, misfit: u32, name: u32) -> Hit {
        let condition = self.conditions[name as usize];
        let rank = self.ranks[name as usize];
        self.hit(tier, misfit, rank, condition, Reason::Name(name))
    }

    /// A family comes behind the conditions that answer in the same way, unless it is called as was
    /// typed.
    fn hit(&self, tier: Tier, misfit: u32, rank: u32, condition: u32, reason: Reason) -> Hit {
        let is_behind = tier != Tier::Name && self.families.contains(condition);
        let misfit = if is_behind { misfit | FAMILY } else { misfit };
        Hit::new(tier, misfit, rank, condition, reason)
    }

    fn display_rank(&self, condition: u32) -> u32 {
        self.ranks[self.display_name(condition) as usize]
    }
}

/// Whether a code is a letter with two digits at least: what stands below `G12.2` begins with it.
fn is_category(value: &str) -> bool {
    value.len() >= 3
        && value.bytes().take(1).all(|b| b.is_ascii_alphabetic())
        && value.bytes().skip(1).take(2).all(|b| b.is_ascii_digit())
}
