//! What the registry costs: a page of an enrolment, opened with its keys, an answer, and another key for
//! everybody.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Bench;
use super::measure::start;
use super::report::{Row, median_time, time};
use super::wiki::Disk;
use super::wrk::{self, Load};
use crate::http;
use crate::node;
use crate::people::{self, ENROL};
use crate::run;
use crate::server::{Finished, Server, run_to_end};

const EMAIL: &str = "enrols@example.org";
/// Answers of each round, one at a time. All together fewer than one may give in an hour.
const ANSWERS: usize = 40;
const MOST: usize = 280;
/// Participants whose keys are replaced.
const PARTICIPANTS: u32 = 10_000;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let server = start(bench, &[])?;
    people::join(&server, EMAIL, &[])?;
    let session = people::confirm(&server, &bench.data, EMAIL)?.cookie("session");
    let session = session.context("an account that has begun is not signed in")?;
    let cookie = format!("session={session}");
    let enrolling = Enrolling::begin(&server, cookie)?;
    let page = enrolling.page(bench)?;
    let answer = enrolling.answers(bench)?;
    let rotation = enrolling.rotation(bench)?;
    let [question, by_hand] = next_question(bench)?;
    Ok(vec![page, answer, question, by_hand, rotation])
}

/// Somebody who enrols themselves.
struct Enrolling<'a> {
    server: &'a Server,
    cookie: String,
    participant: String,
}

impl<'a> Enrolling<'a> {
    /// All questions are answered.
    fn begin(server: &'a Server, cookie: String) -> Result<Self> {
        let begun = [("form", "registry/begin-enrolment"), ("key", "bench")];
        let led = sent(server, &cookie, ENROL, &begun)?.0;
        let participant = led.split('/').nth(3).context("no enrolment has begun")?;
        let this = Self {
            server,
            participant: participant.to_owned(),
            cookie,
        };
        for (question, fields) in people::SCREENING {
            this.answer(question, fields)?;
        }
        Ok(this)
    }

    fn answer(&self, question: &str, answer: &[(&str, &str)]) -> Result<Duration> {
        let fields = [
            &[
                ("form", "registry/answer"),
                ("participant", self.participant.as_str()),
                ("question", question),
            ],
            answer,
        ]
        .concat();
        let path = format!("{ENROL}/{}/{question}", self.participant);
        sent(self.server, &self.cookie, &path, &fields).map(|(_, took)| took)
    }

    /// One request at a time, rendered and compressed for one person alone.
    fn page(&self, bench: &Bench<'_>) -> Result<Row> {
        let path = format!("{ENROL}/{}/birth-date", self.participant);
        let page = http::get_with_cookie(self.server.address, &path, &self.cookie)?;
        if page.status != 200 || !String::from_utf8_lossy(&page.body).contains("1984") {
            bail!(
                "{path} answers {} without what was answered before",
                page.status
            );
        }
        let header = format!("Cookie: {}", self.cookie);
        let (mut p50, mut p99) = (Vec::new(), Vec::new());
        for _ in 0..bench.rounds {
            let outcome = wrk::load(
                bench,
                &Load {
                    url: &self.server.url(&path),
                    connections: 1,
                    headers: &[&header, "Accept-Encoding: br"],
                    script: None,
                },
            )?;
            p50.push(outcome.p50);
            p99.push(outcome.p99);
        }
        let p50 = median_time(p50);
        Ok(Row::new(
            "a page of an enrolment, decryption included, p50 (p99)",
            format!("{} ({})", time(p50), time(median_time(p99))),
            "p50 ≤ 3 ms",
            p50 <= Duration::from_millis(3),
        ))
    }

    /// Another key of the site, while somebody reads one page after the other.
    fn rotation(&self, bench: &Bench<'_>) -> Result<Row> {
        let rareshare = |words: &[&str]| -> Result<Finished> {
            let command = bench.project.command(&bench.binary);
            let mut command = run::isolated(command, &bench.scratch);
            command.args(words).arg("--data-dir").arg(&bench.data);
            run_to_end(command)
        };
        let count = PARTICIPANTS.to_string();
        rareshare(&["bench-participants", "--count", &count])?;
        let path = format!("{ENROL}/{}/birth-date", self.participant);
        let is_over = AtomicBool::new(false);
        let read = || -> Result<Vec<Duration>> {
            let mut times = Vec::new();
            while !is_over.load(Ordering::Acquire) {
                let page = http::get_with_cookie(self.server.address, &path, &self.cookie)?;
                if page.status != 200 || !String::from_utf8_lossy(&page.body).contains("1984") {
                    bail!("{path} answers {} during a rotation", page.status);
                }
                times.push(page.took);
            }
            Ok(times)
        };
        let (finished, times) = std::thread::scope(|scope| {
            let reading = scope.spawn(read);
            let finished = rareshare(&["keys", "rotate"]);
            is_over.store(true, Ordering::Release);
            (finished, reading.join())
        });
        let finished = finished?;
        let Ok(times) = times else {
            bail!("whoever reads meanwhile panicked");
        };
        let mut times = times?;
        // Each has two keys; the one who reads is a participant, too.
        let sealed = format!(
            "{} keys of participants, {} lists",
            2 * PARTICIPANTS + 2,
            PARTICIPANTS + 1
        );
        if !finished.output.contains(&sealed) {
            bail!("not everything was sealed anew:\n{}", finished.output);
        }
        times.sort();
        let most = times.last().copied().unwrap_or_default();
        Ok(Row::new(
            "replacing the keys of 10,000 participants; a page meanwhile, p50 (longest)",
            format!(
                "{}; {} ({})",
                time(finished.time),
                time(median_time(times)),
                time(most)
            ),
            "≤ 10 s",
            finished.time <= Duration::from_secs(10),
        ))
    }

    /// An answer in turn with what the disk needs for itself.
    fn answers(&self, bench: &Bench<'_>) -> Result<Row> {
        let mut disk = Disk::new(&bench.data)?;
        let (mut answers, mut syncs) = (Vec::new(), Vec::new());
        for number in 0..(bench.rounds * ANSWERS).min(MOST) {
            let country = if number % 2 == 0 { "FR" } else { "DE" };
            answers.push(self.answer("country", &[("country", country)])?);
            syncs.push(disk.sync()?);
        }
        let (answer, sync) = (median_time(answers), median_time(syncs));
        let besides = answer.saturating_sub(sync);
        Ok(Row::new(
            "saving an answer of an enrolment, p50, besides one sync of the disk",
            format!("{} ({} less {})", time(besides), time(answer), time(sync)),
            "≤ 5 ms",
            besides <= Duration::from_millis(5),
        ))
    }
}

/// How long somebody with a slow computer waits for the next question, and how long the browser alone takes.
fn next_question(bench: &Bench<'_>) -> Result<[Row; 2]> {
    let project = bench.project;
    node::ensure_packages(project)?;
    let mut command = project.command("node");
    command
        .arg("next-question.mjs")
        .current_dir(project.root.join("end2end"))
        .env("CHROMIUM", node::ensure_chromium(project)?)
        .env("RARESHARE_BIN", &bench.binary);
    let answer = command
        .output()
        .context("could not run next-question.mjs")?;
    if !answer.status.success() {
        bail!(
            "next-question.mjs failed: {}",
            String::from_utf8_lossy(&answer.stderr)
        );
    }
    let measured: Value = serde_json::from_slice(&answer.stdout)?;
    let number = |name: &str| measured[name].as_f64().unwrap_or(f64::NAN);
    let median = number("median");
    Ok([
        Row::new(
            "the next question on screen, Chromium with a CPU six times slower, median",
            format!(
                "{median:.0} ms of {} (longest {:.0} ms)",
                number("of"),
                number("longest")
            ),
            "≤ 50 ms",
            median <= 50.0,
        ),
        Row::plain(
            "the same page put there by ten lines of JavaScript",
            format!("{:.0} ms", number("byHand")),
        ),
    ])
}

/// Sends a form. Where it leads, and how long that took.
fn sent(
    server: &Server,
    cookie: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> Result<(String, Duration)> {
    let begun = Instant::now();
    let answer = http::post(server.address, path, &[("Cookie", cookie)], fields)?;
    let took = begun.elapsed();
    if answer.status != 303 {
        bail!("{path} is answered {}", answer.status);
    }
    let led = answer.header("location").unwrap_or_default().to_owned();
    Ok((led, took))
}
