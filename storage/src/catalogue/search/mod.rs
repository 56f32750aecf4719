//! Searching conditions by name, code and summary: one index in memory, the same on both
//! databases, rebuilt when the catalogue changes.
//!
//! Every way in which a condition can answer is a [`Tier`](ranking::Tier); a condition appears once,
//! in its best one. Typing errors are looked for only when no name fits as typed.

use std::{fmt, ops::Range};

use domain::catalogue::{Code, Matched, SEARCH_PAGE, SearchAnswer, SearchHit};

use keys::Keys;
use lists::{Lists, Texts};
use query::Query;
use ranking::{Hit, Reason};
use spelling::Speller;

mod building;
mod finding;
mod fitting;
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

/// What the index is told about one condition.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Last part of `/communities/{slug}`.
    pub(crate) slug: String,
    /// Display name.
    pub(crate) name: String,
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

    // By name.
    names: Texts,
    conditions: Box<[u32]>,
    /// The place of the name among all when nothing else decides.
    ranks: Box<[u32]>,
    by_rank: Box<[u32]>,
    /// Places in `words`.
    name_words: Lists,

    /// Folded whole names.
    whole_names: Keys,
    /// The ranks of the names that fold so: the names of a range of keys lie side by side.
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
        let query = Query::new(query);
        let found = self.find(&query, limit.min(MAX_HITS), true);
        let shown = found.hits.iter().map(|hit| self.shown(&query, hit));
        shown.collect()
    }

    /// One page of the conditions that answer, starting behind the first `from`.
    pub(crate) fn search(&self, query: &str, from: usize) -> SearchAnswer {
        let query = Query::new(query);
        let found = self.find(&query, MAX_HITS, false);
        let page = found.hits.iter().skip(from).take(SEARCH_PAGE);
        let hits = page
            .map(|hit| {
                let line = self.summaries.get(hit.condition);
                SearchHit {
                    summary: (!line.is_empty()).then(|| line.to_owned()),
                    ..self.shown(&query, hit)
                }
            })
            .collect();
        SearchAnswer {
            query: query.shown,
            hits,
            total: found.hits.len(),
            from,
            corrected: found.corrected,
        }
    }

    fn shown(&self, query: &Query, hit: &Hit) -> SearchHit {
        let display = self.display_name(hit.condition);
        SearchHit {
            slug: self.slugs.get(hit.condition).to_owned(),
            name: self.names.get(display).to_owned(),
            summary: None,
            matched: match hit.reason {
                Reason::Name(name) if name == display => Matched::Name,
                Reason::Name(name) => Matched::Synonym(self.names.get(name).to_owned()),
                Reason::Code(position) => Matched::Code(query.codes[position].0.to_string()),
                Reason::Summary => Matched::Summary,
            },
        }
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
            + self.speller.bytes()
    }
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
