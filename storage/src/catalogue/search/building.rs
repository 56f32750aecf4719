use std::collections::HashSet;

use domain::{
    catalogue::{is_numbered, search_form, whole_form},
    text::shorten,
};

use super::{
    Entry, SearchIndex,
    keys::Keys,
    lists::{ConditionSet, Lists, Texts, narrow},
    spelling::Speller,
};

/// Characters of a summary that a result shows.
const SUMMARY_LINE: usize = 240;

/// An index in the making: conditions are added one by one and only what the index needs of them
/// is kept.
#[derive(Default)]
pub(crate) struct IndexBuilder {
    slugs: Texts,
    summaries: Texts,
    /// Summaries as searches compare them.
    told: Texts,
    codes: Texts,
    code_conditions: Vec<u32>,
    names: Names,
    /// The conditions that are families.
    families: Vec<u32>,
}

impl IndexBuilder {
    /// Adds the next condition in alphabetical order of display names.
    pub(crate) fn add(&mut self, entry: &Entry) {
        let condition = narrow(self.slugs.len());
        let summary = entry.summary.as_deref().unwrap_or_default();
        self.slugs.push(&entry.slug);
        self.summaries.push(&shorten(summary, SUMMARY_LINE));
        self.told.push(&search_form(summary));
        for code in &entry.codes {
            self.codes.push(&code.to_string());
            self.code_conditions.push(condition);
        }
        if entry.is_family {
            self.families.push(condition);
        }
        self.names.add(condition, entry);
    }

    /// The index over the conditions that were added.
    pub(crate) fn build(self) -> SearchIndex {
        let names = self.names.complete();
        let (ranks, by_rank) = names.ranked();
        let mut numbered = ConditionSet::empty(self.slugs.len());
        numbered.insert_all(&names.numbered);
        let mut families = ConditionSet::empty(self.slugs.len());
        families.insert_all(&self.families);
        let known_names = narrow(names.first.len() - 1 + names.everyday.len());
        let (whole_names, whole_ranks) = names.keyed(&ranks);
        let forms = names.forms;
        let conditions: Box<[u32]> = names.conditions.into();

        let distinct = distinct_words(&forms);
        let words = Keys::from_sorted(distinct.iter().copied());
        let speller = Speller::new(distinct.into_iter().collect());
        let name_words = places(&words, &forms);
        let word_conditions = Lists::gather(
            words.len(),
            name_words
                .pairs()
                .map(|(name, word)| (word, conditions[name as usize])),
        );
        drop(forms);

        let summary_words = Keys::from_sorted(distinct_words(&self.told));
        let summary_conditions = Lists::gather(
            summary_words.len(),
            places(&summary_words, &self.told)
                .pairs()
                .map(|(condition, word)| (word, condition)),
        );
        drop(self.told);

        let (codes, code_conditions) = coded(&self.codes, &self.code_conditions);

        SearchIndex {
            slugs: self.slugs.complete(),
            names: names.shown,
            summaries: self.summaries.complete(),
            first_names: names.first.into(),
            families,
            numbered,
            known_names,
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
#[derive(Default)]
struct Names {
    shown: Texts,
    /// As searches compare them.
    forms: Texts,
    /// The condition of each name.
    conditions: Vec<u32>,
    /// The display name of each condition and, once complete, the number of names behind the last.
    first: Vec<u32>,
    /// The everyday names, ascending.
    everyday: Vec<u32>,
    /// The conditions that are numbers in a row.
    numbered: Vec<u32>,
}

impl Names {
    fn add(&mut self, condition: u32, entry: &Entry) {
        let display = narrow(self.shown.len());
        self.first.push(display);
        let names = std::iter::once(&entry.name).chain(&entry.everyday_names);
        for (position, name) in names.chain(&entry.other_names).enumerate() {
            let form = search_form(name);
            // Spellings of one form answer the same queries; one is enough.
            let mut known = display..narrow(self.forms.len());
            if position == 0 || !(form.is_empty() || known.any(|name| self.forms.get(name) == form))
            {
                if position == 0 && is_numbered(&form) {
                    self.numbered.push(condition);
                } else if (1..=entry.everyday_names.len()).contains(&position) {
                    self.everyday.push(narrow(self.shown.len()));
                }
                self.shown.push(name);
                self.forms.push(&form);
                self.conditions.push(condition);
            }
        }
    }

    fn complete(mut self) -> Self {
        self.first.push(narrow(self.shown.len()));
        self.shown = self.shown.complete();
        self
    }

    /// The rank of each name, and the names by rank: display names first, then everyday names, then
    /// the others; short ones first, then those whose condition has a short display name, then by
    /// alphabet.
    fn ranked(&self) -> (Box<[u32]>, Box<[u32]>) {
        let mut by_rank: Vec<u32> = (0..narrow(self.forms.len())).collect();
        by_rank.sort_unstable_by_key(|&name| {
            let display = self.first[self.conditions[name as usize] as usize];
            let length = self.forms.get(name).len();
            (
                name != display,
                self.everyday.binary_search(&name).is_err(),
                length,
                self.forms.get(display).len(),
                name,
            )
        });
        let mut ranks = vec![0; by_rank.len()];
        for (rank, &name) in (0..).zip(&by_rank) {
            ranks[name as usize] = rank;
        }
        (ranks.into(), by_rank.into())
    }

    /// The whole forms of names as keys, with the ranks of the names of that form.
    fn keyed(&self, ranks: &[u32]) -> (Keys, Lists) {
        let wholes: Texts = self.forms.iter().map(whole_form).collect();
        let form = |&name: &u32| wholes.get(name);
        let mut sorted: Vec<u32> = (0..narrow(wholes.len()))
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

fn words_of(form: &str) -> impl Iterator<Item = &str> {
    form.split(' ').filter(|word| !word.is_empty())
}

/// All words of texts, sorted.
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
fn coded(codes: &Texts, conditions: &[u32]) -> (Keys, Lists) {
    let code = |&place: &u32| codes.get(place);
    let mut sorted: Vec<u32> = (0..narrow(codes.len())).collect();
    // Places ascend with their conditions.
    sorted.sort_unstable_by_key(|place| (code(place), *place));
    let same = || sorted.chunk_by(|one, other| code(one) == code(other));
    let keys = Keys::from_sorted(same().map(|group| code(&group[0])));
    let pairs = (0..).zip(same()).flat_map(|(key, group)| {
        group
            .iter()
            .map(move |&place| (key, conditions[place as usize]))
    });
    let lists = Lists::gather(keys.len(), pairs);
    (keys, lists)
}
