//! One of those who sign.

use std::net::SocketAddr;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::http::{self, Response};
use crate::people::{ENROL, Fields, SCREENING, signing};

/// The text that is signed.
const TEXT: &str = "/registry/documents/adult/en/1";
/// Between two attempts at a server that is busy.
const PAUSE: Duration = Duration::from_millis(20);
/// What is not answered by then never will be.
const PATIENCE: Duration = Duration::from_mins(1);

/// What came of a form that was sent to a server which may die.
pub(super) enum Answer {
    Signed,
    /// It was dead by then, or busy.
    Nothing,
}

pub(super) struct Signer {
    address: SocketAddr,
    cookie: String,
    /// The random part of the addresses of their pages.
    participant: String,
    /// Below the consent, and below no other.
    pub(super) name: String,
}

impl Signer {
    /// Somebody who has answered all questions before the consent.
    pub(super) fn ready(address: SocketAddr, cookie: &str, number: usize) -> Result<Self> {
        let mut signer = Self {
            address,
            cookie: cookie.to_owned(),
            participant: String::new(),
            name: format!("Signer number {number:03}"),
        };
        let fields = [("form", "registry/begin-enrolment"), ("key", &signer.name)];
        let begun = signer.done(ENROL, &fields)?;
        let led = begun.header("location").unwrap_or_default();
        let participant = led.split('/').nth(3).context("no enrolment has begun")?;
        signer.participant = participant.to_owned();
        for (question, answer) in SCREENING {
            let head = [
                ("form", "registry/answer"),
                ("participant", participant),
                ("question", question),
            ];
            signer.done(&signer.path(question), &[&head, answer].concat())?;
        }
        Ok(signer)
    }

    /// Sends the form by which one signs, to a server that may be killed.
    pub(super) fn sign(&self) -> Result<Answer> {
        match self.send_signature() {
            Ok(answer) if answer.status == 303 => Ok(Answer::Signed),
            Ok(answer) if answer.status == 503 => Ok(Answer::Nothing),
            Ok(answer) => bail!("{} signs and is answered {}", self.name, answer.status),
            Err(_) => Ok(Answer::Nothing),
        }
    }

    /// Sends it until it is done, to a server that runs.
    pub(super) fn sign_to_the_end(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let answer = self.send_signature()?;
            match answer.status {
                303 => return Ok(()),
                503 if begun.elapsed() < PATIENCE => sleep(PAUSE),
                status => bail!("{} signs and is answered {status}", self.name),
            }
        }
    }

    fn send_signature(&self) -> Result<Response> {
        let head = [
            ("form", "registry/sign#adult"),
            ("participant", self.participant.as_str()),
        ];
        let fields = [&head[..], &signing(&self.name)].concat();
        self.send(&self.path("consent"), &fields)
    }

    /// Whether they have signed. All that tells of it has to say the same: the copy, which is shown only where the
    /// signature is bound to its text and its participant, the rows of the log, the data, and what comes next.
    pub(super) fn has_signed(&self) -> Result<bool> {
        let consent = self.page("consent")?;
        let has_copy = consent.contains("This page is your copy.") && consent.contains(&self.name);
        let may_sign = consent.contains("name=\"present\"");
        let ledger = self.json("ledger.json")?;
        let rows = ledger["rows"].as_array().context("a ledger without rows")?;
        let told = format!("{} signed the consent, version 1.", self.name);
        let is_told = rows.len() == 1 && rows[0]["what"] == told;
        let data = self.json("data.json")?;
        let below = count_signatures(&data);
        let overview = self.page("")?;
        let decides = overview.contains("Step 3 of 3") && overview.contains(&self.name);
        match (has_copy, may_sign, is_told, below, decides) {
            (true, false, true, 1, true) => Ok(true),
            (false, true, false, 0, false)
                if rows.is_empty() && overview.contains("Step 2 of 3") =>
            {
                Ok(false)
            }
            _ => bail!(
                "{} is half signed: a copy: {has_copy}; a form to sign: {may_sign}; rows of the log: {rows:?}; \
                 signatures in the data: {below}; step 3 comes next: {decides}",
                self.name
            ),
        }
    }

    fn path(&self, step: &str) -> String {
        format!("{ENROL}/{}/{step}", self.participant)
    }

    fn page(&self, step: &str) -> Result<String> {
        let path = self.path(step);
        let path = path.trim_end_matches('/');
        let page = http::get_with_cookie(self.address, path, &self.cookie)?;
        if page.status != 200 {
            bail!("{path} of {} is answered {}", self.name, page.status);
        }
        Ok(String::from_utf8_lossy(&page.body).into_owned())
    }

    fn json(&self, file: &str) -> Result<Value> {
        let text = self.page(file)?;
        serde_json::from_str(&text).with_context(|| format!("{file} of {}", self.name))
    }

    fn send(&self, path: &str, fields: Fields<'_>) -> Result<Response> {
        http::post(self.address, path, &[("Cookie", &self.cookie)], fields)
    }

    fn done(&self, path: &str, fields: Fields<'_>) -> Result<Response> {
        let answer = self.send(path, fields)?;
        if answer.status != 303 {
            bail!("{path} is answered {}", answer.status);
        }
        Ok(answer)
    }
}

/// How often a bundle says that the text was signed.
fn count_signatures(bundle: &Value) -> usize {
    let entries = bundle["entry"].as_array().map_or(&[][..], Vec::as_slice);
    let policies = entries
        .iter()
        .map(|entry| &entry["resource"])
        .filter(|resource| resource["resourceType"] == "Consent")
        .filter_map(|resource| resource["policy"][0]["uri"].as_str());
    policies.filter(|uri| uri.ends_with(TEXT)).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_signature_is_told_from_permissions() {
        let consent = |uri: &str| json!({ "resource": { "resourceType": "Consent", "policy": [{ "uri": uri }] } });
        let text = format!("https://rareshare.example{TEXT}");
        let patient = json!({ "resource": { "resourceType": "Patient" } });
        let permissions = consent("https://rareshare.example/registry");
        let bundle = json!({ "entry": [patient, consent(&text), permissions] });
        assert_eq!(count_signatures(&bundle), 1);
        let bundle = json!({ "entry": [permissions] });
        assert_eq!(count_signatures(&bundle), 0);
        assert_eq!(count_signatures(&json!({})), 0);
    }
}
