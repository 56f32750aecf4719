//! HTML that may be put into a page as it is.

use std::{
    cell::Cell,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};

/// HTML that the sanitiser has written, the one kind of markup that a page takes over as it is.
///
/// A page that the server has rendered holds its texts already, so the data that go with it for
/// hydration leave them out ([`SafeHtml::left_out`]) and the browser reads them back from the page
/// ([`SafeHtml::restore`]). Clones share what is restored.
#[derive(Clone, Debug, Default)]
pub struct SafeHtml(Arc<OnceLock<String>>);

thread_local! {
    /// Whether texts are serialised as nothing on this thread at this moment.
    static LEFT_OUT: Cell<bool> = const { Cell::new(false) };
}

impl SafeHtml {
    /// The sanitiser's output. Nobody else calls this.
    pub fn from_sanitizer(markup: String) -> Self {
        Self(Arc::new(OnceLock::from(markup)))
    }

    /// The markup; empty while it has been left out and not restored.
    pub fn as_str(&self) -> &str {
        self.0.get().map_or("", String::as_str)
    }

    /// Whether there is no markup, or none yet.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// Whether the markup was left out of the data, because it is on the page.
    pub fn is_left_out(&self) -> bool {
        self.0.get().is_none()
    }

    /// Takes the markup back from the element into which the server has written it. What is known
    /// already stays.
    pub fn restore(&self, markup: String) {
        let _ = self.0.set(markup);
    }

    /// Serialises something for a page that holds its texts already.
    pub fn left_out<T>(serialise: impl FnOnce() -> T) -> T {
        let before = LEFT_OUT.replace(true);
        let result = serialise();
        LEFT_OUT.set(before);
        result
    }
}

impl PartialEq for SafeHtml {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for SafeHtml {}

impl Serialize for SafeHtml {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if LEFT_OUT.get() { "" } else { self.as_str() })
    }
}

impl<'de> Deserialize<'de> for SafeHtml {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let markup = String::deserialize(deserializer)?;
        Ok(if markup.is_empty() {
            Self::default()
        } else {
            Self::from_sanitizer(markup)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_left_out_are_restored_for_every_clone() {
        let html = SafeHtml::from_sanitizer("<p>a</p>".to_owned());
        assert_eq!(serde_json::to_string(&html).unwrap(), "\"<p>a</p>\"");
        let sent = SafeHtml::left_out(|| serde_json::to_string(&html)).unwrap();
        assert_eq!(sent, "\"\"");
        let read: SafeHtml = serde_json::from_str(&sent).unwrap();
        let clone = read.clone();
        assert!(clone.is_left_out());
        read.restore("<p>a</p>".to_owned());
        assert_eq!(clone, html);
        read.restore("<p>b</p>".to_owned());
        assert_eq!(clone.as_str(), "<p>a</p>");
    }
}
