use domain::{
    catalogue::{Code, CodeSystem, search_form, singular, whole_form},
    text::{MAX_QUERY, fold},
};

/// More words than this add nothing: no two conditions share so many of them.
const MAX_WORDS: usize = 12;

/// What is shorter is not completed once it has been sent, and never corrected: "flu" is no
/// fluorosis, and abbreviations differ in one letter.
pub(super) const SHORTEST_GUESSED: usize = 5;

/// What a person typed, taken apart.
#[derive(Debug)]
pub(super) struct Query {
    /// Trimmed and cut, for showing.
    pub(super) shown: String,
    /// Its words as searches compare them.
    pub(super) form: String,
    /// As whole names are compared.
    pub(super) whole: String,
    /// Distinct words of the form in the order typed, [`MAX_WORDS`] at most.
    pub(super) words: Vec<String>,
    /// What the last of the words may be the beginning of, where it may be one: as typed, for "vi"
    /// is the number 6 as well as the beginning of "viral".
    pub(super) open: Option<String>,
    /// Whether names that go on behind the query in the middle of a word answer.
    pub(super) completed: bool,
    /// Whether it asks for a number, so that the numbered of a kind are no worse than the others.
    pub(super) numbered: bool,
    /// The codes that it may stand for.
    pub(super) codes: Vec<(Code, Written)>,
}

/// A number of so many digits is no part of a name.
const NUMBER_OF_A_CODE: usize = 5;

/// How a code was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// With its prefix: nothing else can be meant.
    InFull,
    /// Only the value, but one that looks like a code: `C90.0`, `254500`.
    Bare,
    /// Only a short number, which is likelier to be part of a name.
    Number,
}

impl Query {
    /// With `unfinished` more may still be typed.
    pub(super) fn new(typed: &str, unfinished: bool) -> Self {
        // Cut before anything else is done: the rest costs time for each character.
        let shown: String = typed
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control())
            .chars()
            .take(MAX_QUERY)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let shown = shown.trim().to_owned();
        let codes = codes(&shown);
        let last = fold(&shown).rsplit(' ').next().map(str::to_owned);
        let last = last.filter(|_| shown.is_ascii());
        Self {
            codes,
            ..Self::of(search_form(&shown), shown, last, unfinished)
        }
    }

    /// The same query in other words.
    pub(super) fn reworded(&self, form: String, unfinished: bool) -> Self {
        Self::of(form, self.shown.clone(), None, unfinished)
    }

    fn of(form: String, shown: String, last: Option<String>, unfinished: bool) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut is_last = false;
        for word in form.split(' ').filter(|word| !word.is_empty()) {
            is_last = words.len() < MAX_WORDS && !words.iter().any(|known| known == word);
            if is_last {
                words.push(word.to_owned());
            }
        }
        let completed = unfinished || form.len() >= SHORTEST_GUESSED;
        let open = last.or_else(|| words.last().cloned());
        Self {
            shown,
            whole: whole_form(&form),
            open: open.filter(|_| is_last && completed),
            completed,
            numbered: form.bytes().any(|b| b.is_ascii_digit()),
            words,
            form,
            codes: Vec::new(),
        }
    }

    /// The whole form with the last word as typed, be it a plural or the beginning of a word.
    pub(super) fn beginning(&self) -> String {
        let last = self.form.rsplit(' ').next().unwrap_or_default();
        match singular(last) {
            Some(singular) if self.whole.ends_with(singular) => format!("{}s", self.whole),
            _ => self.whole.clone(),
        }
    }

    /// Whether a code was asked for by prefix and value, so that what is merely spelled like it
    /// would be wrong.
    pub(super) fn is_code(&self) -> bool {
        self.codes.iter().any(|(code, written)| {
            *written == Written::InFull && code.value.bytes().any(|b| b.is_ascii_digit())
        })
    }
}

fn codes(text: &str) -> Vec<(Code, Written)> {
    if let Some(code) = code_in_full(text) {
        return vec![(code, Written::InFull)];
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let number = text.bytes().all(|b| b.is_ascii_digit());
    let mut codes: Vec<_> = CodeSystem::ALL
        .into_iter()
        .filter(|system| {
            !number
                || match system {
                    CodeSystem::Orpha | CodeSystem::Omim | CodeSystem::OmimSeries => true,
                    // Numbers of MONDO are only known by their full length.
                    CodeSystem::Mondo => text.len() == 7,
                    _ => false,
                }
        })
        .filter_map(|system| Code::new(system, text))
        .map(|code| {
            (
                code,
                if number && text.len() < NUMBER_OF_A_CODE {
                    Written::Number
                } else {
                    Written::Bare
                },
            )
        })
        .collect();
    let series = text.strip_prefix("PS").or_else(|| text.strip_prefix("ps"));
    let glued = text
        .find(|c: char| c.is_ascii_digit())
        .map(|digit| text.split_at(digit))
        .and_then(|(prefix, value)| Code::new(CodeSystem::from_prefix(prefix)?, value));
    codes.extend(
        series
            .and_then(|value| Code::new(CodeSystem::OmimSeries, value))
            .into_iter()
            .chain(glued)
            .map(|code| (code, Written::Bare)),
    );
    codes
}

/// `ORPHA:29073`, `orpha 29073`, `ICD 10 C90.0`, `MONDO_0009693`, `OMIM #254500`.
fn code_in_full(text: &str) -> Option<Code> {
    if let Ok(code) = text.parse() {
        return Some(code);
    }
    let (prefix, value) = text.rsplit_once([':', ' ', '_', '#'])?;
    let prefix: String = prefix
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        .collect();
    Code::new(CodeSystem::from_prefix(&prefix)?, value)
}
