//! Searching conditions and their families by name, code and summary: one index in memory, the same on both
//! databases, rebuilt when the catalogue changes.
//!
//! Every way in which a condition can answer is a [`Tier`](ranking::Tier); a condition appears once,
//! in its best one. Names are searched, not symptoms: a wrong condition is worse than none. Only when
//! nothing fits as typed, `guessing` looks for what may have been meant.

use std::{fmt, ops::Range};

use domain::catalogue::{Code, Matched, SEARCH_PAGE, SearchAnswer, SearchHit};

use keys::Keys;
use lists::{ConditionSet, Lists, Texts};
use query::Query;
use ranking::{Hit, Reason};
use spelling::Speller;

mod building;
mod finding;
mod fitting;
mod guessing;
mod keys;
mod lists;
mod query;
mod ranking;
mod spelling;
#[cfg(test)]
mod tests;

pub(crate) use building::IndexBuilder;

/// No answer has more hits: whoever looks further needs another query.
const MAX_HITS: usize = 200;

/// What the index is told about one condition. A family is one, too.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Last part of `/communities/{slug}`.
    pub(crate) slug: String,
    /// Whether it is a family.
    pub(crate) is_family: bool,
    /// Display name.
    pub(crate) name: String,
    /// The names that people use beside it: before all others where several conditions answer.
    pub(crate) everyday_names: Vec<String>,
    /// The ontology's name and the synonyms as the source writes them, exact ones first.
    pub(crate) other_names: Vec<String>,
    /// All codes.
    pub(crate) codes: Vec<Code>,
    /// The summary or, where there is none, the definition.
    pub(crate) summary: Option<String>,
}

/// All conditions by name, code and summary.
///
/// Conditions, names and words are numbers into flat tables: names would take several times the
/// memory as strings of their own.
pub(crate) struct SearchIndex {
    // By condition, in alphabetical order.
    slugs: Texts,
    summaries: Texts,
    /// The number of the display name; the other names follow it.
    first_names: Box<[u32]>,
    /// The ones that are families.
    families: ConditionSet,
    /// The ones whose display names are numbers in a row: "Usher syndrome type 2".
    numbered: ConditionSet,
    /// Ranks below this are those of display names and everyday names.
    known_names: u32,

    // By name.
    names: Texts,
    conditions: Box<[u32]>,
    /// The place of the name among all when nothing else decides.
    ranks: Box<[u32]>,
    by_rank: Box<[u32]>,
    /// Places in `words`.
    name_words: Lists,

    /// Whole names in their whole form.
    whole_names: Keys,
    /// The ranks of the names of that form: the names of a range of keys lie side by side.
    whole_ranks: Lists,
    /// Words of names.
    words: Keys,
    word_conditions: Lists,
    summary_words: Keys,
    summary_conditions: Lists,
    /// Codes in their normal spelling.
    codes: Keys,
    code_conditions: Lists,

    speller: Speller,
}

impl SearchIndex {
    /// Number of conditions.
    pub(crate) fn len(&self) -> usize {
        self.slugs.len()
    }

    /// Whether there is nothing to find.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best conditions for what has been typed so far, without their summaries.
    pub(crate) fn suggest(&self, query: &str, limit: usize) -> Vec<SearchHit> {
        if self.is_empty() {
            return Vec::new();
        }
        let query = Query::new(query, true);
        let found = self.find(&query, limit.min(MAX_HITS), true);
        let shown = found.hits.iter().map(|hit| self.shown(hit));
        shown.collect()
    }

    /// One page of the conditions that answer, starting behind the first `from`.
    pub(crate) fn search(&self, query: &str, from: usize) -> SearchAnswer {
        let query = Query::new(query, false);
        let found = self.find(&query, MAX_HITS, false);
        let page = found.hits.iter().skip(from).take(SEARCH_PAGE);
        let hits = page
            .map(|hit| {
                let line = self.summaries.get(hit.condition);
                SearchHit {
                    summary: (!line.is_empty()).then(|| line.to_owned()),
                    ..self.shown(hit)
                }
            })
            .collect();
        let first = found.hits.first().filter(|_| !found.corrected);
        let partial = first.is_some_and(|hit| !self.is_exact(&query, hit));
        SearchAnswer {
            query: query.shown,
            hits,
            coded: coded(&found.hits).map(|condition| self.slugs.get(condition).to_owned()),
            total: found.hits.len(),
            from,
            corrected: found.corrected,
            partial,
        }
    }

    fn shown(&self, hit: &Hit) -> SearchHit {
        let display = self.display_name(hit.condition);
        SearchHit {
            slug: self.slugs.get(hit.condition).to_owned(),
            is_family: self.families.contains(hit.condition),
            name: self.names.get(display).to_owned(),
            summary: None,
            matched: match hit.reason {
                Reason::Name(name) if name == display => Matched::Name,
                Reason::Name(name) => Matched::Synonym(self.names.get(name).to_owned()),
                Reason::Code(place) => Matched::Code(self.code(place)),
                Reason::Summary => Matched::Summary,
            },
        }
    }

    /// The code at a place, in its normal spelling.
    fn code(&self, place: u32) -> String {
        self.codes.key(place).unwrap_or_default()
    }

    fn display_name(&self, condition: u32) -> u32 {
        self.first_names[condition as usize]
    }

    /// The numbers of a condition's names, the display name first.
    fn names_of(&self, condition: u32) -> Range<u32> {
        self.display_name(condition)..self.display_name(condition + 1)
    }

    /// Bytes that the tables occupy.
    fn bytes(&self) -> usize {
        let texts = [&self.slugs, &self.summaries, &self.names];
        let keys = [
            &self.whole_names,
            &self.words,
            &self.summary_words,
            &self.codes,
        ];
        let lists = [
            &self.name_words,
            &self.whole_ranks,
            &self.word_conditions,
            &self.summary_conditions,
            &self.code_conditions,
        ];
        let numbers = [
            &self.first_names,
            &self.conditions,
            &self.ranks,
            &self.by_rank,
        ];
        texts.iter().map(|table| table.bytes()).sum::<usize>()
            + keys.iter().map(|table| table.bytes()).sum::<usize>()
            + lists.iter().map(|table| table.bytes()).sum::<usize>()
            + numbers
                .iter()
                .map(|table| size_of_val(&***table))
                .sum::<usize>()
            + self.numbered.bytes()
            + self.families.bytes()
            + self.speller.bytes()
    }
}

/// The condition that alone carries the code that was asked for.
fn coded(hits: &[Hit]) -> Option<u32> {
    let mut carriers = hits.iter().filter(|hit| hit.is_exact_code());
    let first = carriers.next()?;
    // A number or "A20" is a name as well.
    let named = hits
        .iter()
        .any(|hit| hit.is_whole_name() && hit.condition != first.condition);
    (carriers.next().is_none() && !named).then_some(first.condition)
}

impl fmt::Debug for SearchIndex {
    /// Sizes only: the tables would fill a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SearchIndex")
            .field("conditions", &self.len())
            .field("names", &self.names.len())
            .field("words", &self.words.len())
            .field("bytes", &self.bytes())
            .finish_non_exhaustive()
    }
}
