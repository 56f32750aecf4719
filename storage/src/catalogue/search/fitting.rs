use domain::catalogue::singular;

use super::{
    SearchIndex,
    lists::ConditionSet,
    query::{Query, SHORTEST_GUESSED},
};

/// Which indexed words may stand for one word of a query, and how badly each fits.
pub(super) struct Fits {
    /// By place of the indexed word: twice the number of typing errors, and one more if the query
    /// has only its beginning. [`NONE`] for most.
    misfits: Vec<u8>,
    /// The conditions that have one of these words in their names.
    pub(super) conditions: ConditionSet,
    /// Whether some name has the word as typed.
    pub(super) known: bool,
    /// Whether typing errors have been allowed for.
    pub(super) spelled: bool,
}

const NONE: u8 = u8::MAX;

/// How a condition's names answer all words of a query.
pub(super) enum Answer {
    /// One name has them all.
    OneName { misfit: u32, name: u32 },
    /// They are spread over several names, of which this one has most of them.
    Spread { misfit: u32, name: u32 },
}

impl Fits {
    fn nothing(index: &SearchIndex) -> Self {
        Self {
            misfits: vec![NONE; index.words.len()],
            conditions: ConditionSet::empty(index.len()),
            known: false,
            spelled: false,
        }
    }

    /// The least misfit among some words.
    fn least(&self, words: &[u32]) -> u8 {
        words
            .iter()
            .map(|&word| self.misfits[word as usize])
            .min()
            .unwrap_or(NONE)
    }
}

impl SearchIndex {
    /// For each word of the query, the indexed words that it is as typed.
    pub(super) fn fits(&self, query: &Query) -> Vec<Fits> {
        let last = query.words.len().wrapping_sub(1);
        let fit = |(position, word): (usize, &String)| {
            let mut fits = Fits::nothing(self);
            if let Some(open) = query.open.as_ref().filter(|_| position == last) {
                // "ii" is read as 2, but "2b" begins so, too.
                for beginning in std::iter::once(word).chain((open != word).then_some(open)) {
                    let places = self.words.beginning(beginning);
                    fits.misfits[places.start as usize..places.end as usize].fill(1);
                    fits.conditions
                        .insert_all(self.word_conditions.span(places));
                }
            }
            // "Kahler" and "Kahlers", "tumor" and "tumors".
            let plural = format!("{word}s");
            let has_plural = word.len() >= SHORTEST_GUESSED && singular(&plural).is_some();
            let other = singular(word).or(has_plural.then_some(&*plural));
            for (spelling, misfit) in [(Some(&**word), 0), (other, 1)] {
                if let Some(place) = spelling.and_then(|spelling| self.words.place(spelling)) {
                    fits.misfits[place as usize] = misfit;
                    fits.conditions.insert_all(self.word_conditions.get(place));
                }
            }
            fits.known = !fits.conditions.is_empty();
            fits
        };
        query.words.iter().enumerate().map(fit).collect()
    }

    /// Adds the indexed words that are spelled like this one.
    pub(super) fn spell(&self, word: &str, unfinished: bool, fits: &mut Fits) {
        fits.spelled = true;
        self.speller
            .spelled_like(word, unfinished, |place, distance| {
                let misfit = 2 * distance + u8::from(unfinished);
                let known = &mut fits.misfits[place as usize];
                if misfit < *known {
                    *known = misfit;
                    fits.conditions.insert_all(self.word_conditions.get(place));
                }
            });
    }

    /// How a condition answers that has something for every word.
    pub(super) fn answer(&self, query: &Query, condition: u32, fits: &[Fits]) -> Answer {
        self.one_name(query, condition, fits)
            .unwrap_or_else(|| self.spread(condition, fits))
    }

    fn one_name(&self, query: &Query, condition: u32, fits: &[Fits]) -> Option<Answer> {
        let numbered = self.is_worse_by_number(query, condition);
        self.names_of(condition)
            .filter_map(|name| {
                let words = self.name_words.get(name);
                let mut misfit = 0;
                for fit in fits {
                    match fit.least(words) {
                        NONE => return None,
                        least => misfit += u32::from(least),
                    }
                }
                // Errors weigh most; then that it is a whole disease; then names that say nothing
                // else; then whole words.
                let more = u32::from(words.len() > fits.len());
                let misfit = (misfit / 2) << 3 | numbered << 2 | more << 1 | misfit & 1;
                Some((misfit, self.ranks[name as usize], name))
            })
            .min()
            .map(|(misfit, _, name)| Answer::OneName { misfit, name })
    }

    /// 1 for the numbered of a kind where no number was asked for.
    pub(super) fn is_worse_by_number(&self, query: &Query, condition: u32) -> u32 {
        u32::from(!query.numbered && self.numbered.contains(condition))
    }

    fn spread(&self, condition: u32, fits: &[Fits]) -> Answer {
        let misfit = fits
            .iter()
            .map(|fit| {
                let words = self.name_words.span(self.names_of(condition));
                u32::from(fit.least(words))
            })
            .sum();
        let name = self.fullest_name(condition, fits);
        Answer::Spread { misfit, name }
    }

    /// The name that has most of the words.
    pub(super) fn fullest_name(&self, condition: u32, fits: &[Fits]) -> u32 {
        let lacking = |&name: &u32| {
            let words = self.name_words.get(name);
            let lacking = fits.iter().filter(|fit| fit.least(words) == NONE).count();
            (lacking, self.ranks[name as usize])
        };
        self.names_of(condition)
            .min_by_key(lacking)
            .unwrap_or_else(|| self.display_name(condition))
    }
}
