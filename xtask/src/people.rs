//! People with accounts, who come to them as everybody does: a form, a letter, its link.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http::{self, Response};
use crate::run;
use crate::server::Server;

/// What everybody here is called, and their password.
pub(crate) const NAME: &str = "Somebody of the measurements";
pub(crate) const PASSWORD: &str = "four gardens without a fence";

/// A letter is written within half a second, unless the machine is very busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// Where a second factor is set up.
const SECOND_FACTOR: &str = "/settings/second-factor";
/// Characters of the token in a link.
const TOKEN: usize = 43;

/// What a form sends.
pub(crate) type Fields<'a> = &'a [(&'a str, &'a str)];

/// Where people enrol in the registry.
pub(crate) const ENROL: &str = "/registry/enrol";

/// The answers of an adult who enrols in the registry, question by question.
pub(crate) const SCREENING: [(&str, Fields<'_>); 9] = [
    ("for-whom", &[("for-whom", "myself")]),
    ("status", &[("status", "affected")]),
    ("condition", &[("condition", "Multiple myeloma")]),
    (
        "birth-date",
        &[
            ("birth-day", "27"),
            ("birth-month", "3"),
            ("birth-year", "1984"),
        ],
    ),
    ("country", &[("country", "DE")]),
    ("contact", &[("contact", "email")]),
    ("language", &[("language", "en")]),
    ("other-registry", &[("other-registry", "no")]),
    ("heard-from", &[("heard-from", "site")]),
];

/// What an adult fills in who signs the consent: the answers are the right ones to the questions of the template.
pub(crate) fn signing(name: &str) -> [(&str, &str); 7] {
    [
        ("whom", "adult"),
        ("version", "1"),
        ("name", name),
        ("present", PASSWORD),
        ("question-1", "0"),
        ("question-2", "1"),
        ("question-3", "2"),
    ]
}

/// The form by which somebody signs in.
pub(crate) fn sign_in<'a>(email: &'a str, password: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("form", "account/sign-in"),
        ("email", email),
        ("password", password),
        ("next", ""),
        ("kept", ""),
    ]
}

/// Sends the form by which somebody joins.
pub(crate) fn join(server: &Server, email: &str, headers: &[(&str, &str)]) -> Result<()> {
    let fields = [
        ("form", "account/join"),
        ("key", email),
        ("email", email),
        ("name", NAME),
        ("password", PASSWORD),
        ("relation", ""),
        ("condition", ""),
        ("country", ""),
        ("age", "yes"),
        ("terms", "yes"),
    ];
    let answer = http::post(server.address, "/join", headers, &fields)?;
    if answer.status != 303 {
        bail!("joining as {email} was answered {}", answer.status);
    }
    Ok(())
}

/// Lets people of this name join, each with a number, and returns their cookies.
pub(crate) fn gather(server: &Server, data: &Path, name: &str, many: usize) -> Result<Vec<String>> {
    let emails: Vec<String> = (0..many)
        .map(|number| format!("{name}{number}@example.org"))
        .collect();
    for email in &emails {
        join(server, email, &[])?;
    }
    let begin = |email: &String| {
        let session = confirm(server, data, email)?
            .cookie("session")
            .context("an account that has begun is not signed in")?;
        Ok(format!("session={session}"))
    };
    emails.iter().map(begin).collect()
}

/// Waits for the letter to somebody who has joined, and begins the account. The answer has the
/// cookies of their browser.
pub(crate) fn confirm(server: &Server, data: &Path, email: &str) -> Result<Response> {
    let begun = Instant::now();
    let token = loop {
        if let Some(token) = letters(data)?.iter().find_map(|text| token(text, email)) {
            break token;
        }
        if begun.elapsed() > PATIENCE {
            bail!("no letter came to {email}");
        }
        sleep(Duration::from_millis(50));
    };
    let fields = [
        ("form", "account/confirm"),
        ("token", token.as_str()),
        ("password", PASSWORD),
    ];
    let path = format!("/confirm/{token}");
    let answer = http::post(server.address, &path, &[], &fields)?;
    if answer.status != 303 {
        bail!("the account of {email} was answered {}", answer.status);
    }
    Ok(answer)
}

/// Makes somebody a moderator, whose texts are shown at once, and sets up the second factor that they
/// need for it. `place` says where the data is.
pub(crate) fn make_moderator(
    mut rareshare: Command,
    email: &str,
    place: &[String],
    (server, cookie): (&Server, &str),
) -> Result<()> {
    rareshare
        .args(["user", "grant", email, "moderator"])
        .args(["--reason", "for the measurements"])
        .args(place);
    run::capture(&mut rareshare)?;
    let send = |fields: &[(&str, &str)]| {
        let headers = [("cookie", cookie)];
        http::post(server.address, SECOND_FACTOR, &headers, fields)
    };
    send(&[
        ("form", "account/second-factor-begin"),
        ("present", PASSWORD),
    ])?;
    let page = http::get_with_cookie(server.address, SECOND_FACTOR, cookie)?;
    let key = key(&String::from_utf8_lossy(&page.body)).context("no key is shown for the app")?;
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&key)?)
        .build()?;
    let code = totp.generate_current().to_string();
    let answer = send(&[("form", "account/second-factor-set-up"), ("code", &code)])?;
    if answer.status != 200 {
        bail!("the code of {email} was answered {}", answer.status);
    }
    Ok(())
}

/// The key that a page shows for the app.
fn key(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("class=\"secret\"><code>")?;
    let (key, _) = rest.split_once('<')?;
    Some(key.replace(' ', ""))
}

/// The letters that a server without a mail server has written to files.
pub(crate) fn letters(data: &Path) -> Result<Vec<String>> {
    let folder = data.join("outbox");
    let mut letters = Vec::new();
    if folder.exists() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "eml") {
                // Lines that quoted-printable has broken are whole again.
                let text = std::fs::read_to_string(&path)?;
                letters.push(text.replace("=\r\n", ""));
            }
        }
    }
    Ok(letters)
}

/// Whether the letter goes to this address.
pub(crate) fn is_to(letter: &str, email: &str) -> bool {
    letter.contains(&format!("To: {email}\r\n"))
}

/// The token of the link that a letter brings, where it goes to this address.
fn token(letter: &str, email: &str) -> Option<String> {
    let (_, rest) = letter.split_once("/confirm/")?;
    let token = rest.get(..TOKEN)?;
    is_to(letter, email).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_the_page_shows_it() {
        let page = "<p class=\"secret\"><code>JBSW Y3DP</code></p>";
        assert_eq!(key(page).as_deref(), Some("JBSWY3DP"));
        assert_eq!(key("<p></p>"), None);
    }

    #[test]
    fn everybody_gets_their_own_link() {
        let own = "t".repeat(TOKEN);
        let letter = format!(
            "From: no-reply@localhost\r\nTo: p1@example.org\r\n\r\n\
             Open this: http://127.0.0.1:3000/confirm/{own}\r\nIt is good for a day.\r\n"
        );
        assert_eq!(token(&letter, "p1@example.org"), Some(own));
        assert_eq!(token(&letter, "p11@example.org"), None);
        assert_eq!(token("To: p1@example.org\r\n", "p1@example.org"), None);
    }
}
