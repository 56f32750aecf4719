//! A form that has arrived at the server.

use domain::{Error, account::Submission};

use super::{Control, FormPage, Outcome};
use crate::{
    account,
    answer::Answer,
    context::{Services, Visit},
    routes::Question,
};

/// What was filled in.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    body: String,
}

impl Fields {
    /// From `application/x-www-form-urlencoded`; what is not UTF-8 becomes replacement characters.
    pub fn read(body: &[u8]) -> Self {
        Self {
            pairs: form_urlencoded::parse(body).into_owned().collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }

    /// The answer to a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Which form of the page it is.
    pub fn form(&self) -> &str {
        self.get("form")
    }

    /// This sending, by the form's key.
    pub fn submission(&self) -> Submission {
        Submission {
            key: self.get("key").to_owned(),
            body: self.body.clone(),
        }
    }
}

/// A form that was refused, on its way back to the page that it came from.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What was filled in.
    pub fields: Fields,
    /// Why.
    pub error: Error,
}

impl FormPage {
    /// The same page with what was filled in, passwords excepted, and what is wrong with it.
    pub(crate) fn with(mut self, returned: &Returned) -> Self {
        self.notice = None;
        let name = returned.fields.form();
        let Some(form) = self.forms.iter_mut().find(|form| form.name == name) else {
            return self;
        };
        for field in &mut form.fields {
            if !matches!(
                field.control,
                Control::Password | Control::Username | Control::Hidden
            ) {
                field.value = returned.fields.get(&field.name).to_owned();
            }
        }
        // The key stays: what arrives twice is still one sending.
        if form.key.is_some() && !returned.fields.get("key").is_empty() {
            form.key = Some(returned.fields.get("key").to_owned());
        }
        match &returned.error {
            Error::Invalid { fields } => form.errors.clone_from(fields),
            other => form.refusal = Some(other.to_string()),
        }
        self
    }
}

/// What a hydrated page gets: where to go on, whether the document has become old, and the page
/// with what is wrong where it was refused.
pub type Sent = (String, bool, String);

/// Carries a form out: the page at the path says what it is for.
pub async fn submit(services: &Services, visit: &Visit, path: &str, fields: &Fields) -> Outcome {
    let outcome = match Question::of(path) {
        Some(Question::Account(page)) => account::submit(services, visit, &page, fields).await,
        _ => Err(Error::NotFound),
    };
    match outcome {
        Ok(outcome) => outcome,
        // The session has ended meanwhile.
        Err(Error::Unauthenticated) => Outcome::done_anew(account::sign_in_path(path)),
        Err(error) => Outcome::Refused(error),
    }
}

impl Returned {
    /// For a hydrated page: the forms as they were filled in. Where there is no such page any more
    /// its address says why.
    pub async fn sent(&self, services: &Services, visit: &Visit, path: &str) -> Sent {
        let page = match Question::of(path) {
            Some(Question::Account(page)) => account::form(services, visit, &page).await,
            _ => Answer::Refused(Error::NotFound),
        };
        match page {
            Answer::Found(page) if !page.forms.is_empty() => {
                let html = page.with(self).into_text().html;
                (String::new(), false, html.as_str().to_owned())
            }
            Answer::Moved { path, .. } => (path, true, String::new()),
            Answer::Found(_) | Answer::Refused(_) => (path.to_owned(), true, String::new()),
        }
    }
}
