//! A form that has arrived at the server.

use domain::{Error, account::Submission};

use super::{Control, FormPage, Outcome};
use crate::{
    account,
    answer::Answer,
    context::{Kept, Services, Visit},
    profile,
    question::Question,
    ui::form::File,
};

/// What was filled in.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    files: Vec<(String, File)>,
    body: String,
}

impl Fields {
    /// From `application/x-www-form-urlencoded`; what is not UTF-8 becomes replacement characters.
    pub fn read(body: &[u8]) -> Self {
        Self {
            pairs: form_urlencoded::parse(body).into_owned().collect(),
            files: Vec::new(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }

    /// From the parts of `multipart/form-data`.
    pub fn of_parts(pairs: Vec<(String, String)>, files: Vec<(String, File)>) -> Self {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&pairs)
            .finish();
        Self { pairs, files, body }
    }

    /// The file of a field; empty where none was chosen.
    pub(crate) fn file(&self, name: &str) -> Result<Vec<u8>, Error> {
        match self.files.iter().find(|(field, _)| field == name) {
            Some((_, File::Whole(bytes))) => Ok(bytes.clone()),
            Some((_, File::TooLarge)) => Err(Error::invalid(
                name,
                "This file is larger than 10 MB. Choose a smaller one, or make the picture smaller first.",
            )),
            None => Ok(Vec::new()),
        }
    }

    /// The answer to a field, if it was sent at all.
    fn sent(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The answer to a field; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.sent(name).unwrap_or_default()
    }

    /// Which form of the page it is.
    pub fn form(&self) -> &str {
        self.get("form")
    }

    /// What waits for its person to sign in, where this is the form by which they do.
    pub fn carried(&self) -> Option<Kept> {
        self.sent("kept")
            .filter(|body| !body.is_empty())
            .map(|body| Kept {
                path: self.get("next").to_owned(),
                body: body.to_owned(),
            })
    }

    /// All of it, to be kept until its person has signed in again. Files are not: they can be
    /// chosen once more.
    pub fn kept(&self, path: &str) -> Kept {
        Kept {
            path: path.to_owned(),
            body: form_urlencoded::Serializer::new(String::new())
                .extend_pairs(
                    self.pairs
                        .iter()
                        // Nobody sends a password back.
                        .filter(|(name, _)| !["password", "present"].contains(&name.as_str())),
                )
                .finish(),
        }
    }

    /// This sending, by the form's key.
    pub fn submission(&self) -> Submission {
        Submission {
            key: self.get("key").to_owned(),
            body: self.body.clone(),
        }
    }
}

/// A form on its way back to the page that it came from.
#[derive(Clone, Debug)]
pub struct Returned {
    /// What was filled in.
    pub fields: Fields,
    /// Why it was refused; `None` where its person has signed in again and it can be sent now.
    pub error: Option<Error>,
}

impl FormPage {
    /// The same page with what was filled in, passwords excepted, and what is wrong with it.
    pub(crate) fn with(mut self, returned: &Returned) -> Self {
        if returned.error.is_none() {
            let again =
                "You are signed in again. Look through what you had filled in, then send it.";
            self.notice = Some(again.to_owned());
        } else if !self.forms.iter().any(|form| form.plain) {
            // Done was something else. That something waits stays true.
            self.notice = None;
        }
        let name = returned.fields.form();
        let Some(form) = self.forms.iter_mut().find(|form| form.name == name) else {
            return self;
        };
        for field in &mut form.fields {
            match field.control {
                Control::Password | Control::Username | Control::File(_) => {}
                // What a text builds on, where to go on: as it was sent, whatever it is now.
                Control::Hidden => {
                    if let Some(value) = returned.fields.sent(&field.name) {
                        field.value = value.to_owned();
                    }
                }
                _ => field.value = returned.fields.get(&field.name).to_owned(),
            }
        }
        // The key stays: what arrives twice is still one sending.
        if form.key.is_some() && !returned.fields.get("key").is_empty() {
            form.key = Some(returned.fields.get("key").to_owned());
        }
        match &returned.error {
            Some(Error::Invalid { fields }) => form.errors.clone_from(fields),
            Some(other) => form.refusal = Some(other.to_string()),
            None => {}
        }
        self
    }
}

/// What a hydrated page gets: where to go on, whether the document has become old, and the page
/// with what is wrong where it was refused.
pub type Sent = (String, bool, String);

/// Carries a form out: its page says what it is for.
pub async fn submit(
    services: &Services,
    visit: &Visit,
    question: &Question,
    fields: &Fields,
) -> Outcome {
    let outcome = match question {
        Question::Account(page) => account::submit(services, visit, page, fields).await,
        Question::Profile(page) => profile::submit(services, visit, page, fields).await,
        Question::Administration(page) => account::administer(services, visit, page, fields).await,
    };
    match outcome {
        Ok(outcome) => outcome,
        Err(Error::Unauthenticated) => Outcome::SignedOut,
        Err(error) => Outcome::Refused(error),
    }
}

/// The page of forms that a question asks for, if it is one.
pub(crate) async fn form_at(
    services: &Services,
    visit: &Visit,
    question: &Question,
) -> Option<Answer<FormPage>> {
    Some(match question {
        Question::Account(page) => account::form(services, visit, page).await,
        Question::Profile(page) => profile::form(services, visit, page).await,
        Question::Administration(page) => account::administration(services, visit, page).await,
    })
}

/// For a hydrated page whose session has ended: its script lets the browser send the form.
pub fn sent_plainly() -> Sent {
    (String::new(), true, "plain".to_owned())
}

/// A page that is shown in place of the one at its address: with a preview, or with the text of
/// somebody else.
#[derive(Clone, Debug)]
pub struct Shown(pub FormPage);

impl Shown {
    /// For a hydrated page: the forms.
    pub fn sent(self) -> Sent {
        let html = self.0.into_text().html;
        (String::new(), false, html.as_str().to_owned())
    }
}

impl Returned {
    /// For a hydrated page: the forms as they were filled in. Where there is no such page any more
    /// its address says why.
    pub async fn sent(&self, services: &Services, visit: &Visit, path: &str) -> Sent {
        let page = match Question::of(path) {
            Some(question) => form_at(services, visit, &question).await,
            None => None,
        };
        match page.unwrap_or(Answer::Refused(Error::NotFound)) {
            Answer::Found(page) if !page.forms.is_empty() => {
                let html = page.with(self).into_text().html;
                // The script moves the focus; where the browser would as well, it complains.
                let html = html
                    .as_str()
                    .replace(" autofocus class=\"errors\">", " class=\"errors\">");
                (String::new(), false, html)
            }
            Answer::Moved { path, .. } => (path, true, String::new()),
            Answer::Found(_) | Answer::Refused(_) => (path.to_owned(), true, String::new()),
        }
    }
}
