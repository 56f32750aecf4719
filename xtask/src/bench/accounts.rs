//! What accounts cost: a page for somebody who is signed in, and reading while many sign in.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use super::measure::{PAGE, start};
use super::report::{Row, median_time, time};
use super::wrk::{self, Answers, Forms, Load};
use crate::http;
use crate::people::{self, NAME, PASSWORD};
use crate::server::Server;

/// As many people as connections. In turn, each comes again when their last attempt is answered, so
/// that it has been taken back and nobody is throttled.
const PEOPLE: u32 = 50;
/// By then everybody waits for their password to be looked at.
const LEAD: Duration = Duration::from_secs(1);

pub(crate) fn all(bench: &Bench<'_>) -> Result<Vec<Row>> {
    // So that everybody comes from a network of their own: a network has few attempts to join.
    let server = start(bench, &["--trusted-proxy", "127.0.0.1"])?;
    let people: Vec<Person> = (0..PEOPLE).map(Person::new).collect();
    let session = begin_accounts(bench, &server, &people)?;
    // First, because passwords are still being looked at when those who sign in have gone.
    let member = member(bench, &server, &session)?;
    let meanwhile = reads_meanwhile(bench, &server, &people)?;
    Ok(vec![member, meanwhile])
}

struct Person {
    email: String,
    network: String,
}

impl Person {
    fn new(number: u32) -> Self {
        Self {
            email: format!("p{number}@example.org"),
            network: format!("198.18.0.{number}"),
        }
    }
}

/// Makes an account for everybody, and returns the session of one of them.
fn begin_accounts(bench: &Bench<'_>, server: &Server, people: &[Person]) -> Result<String> {
    for person in people {
        let headers = [("X-Forwarded-For", person.network.as_str())];
        people::join(server, &person.email, &headers)?;
    }
    let mut session = None;
    for person in people {
        session = people::confirm(server, &bench.data, &person.email)?.cookie("session");
    }
    session.context("an account that has begun is not signed in")
}

/// The page as a member's browser gets it: rendered for them alone, and compressed for them alone.
fn member(bench: &Bench<'_>, server: &Server, session: &str) -> Result<Row> {
    let cookie = format!("session={session}");
    let page = http::get_with_cookie(server.address, PAGE, &cookie)?;
    if page.status != 200 || !String::from_utf8_lossy(&page.body).contains(NAME) {
        bail!(
            "{PAGE} answers {} to a member, without their name: it is not the page of a member",
            page.status
        );
    }
    let header = format!("Cookie: {cookie}");
    // One request at a time.
    let alone = |headers: &[&str]| {
        wrk::load(
            bench,
            &Load {
                url: &server.url(PAGE),
                connections: 1,
                headers,
                script: None,
            },
        )
    };
    let (mut p50, mut p99, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        let outcome = alone(&[&header, "Accept-Encoding: br"])?;
        p50.push(outcome.p50);
        p99.push(outcome.p99);
        plain.push(alone(&[&header])?.p50);
    }
    let p50 = median_time(p50);
    eprintln!(
        "  a member's page, p50: {} in brotli, {} as it is",
        time(p50),
        time(median_time(plain))
    );
    Ok(Row::new(
        "the same page for a member, database included, p50 (p99)",
        format!("{} ({})", time(p50), time(median_time(p99))),
        "p50 ≤ 2 ms",
        p50 <= Duration::from_millis(2),
    ))
}

/// Reads by a few visitors while everybody signs in, again and again, with the right password.
fn reads_meanwhile(bench: &Bench<'_>, server: &Server, people: &[Person]) -> Result<Row> {
    let forms = write_forms(&bench.scratch, people)?;
    let rounds = u32::try_from(bench.rounds).context("--rounds is too large")?;
    // Longer than the reads take: a second more for each round, and the lead.
    let seconds = rounds * (bench.seconds + 1) + 2;
    let url = server.url("/sign-in");
    let mut signing_in = Forms::begin(bench, &url, PEOPLE, &forms, seconds)?;
    sleep(LEAD);
    let script = bench.project.root.join("xtask/bench/pausing.lua");
    let mut p99 = Vec::new();
    for _ in 0..rounds {
        let outcome = wrk::load(
            bench,
            &Load {
                url: &server.url(PAGE),
                connections: 4,
                headers: &[],
                script: Some(&script),
            },
        )?;
        p99.push(outcome.p99);
    }
    let whole_time = signing_in.goes_on()?;
    let answers = signing_in.end()?;
    let speed = sign_ins(&answers)?;
    if !whole_time {
        bail!("people had signed in before the reads were measured: the machine is too busy");
    }
    let p99 = median_time(p99);
    Ok(Row::new(
        &format!("page reads while {PEOPLE} people sign in at once, p99"),
        format!("{} ({speed:.0} sign-ins/s)", time(p99)),
        "≤ 10 ms",
        p99 <= Duration::from_millis(10),
    ))
}

/// A file for `forms.lua`.
fn write_forms(folder: &Path, people: &[Person]) -> Result<PathBuf> {
    let lines: Vec<String> = people
        .iter()
        .map(|person| {
            let form = http::form(&people::sign_in(&person.email, PASSWORD));
            format!("{} {form}\n", person.network)
        })
        .collect();
    let path = folder.join("sign-ins.txt");
    fs::write(&path, lines.concat())
        .with_context(|| format!("could not write {}", path.display()))?;
    Ok(path)
}

/// How many were signed in each second; an error where most were sent away, which costs nothing.
fn sign_ins(answers: &Answers) -> Result<f64> {
    let count = |status: u16| answers.counts.get(&status).copied().unwrap_or_default();
    let (right, wrong, throttled) = (count(303), count(422), count(429));
    let all: u32 = answers.counts.values().sum();
    let told = format!(
        "{right} signed in (303), {wrong} passwords were wrong (422), {throttled} were told to wait (429), \
         {} were answered otherwise",
        all - right - wrong - throttled
    );
    eprintln!("  {told}");
    // Who is sent away comes again at once, so that some throttling is enough for this.
    if right == 0 || right < all - right {
        bail!(
            "most of those who signed in did not get in: {told}; the reads beside it mean nothing"
        );
    }
    Ok(f64::from(right) / answers.seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_who_got_in_count() {
        let answers = |counts: &[(u16, u32)]| Answers {
            counts: counts.iter().copied().collect(),
            seconds: 10.0,
        };
        let speed = sign_ins(&answers(&[(303, 400), (429, 20)])).unwrap();
        assert!((speed - 40.0).abs() < 1e-9);
        let error = sign_ins(&answers(&[(303, 5), (422, 1), (429, 9_000)])).unwrap_err();
        assert!(error.to_string().contains("9000 were told to wait (429)"));
        assert!(sign_ins(&answers(&[])).is_err());
    }

    #[test]
    fn each_person_is_a_line_for_the_script() {
        let folder = tempfile::tempdir().unwrap();
        let people = [Person::new(0), Person::new(1)];
        let text = fs::read_to_string(write_forms(folder.path(), &people).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        let (network, form) = lines[1].split_once(' ').unwrap();
        assert_eq!(network, "198.18.0.1");
        assert!(form.starts_with("form=account%2Fsign%2Din&email=p1%40example%2Eorg&password="));
        assert!(!form.contains(' '));
    }
}
