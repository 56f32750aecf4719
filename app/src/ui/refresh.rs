//! When the data of a page are fetched again, although its address has not changed.

use leptos::prelude::*;

use super::form::PageForm;

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

    /// How many there were of one form. The data of a form that names what it builds on are fetched
    /// again after that form alone; else its base would move on under a text that is not saved.
    pub fn count_of<F: PageForm>(self) -> usize {
        self.0
            .with(|done| done.iter().filter(|name| **name == F::name()).count())
    }

    /// A form was carried out.
    pub fn done(self, form: &'static str) {
        self.0.update(|done| done.push(form));
    }
}
