//! A form that has arrived at the server.

use std::{future::Future, pin::Pin};

use domain::{
    Error, Result,
    account::{Actor, Client, Submission, Suspension},
    policy::SUSPENDED,
};
use leptos::prelude::*;
use serde::Serialize;

use super::{FormState, Outcome, PageForm, Pairs, Posted, check, decode};
use crate::context::{RequestContext, Services, SessionChange, request_context, services};

/// A file that was sent with a form.
#[derive(Clone)]
pub enum File {
    /// All of it.
    Whole(Vec<u8>),
    /// It is larger than what we take.
    TooLarge,
}

impl std::fmt::Debug for File {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("File(…)")
    }
}

/// Who sent a form, and with what it is carried out.
#[derive(Clone, Debug)]
pub struct Call {
    /// The services.
    pub services: Services,
    /// The request.
    pub request_context: RequestContext,
    pairs: Pairs,
    files: Vec<(String, File)>,
}

impl Call {
    /// Who sent it.
    pub fn actor(&self) -> Actor {
        self.request_context.actor
    }

    /// From where.
    pub fn client(&self) -> &Client {
        &self.request_context.client
    }

    /// This sending, by the form's key.
    pub fn submission(&self) -> Submission {
        Submission {
            key: value(&self.pairs, "key").unwrap_or_default().to_owned(),
            body: encoded(self.pairs.iter().filter(|(name, _)| name != "key")),
        }
    }

    /// The file of a field; empty where none was chosen.
    pub fn file(&self, name: &str) -> Result<Vec<u8>> {
        match self.files.iter().find(|(field, _)| field == name) {
            Some((_, File::Whole(bytes))) => Ok(bytes.clone()),
            Some((_, File::TooLarge)) => Err(Error::invalid(
                name,
                "This file is larger than 10 MB. Choose a smaller one, or make the picture smaller first.",
            )),
            None => Ok(Vec::new()),
        }
    }

    /// Leaves what becomes of the session.
    pub fn set_session(&self, change: SessionChange) {
        self.request_context.session.put(change);
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(field, value)| field == name && !value.is_empty())
        .map(|(_, value)| value.as_str())
}

/// As `application/x-www-form-urlencoded`.
fn encoded<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// What the body of a form's function comes to where nothing is wrong.
#[derive(Clone, Debug)]
pub struct Done(Next);

#[derive(Clone, Debug)]
enum Next {
    At { path: String, reload: bool },
    Show(Box<FormState>),
    Resume { path: String, body: String },
}

impl Done {
    /// It was carried out; go on at a path.
    pub fn at(path: impl Into<String>) -> Self {
        Self(Next::At {
            path: path.into(),
            reload: false,
        })
    }

    /// It was carried out, and the whole document is to be loaded again.
    pub fn anew(path: impl Into<String>) -> Self {
        Self(Next::At {
            path: path.into(),
            reload: true,
        })
    }

    /// Nothing is final: the form is shown again, with what was found out.
    pub fn show(result: &impl Serialize) -> Result<Self> {
        let result = serde_json::to_string(result).map_err(|error| Error::Internal {
            reference: error.to_string(),
        })?;
        Ok(Self(Next::Show(Box::new(FormState {
            result: Some(result),
            status: 200,
            ..FormState::default()
        }))))
    }

    /// Shown again with these values in place of what was filled in.
    #[must_use]
    pub fn with_values(self, replaced: Vec<(&str, String)>) -> Self {
        match self.0 {
            Next::Show(state) => Self(Next::Show(Box::new(FormState {
                replaced: replaced
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                ..*state
            }))),
            next => Self(next),
        }
    }

    /// The same because of `refusal`.
    #[must_use]
    pub fn in_place(self, replaced: Vec<(&str, String)>, refusal: &str) -> Self {
        match self.with_values(replaced).0 {
            Next::Show(state) => Self(Next::Show(Box::new(FormState {
                refusal: Some(refusal.to_owned()),
                status: 409,
                ..*state
            }))),
            next => Self(next),
        }
    }

    /// Signed in again: the page of the form that waited.
    pub fn resume(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self(Next::Resume {
            path: path.into(),
            body: body.into(),
        })
    }
}

impl<F: PageForm> Posted<F> {
    /// Decodes the fields, checks them, and runs `body`; whatever it says comes back as a value.
    pub async fn answer<R>(
        self,
        body: impl FnOnce(F, Call) -> R,
    ) -> std::result::Result<Outcome, ServerFnError>
    where
        R: Future<Output = Result<Done>>,
    {
        let call = Call {
            services: services(),
            request_context: request_context(),
            pairs: self.pairs,
            files: self.files,
        };
        let suspension = call.request_context.suspension.clone();
        let definition = Definition::of::<F>();
        let mut state = FormState {
            form: value(&call.pairs, "form").unwrap_or(F::name()).to_owned(),
            values: definition.shown(&call.pairs),
            key: value(&call.pairs, "key").map(str::to_owned),
            status: 422,
            ..FormState::default()
        };
        state.errors = check::<F>(&call.pairs);
        if !state.errors.is_empty() {
            return Ok(Outcome::Shown(Box::new(state)));
        }
        if F::KEYED && state.key.is_none() {
            // From a page that all visitors share, by a browser without a script.
            state.key = Some(call.request_context.key.clone());
            state.notice = Some("Check what you entered, then send it.".to_owned());
            return Ok(Outcome::Shown(Box::new(state)));
        }
        let fields = match decode::decode::<F>(&call.pairs) {
            Ok(fields) => fields,
            Err(error) => {
                state.errors = vec![error];
                return Ok(Outcome::Shown(Box::new(state)));
            }
        };
        Ok(match body(fields, call).await {
            Ok(Done(Next::At { path, reload })) => Outcome::Done { path, reload },
            Ok(Done(Next::Resume { path, body })) => Outcome::Resumed { path, body },
            Ok(Done(Next::Show(shown))) => {
                state.replaced = shown.replaced;
                state.refusal = shown.refusal;
                state.result = shown.result;
                state.status = shown.status;
                // What is sent next is another text.
                state.key = None;
                Outcome::Shown(Box::new(state))
            }
            Err(Error::Unauthenticated) => Outcome::SignedOut,
            Err(Error::Invalid { fields }) => {
                state.errors = fields;
                Outcome::Shown(Box::new(state))
            }
            Err(error) => {
                let error = with_suspension(error, suspension.as_ref());
                state.status = error.status();
                state.again = error.status() >= 500;
                state.refusal = Some(match error {
                    Error::NotFound => "This page is not there any more, or has another address now. Nothing was saved. Copy what you wrote, so that it is not lost.".to_owned(),
                    error => error.to_string(),
                });
                Outcome::Shown(Box::new(state))
            }
        })
    }
}

/// What is forbidden to somebody because they are suspended says until when they are, and why.
fn with_suspension(error: Error, suspension: Option<&Suspension>) -> Error {
    match (error, suspension) {
        (Error::Forbidden { reason }, Some(suspension)) if reason == SUSPENDED => {
            Error::Forbidden {
                reason: suspension.spelled(),
            }
        }
        (error, _) => error,
    }
}

/// An outcome on its way.
pub type Answering =
    Pin<Box<dyn Future<Output = std::result::Result<Outcome, ServerFnError>> + Send>>;

/// What the code behind every form needs to know of one.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// See [`PageForm::name`].
    pub name: &'static str,
    /// The address of its server function.
    pub path: &'static str,
    /// Whether files can be sent with it.
    pub files: bool,
    secret: &'static [&'static str],
    call: fn(Pairs, Vec<(String, File)>) -> Answering,
}

impl Definition {
    /// Of one form.
    pub fn of<F: PageForm>() -> Self {
        use server_fn::ServerFn;
        Self {
            name: F::name(),
            path: F::Call::PATH,
            files: F::FILES,
            secret: F::SECRET,
            call: |pairs, files| {
                let mut posted = Posted::<F>::new(pairs);
                posted.files = files;
                Box::pin(F::Call::from(posted).run_body())
            },
        }
    }

    /// Runs the server function. The context must be that of a request.
    pub fn call(&self, pairs: Pairs, files: Vec<(String, File)>) -> Answering {
        (self.call)(pairs, files)
    }

    /// What may be written back into a page.
    pub fn shown(&self, pairs: &[(String, String)]) -> Pairs {
        pairs
            .iter()
            .filter(|(name, _)| {
                !self.secret.contains(&name.as_str()) && name != "form" && name != "key"
            })
            .cloned()
            .collect()
    }

    /// All that may be kept until its person has signed in again. Files are not: they can be chosen
    /// once more.
    pub fn kept(&self, pairs: &[(String, String)]) -> String {
        encoded(
            pairs
                .iter()
                .filter(|(name, _)| !self.secret.contains(&name.as_str())),
        )
    }
}
