//! The number of unread notifications in the head of every page.

use domain::community::UNREAD_MOST;
use leptos::prelude::*;

use crate::page::unread_at_first;

/// How many notifications are unread, as far as this document knows.
#[derive(Clone, Copy, Debug)]
pub struct Unread(RwSignal<u64>);

impl Unread {
    /// Once, in the application.
    pub fn provide() {
        provide_context(Self(RwSignal::new(unread_at_first())));
    }

    /// Of the application.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// A page knows it anew.
    pub fn set(self, unread: u64) {
        self.0.set(unread);
    }

    /// What the way to the notifications is called.
    fn words(unread: u64) -> String {
        match unread {
            0 => "Notifications".to_owned(),
            UNREAD_MOST.. => format!("Notifications ({}+)", UNREAD_MOST - 1),
            some => format!("Notifications ({some})"),
        }
    }

    /// The same at present.
    pub fn label(self) -> String {
        Self::words(self.0.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_said_up_to_a_hundred() {
        for (unread, words) in [
            (0, "Notifications"),
            (1, "Notifications (1)"),
            (99, "Notifications (99)"),
            (100, "Notifications (99+)"),
        ] {
            assert_eq!(Unread::words(unread), words);
        }
    }
}
