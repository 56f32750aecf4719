//! The languages of resources.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Code (ISO 639-1) and English name; by name, but English first.
const LANGUAGES: [(&str, &str); 24] = [
    ("en", "English"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("nl", "Dutch"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("de", "German"),
    ("el", "Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("es", "Spanish"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
];

/// The language that a resource is in: where it is in the list.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResourceLanguage(usize);

impl ResourceLanguage {
    /// Of most of them, and what forms begin with.
    pub const ENGLISH: Self = Self(0);

    /// All that can be chosen, in the order of forms.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(Self)
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|language| language.code() == code)
    }

    /// Its code (ISO 639-1).
    pub fn code(self) -> &'static str {
        LANGUAGES[self.0].0
    }

    /// Its English name.
    pub fn label(self) -> &'static str {
        LANGUAGES[self.0].1
    }
}

impl fmt::Debug for ResourceLanguage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl From<ResourceLanguage> for String {
    fn from(language: ResourceLanguage) -> Self {
        language.code().to_owned()
    }
}

impl TryFrom<String> for ResourceLanguage {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or("Choose one of the languages.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_in_the_order_of_their_names() {
        let names: Vec<_> = ResourceLanguage::all()
            .map(ResourceLanguage::label)
            .collect();
        assert_eq!(names[0], "English");
        assert!(names[1..].is_sorted());
        for language in ResourceLanguage::all() {
            assert_eq!(ResourceLanguage::from_code(language.code()), Some(language));
        }
        for unknown in ["", "EN", "english", "xx", "en\0"] {
            assert_eq!(ResourceLanguage::from_code(unknown), None);
        }
        let kept = serde_json::to_string(&ResourceLanguage::ENGLISH).unwrap();
        assert_eq!(kept, "\"en\"");
        assert!(serde_json::from_str::<ResourceLanguage>("\"xx\"").is_err());
    }
}
