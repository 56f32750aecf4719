use std::collections::HashSet;

use domain::text::{fold, shorten};

use super::{
    Entry, SearchIndex,
    keys::Keys,
    lists::{Lists, Texts, narrow},
    spelling::Speller,
};

/// Characters of a summary that a result shows.
const SUMMARY_LINE: usize = 240;

impl SearchIndex {
    /// Builds the index over conditions that come in alphabetical order of their display names.
    pub(crate) fn build(entries: Vec<Entry>) -> Self {
        let names = Names::of(&entries);
        let (ranks, by_rank) = names.ranked();
        let (whole_names, whole_ranks) = names.keyed(&ranks);
        let folded = names.folded;
        let conditions = names.conditions;

        let distinct = distinct_words(&folded);
        let words = Keys::from_sorted(distinct.iter().copied());
        let speller = Speller::new(distinct.into_iter().collect());
        let name_words = places(&words, &folded);
        let word_conditions = Lists::gather(
            words.len(),
            name_words
                .pairs()
                .map(|(name, word)| (word, conditions[name as usize])),
        );
        drop(folded);

        let told: Texts = entries
            .iter()
            .map(|entry| fold(entry.summary.as_deref().unwrap_or_default()))
            .collect();
        let summary_words = Keys::from_sorted(distinct_words(&told));
        let summary_conditions = Lists::gather(
            summary_words.len(),
            places(&summary_words, &told)
                .pairs()
                .map(|(condition, word)| (word, condition)),
        );
        drop(told);

        let (codes, code_conditions) = coded(&entries);

        Self {
            slugs: entries.iter().map(|entry| entry.slug.as_str()).collect(),
            names: names.shown,
            summaries: entries
                .iter()
                .map(|entry| shorten(entry.summary.as_deref().unwrap_or_default(), SUMMARY_LINE))
                .collect(),
            first_names: names.first,
            conditions,
            ranks,
            by_rank,
            whole_names,
            whole_ranks,
            words,
            name_words,
            word_conditions,
            summary_words,
            summary_conditions,
            codes,
            code_conditions,
            speller,
        }
    }
}

/// All names, numbered condition by condition, the display name before the others.
struct Names {
    shown: Texts,
    folded: Texts,
    /// The condition of each name.
    conditions: Box<[u32]>,
    /// The display name of each condition, and the number of names behind the last.
    first: Box<[u32]>,
}

impl Names {
    fn of(entries: &[Entry]) -> Self {
        let mut shown = Texts::default();
        let mut folded = Texts::default();
        let mut conditions = Vec::new();
        let mut first = Vec::new();
        for (condition, entry) in (0..).zip(entries) {
            let display = narrow(shown.len());
            first.push(display);
            let names = std::iter::once(&entry.name).chain(&entry.other_names);
            for (position, name) in names.enumerate() {
                let form = fold(name);
                // Spellings that fold to the same answer the same queries; one is enough.
                let mut known = display..narrow(folded.len());
                if position == 0 || !(form.is_empty() || known.any(|name| folded.get(name) == form))
                {
                    shown.push(name);
                    folded.push(&form);
                    conditions.push(condition);
                }
            }
        }
        first.push(narrow(shown.len()));
        Self {
            shown: shown.complete(),
            folded,
            conditions: conditions.into(),
            first: first.into(),
        }
    }

    /// The rank of each name, and the names by rank: display names first, then short ones, then
    /// those whose condition has a short display name, then by alphabet.
    fn ranked(&self) -> (Box<[u32]>, Box<[u32]>) {
        let mut by_rank: Vec<u32> = (0..narrow(self.folded.len())).collect();
        by_rank.sort_unstable_by_key(|&name| {
            let display = self.first[self.conditions[name as usize] as usize];
            let length = self.folded.get(name).len();
            (
                name != display,
                length,
                self.folded.get(display).len(),
                name,
            )
        });
        let mut ranks = vec![0; by_rank.len()];
        for (rank, &name) in (0..).zip(&by_rank) {
            ranks[name as usize] = rank;
        }
        (ranks.into(), by_rank.into())
    }

    /// The folded names as keys, with the ranks of the names that fold so.
    fn keyed(&self, ranks: &[u32]) -> (Keys, Lists) {
        let form = |&name: &u32| self.folded.get(name);
        let mut sorted: Vec<u32> = (0..narrow(self.folded.len()))
            .filter(|name| !form(name).is_empty())
            .collect();
        sorted.sort_unstable_by_key(|name| (form(name), ranks[*name as usize]));
        let same = || sorted.chunk_by(|one, other| form(one) == form(other));
        let keys = Keys::from_sorted(same().map(|group| form(&group[0])));
        let pairs = (0..).zip(same()).flat_map(|(place, group)| {
            group.iter().map(move |&name| (place, ranks[name as usize]))
        });
        let lists = Lists::gather(keys.len(), pairs);
        (keys, lists)
    }
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// All words of folded texts, sorted.
fn distinct_words(texts: &Texts) -> Vec<&str> {
    let words: HashSet<&str> = texts.iter().flat_map(words_of).collect();
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_unstable();
    words
}

/// The places of each text's words, ascending and distinct.
fn places(keys: &Keys, texts: &Texts) -> Lists {
    Lists::in_order(texts.iter().map(|text| {
        let mut places: Vec<u32> = words_of(text).filter_map(|word| keys.place(word)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }))
}

/// The codes as keys, with the conditions that carry them.
fn coded(entries: &[Entry]) -> (Keys, Lists) {
    let mut sorted: Vec<(String, u32)> = (0..)
        .zip(entries)
        .flat_map(|(condition, entry)| {
            let codes = entry.codes.iter();
            codes.map(move |code| (code.to_string(), condition))
        })
        .collect();
    sorted.sort_unstable();
    let same = || sorted.chunk_by(|one, other| one.0 == other.0);
    let keys = Keys::from_sorted(same().map(|group| group[0].0.as_str()));
    let pairs = (0..)
        .zip(same())
        .flat_map(|(place, group)| group.iter().map(move |&(_, condition)| (place, condition)));
    let lists = Lists::gather(keys.len(), pairs);
    (keys, lists)
}
