//! One of those who enrol others.

use std::sync::atomic::Ordering;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::{Common, PARTICIPANTS};
use crate::http::{self, Response};
use crate::people::{ENROL, Fields, SCREENING, signing};

/// The name below every consent.
pub(super) const SIGNED_BY: &str = "Somebody of the soak";

/// Between two attempts to reach a server that is away or busy.
const PAUSE: Duration = Duration::from_millis(5);
/// What is not answered by then never will be.
const PATIENCE: Duration = Duration::from_mins(2);

/// Step 3, where nothing is allowed that asks for more.
pub(super) const PERMISSIONS: [(&str, Fields<'_>); 9] = [
    ("research", &[("choice", "none")]),
    ("study-contact", &[("choice", "no")]),
    ("samples", &[("choice", "no")]),
    ("results", &[("choice", "no")]),
    ("matching", &[("choice", "no")]),
    ("other-registries", &[("choice", "no")]),
    ("organisations", &[("organisations", "An organisation")]),
    ("contact-ways", &[("choice", "email")]),
    ("frequency", &[("choice", "yearly")]),
];

pub(super) struct Person<'a> {
    common: &'a Common,
    pub(super) cookie: String,
    /// The random parts of the addresses of those who are enrolled.
    pub(super) enrolled: Vec<String>,
}

impl<'a> Person<'a> {
    pub(super) fn new(common: &'a Common, cookie: String) -> Self {
        Self {
            common,
            cookie,
            enrolled: Vec::new(),
        }
    }

    /// Enrols as many as one may.
    pub(super) fn enrol_all(&mut self) -> Result<()> {
        for number in 0..PARTICIPANTS {
            let Some(participant) = self.enrol(number)? else {
                return Ok(());
            };
            self.enrolled.push(participant);
            self.common.enrolled.fetch_add(1, Ordering::AcqRel);
        }
        Ok(())
    }

    /// One participant, from the first question to the last permission; nothing where all is over before.
    fn enrol(&self, number: usize) -> Result<Option<String>> {
        let key = format!("participant-{number}");
        let fields = [("form", "registry/begin-enrolment"), ("key", key.as_str())];
        let Some(begun) = self.send(ENROL, &fields)? else {
            return Ok(None);
        };
        let led = begun.header("location").unwrap_or_default();
        let participant = led.split('/').nth(3).context("no enrolment has begun")?;
        let send = |step: &str, form: &str, rest: Fields<'_>| {
            let head = [("form", form), ("participant", participant)];
            let path = format!("{ENROL}/{participant}/{step}");
            self.send(&path, &[&head, rest].concat())
        };
        for (question, answer) in SCREENING {
            let fields = [&[("question", question)], answer].concat();
            if send(question, "registry/answer", &fields)?.is_none() {
                return Ok(None);
            }
        }
        if send("consent", "registry/sign#adult", &signing(SIGNED_BY))?.is_none() {
            return Ok(None);
        }
        for (permission, answer) in PERMISSIONS {
            let fields = [&[("permission", permission)], answer].concat();
            if send(permission, "registry/set-permission", &fields)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(participant.to_owned()))
    }

    /// Sends the same until it is done; nothing where all is over before.
    fn send(&self, path: &str, fields: Fields<'_>) -> Result<Option<Response>> {
        let begun = Instant::now();
        let headers = [("Cookie", self.cookie.as_str())];
        while !self.common.over.load(Ordering::Acquire) {
            match http::post(self.common.address, path, &headers, fields) {
                Ok(answer) if answer.status == 303 => return Ok(Some(answer)),
                Ok(answer) if answer.status == 503 => {}
                Ok(answer) => bail!("{path} was answered {}", answer.status),
                Err(_) => {}
            }
            if begun.elapsed() > PATIENCE {
                bail!("{path} is not answered for {PATIENCE:.0?}");
            }
            sleep(PAUSE);
        }
        Ok(None)
    }
}
