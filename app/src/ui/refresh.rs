//! When the data of a page are fetched again, although its address has not changed.

use leptos::prelude::*;

/// Counts the forms that were carried out and led back to their own page.
#[derive(Clone, Copy, Debug)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    /// Once, in the application.
    pub fn provide() -> Self {
        let refresh = Self(RwSignal::new(0));
        provide_context(refresh);
        refresh
    }

    /// Of the application.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// How many there were: a source of a page's data.
    pub fn count(self) -> u32 {
        self.0.get()
    }

    /// A form was carried out.
    pub fn done(self) {
        self.0.update(|count| *count += 1);
    }
}
