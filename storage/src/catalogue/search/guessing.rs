//! What may have been meant where nothing fits as typed.

use domain::catalogue::{search_form, singular, whole_form};

use super::{
    SearchIndex,
    query::{Query, SHORTEST_GUESSED},
    ranking::{Best, Tier},
    spelling::respaced,
};

/// Letters, at most, in those words of a query that no name has and for which typing errors are
/// looked up. Time grows with them.
const MAX_UNKNOWN: usize = 48;

/// The same for words that some name has.
const MAX_KNOWN: usize = 32;

/// A word of a name is taken for an error only if it has this many letters.
const LONG_KNOWN: usize = 7;

/// Words of a sentence in which names are looked for.
const MAX_SENTENCE: usize = 20;

/// Words that such a name may have.
const MAX_NAME: usize = 8;

/// The general word of a name in other languages, and in English.
const GENERAL: [(&str, &str); 16] = [
    ("morbus", "disease"),
    ("krankheit", "disease"),
    ("maladie", "disease"),
    ("enfermedad", "disease"),
    ("malattia", "disease"),
    ("doenca", "disease"),
    ("ziekte", "disease"),
    ("choroba", "disease"),
    ("sykdom", "disease"),
    ("sygdom", "disease"),
    ("sjukdom", "disease"),
    ("syndrom", "syndrome"),
    ("sindrome", "syndrome"),
    ("sindroma", "syndrome"),
    ("syndroom", "syndrome"),
    ("zespol", "syndrome"),
];

/// What stands between that word and the name: "syndrome de Marfan".
const PARTICLES: [&str; 12] = [
    "de", "du", "des", "del", "della", "di", "do", "da", "la", "le", "van", "von",
];

/// What people write around a name.
const ASIDES: [&str; 82] = [
    "a",
    "about",
    "adult",
    "adults",
    "an",
    "and",
    "any",
    "are",
    "at",
    "baby",
    "by",
    "can",
    "care",
    "cause",
    "caused",
    "causes",
    "child",
    "children",
    "cure",
    "daughter",
    "de",
    "diagnosed",
    "diagnosis",
    "do",
    "does",
    "doctor",
    "doctors",
    "expectancy",
    "for",
    "from",
    "gene",
    "genetic",
    "get",
    "group",
    "groups",
    "has",
    "have",
    "help",
    "how",
    "i",
    "in",
    "inheritance",
    "is",
    "kids",
    "life",
    "living",
    "me",
    "mean",
    "my",
    "of",
    "on",
    "or",
    "patient",
    "patients",
    "prognosis",
    "research",
    "sign",
    "signs",
    "son",
    "specialist",
    "support",
    "survival",
    "symptom",
    "symptoms",
    "tell",
    "test",
    "testing",
    "tests",
    "the",
    "therapies",
    "therapy",
    "to",
    "treat",
    "treated",
    "treatment",
    "treatments",
    "was",
    "what",
    "when",
    "who",
    "why",
    "with",
];

impl SearchIndex {
    /// Offers what may have been meant and tells whether it is another query than was typed.
    pub(super) fn guess(&self, query: &Query, unfinished: bool, best: &mut Best) -> bool {
        let translated = translated(&query.form);
        if let Some(form) = &translated {
            self.offer_names(&query.reworded(form.clone(), unfinished), false, best);
            if best.is_empty() {
                // What others call a disease may be a syndrome here.
                let bare = without(form, &["disease", "syndrome"]);
                self.offer_whole_names(&query.reworded(bare, unfinished), best);
            }
            if !best.is_empty() {
                return false;
            }
        }
        if query.form.len() < SHORTEST_GUESSED {
            return false;
        }
        let form = translated.unwrap_or_else(|| query.form.clone());
        let named = without(&form, &ASIDES);
        if !named.is_empty() {
            let named = query.reworded(named, unfinished);
            self.offer_whole_names(&named, best);
            if best.is_empty() {
                self.offer_spellings(&named, unfinished, best);
            }
        }
        if best.is_empty() {
            self.offer_within(&form, best);
        }
        !best.is_empty()
    }

    /// Offers the conditions with a name that stands within a sentence; the longest first.
    fn offer_within(&self, form: &str, best: &mut Best) {
        let words: Vec<&str> = form.split(' ').take(MAX_SENTENCE).collect();
        let mut behind = 0;
        for from in 0..words.len() {
            // Not what is part of a longer name: "muscular dystrophy" of "Becker muscular dystrophy".
            let longest = words.len().min(from + MAX_NAME);
            for to in (from.max(behind) + 1..=longest).rev() {
                if self.offer_name_within(&words[from..to], best) {
                    behind = to;
                    break;
                }
            }
        }
    }

    fn offer_name_within(&self, words: &[&str], best: &mut Best) -> bool {
        let telling = |word: &&&str| word.len() >= SHORTEST_GUESSED && !ASIDES.contains(*word);
        let letters: usize = words.iter().filter(telling).map(|word| word.len()).sum();
        if letters == 0 {
            return false;
        }
        let whole = whole_form(&words.join(" "));
        let alone = words.len() == 1;
        let mut found = false;
        for general in ["", " syndrome", " disease"] {
            // A single word of a sentence is rarely a whole name, but it may be an eponym.
            if alone && general.is_empty() && letters < 8 {
                continue;
            }
            let name = format!("{whole}{general}");
            let place = self.whole_names.place(&name);
            for &rank in place.map_or(&[][..], |place| self.whole_ranks.get(place)) {
                let name = self.by_rank[rank as usize];
                // An eponym may get an "s", but does not lose one: "Cabezas".
                let kept = !alone
                    || whole != words[0]
                    || search_form(self.names.get(name)) == format!("{whole}{general}");
                if kept {
                    let misfit = u32::try_from(1_000_usize.saturating_sub(letters)).unwrap_or(0);
                    best.offer(self.name_hit(Tier::Within, misfit, name));
                    found = true;
                }
            }
        }
        found
    }

    /// Offers the conditions whose names are spelled like the query.
    fn offer_spellings(&self, query: &Query, unfinished: bool, best: &mut Best) {
        respaced(&query.whole, |whole| {
            let place = self.whole_names.place(whole);
            for &rank in place.map_or(&[][..], |place| self.whole_ranks.get(place)) {
                best.offer(self.name_hit(Tier::Spelling, 0, self.by_rank[rank as usize]));
            }
        });
        let mut fits = self.fits(query);
        // Words that names have were most likely meant; only if that leads nowhere may they be
        // errors as well. Rare words first: theirs are likelier to be the wrong ones.
        let mut order: Vec<usize> = (0..fits.len()).collect();
        order.sort_by_key(|&word| fits[word].conditions.count());
        for (known_too, mut left) in [(false, MAX_UNKNOWN), (true, MAX_KNOWN)] {
            for &word in &order {
                let fit = &mut fits[word];
                let letters = query.words[word].len();
                let wanted = !fit.known || known_too && letters >= LONG_KNOWN;
                if letters <= left && !fit.spelled && wanted {
                    let unfinished =
                        unfinished && query.open.is_some() && word == query.words.len() - 1;
                    self.spell(&query.words[word], unfinished, fit);
                    left -= letters;
                }
            }
            self.offer_words(query, &fits, Tier::Spelling, None, best);
            if !best.is_empty() || fits.iter().any(|fit| fit.conditions.is_empty()) {
                return;
            }
        }
    }
}

/// The words that tell a name from others, sorted.
pub(super) fn core_words(form: &str) -> Vec<&str> {
    let general = |word: &&str| {
        matches!(*word, "disease" | "syndrome" | "disorder")
            || PARTICLES.contains(word)
            || GENERAL.iter().any(|(other, _)| other == word)
    };
    let mut words: Vec<&str> = form
        .split(' ')
        .filter(|word| !general(word))
        .map(|word| singular(word).unwrap_or(word))
        .collect();
    words.sort_unstable();
    words
}

/// The query with the general words of other languages in English: "Morbus Kahler" is "disease
/// Kahler".
fn translated(form: &str) -> Option<String> {
    let english = |word: &str| GENERAL.iter().find(|(other, _)| *other == word);
    form.split(' ').find_map(english)?;
    let words: Vec<&str> = form
        .split(' ')
        .filter(|word| !PARTICLES.contains(word))
        .map(|word| english(word).map_or(word, |(_, english)| english))
        .collect();
    Some(words.join(" "))
}

fn without(form: &str, unwanted: &[&str]) -> String {
    let words: Vec<&str> = form
        .split(' ')
        .filter(|word| !unwanted.contains(word))
        .collect();
    words.join(" ")
}
