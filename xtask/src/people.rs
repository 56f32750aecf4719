//! People with accounts, who come to them as everybody does: a form, a letter, its link.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::http::{self, Response};
use crate::run;
use crate::server::Server;

/// What everybody here is called, and their password.
pub(crate) const NAME: &str = "Somebody of the measurements";
pub(crate) const PASSWORD: &str = "four gardens without a fence";

/// A letter is written within half a second, unless the machine is very busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// Characters of the token in a link.
const TOKEN: usize = 43;

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

/// Makes somebody a moderator, whose texts are shown at once. `place` says where the data is.
pub(crate) fn make_moderator(mut rareshare: Command, email: &str, place: &[String]) -> Result<()> {
    rareshare
        .args(["user", "grant", email, "moderator"])
        .args(["--reason", "for the measurements"])
        .args(place);
    run::capture(&mut rareshare).map(drop)
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
