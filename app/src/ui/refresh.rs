//! When the data of a page are fetched again, although its address has not changed.

use leptos::prelude::*;

/// The forms that were carried out and led back to their own page.
#[derive(Clone, Copy, Debug)]
pub struct Refresh(RwSignal<Vec<&'static str>>);

impl Refresh {
    /// Once, in the application.
    pub fn provide() -> Self {
        let refresh = Self(RwSignal::new(Vec::new()));
        provide_context(refresh);
        refresh
    }

    /// Of the application.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// How many there were: a source of a page's data.
    pub fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// A form was carried out.
    pub fn done(self, form: &'static str) {
        self.0.update(|done| done.push(form));
    }
}
