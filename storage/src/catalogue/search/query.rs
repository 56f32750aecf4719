use domain::{
    catalogue::{Code, CodeSystem},
    text::{MAX_QUERY, fold},
};

/// More words than this add nothing: no two conditions share so many of them.
const MAX_WORDS: usize = 12;

/// What a person typed, taken apart.
#[derive(Debug)]
pub(super) struct Query {
    /// Trimmed and cut, for showing.
    pub(super) shown: String,
    /// As names are compared.
    pub(super) folded: String,
    /// Distinct words in the order typed, [`MAX_WORDS`] at most.
    pub(super) words: Vec<String>,
    /// Whether the last of the words may be only the beginning of one.
    pub(super) open: bool,
    /// The codes that it may stand for.
    pub(super) codes: Vec<(Code, Written)>,
}

/// How a code was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// With its prefix: nothing else can be meant.
    InFull,
    /// Only the value, but one that looks like a code: `C90.0`.
    Bare,
    /// Only a number, which is likelier to be part of a name.
    Number,
}

impl Query {
    pub(super) fn new(typed: &str) -> Self {
        // Cut before anything else is done: the rest costs time for each character.
        let shown: String = typed
            .trim_start_matches(|c: char| c.is_whitespace() || c.is_control())
            .chars()
            .take(MAX_QUERY)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let shown = shown.trim().to_owned();
        let folded = fold(&shown);
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            open = words.len() < MAX_WORDS && !words.iter().any(|known| known == word);
            if open {
                words.push(word.to_owned());
            }
        }
        let codes = codes(&shown);
        Self {
            shown,
            folded,
            words,
            open,
            codes,
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
                if number {
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
