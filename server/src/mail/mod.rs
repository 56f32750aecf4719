//! Sending letters: over SMTP, or into files where no mail server is set.

mod letters;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use storage::Outgoing;

pub use letters::{Words, words};

use crate::private;

/// How letters leave the house.
#[derive(Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

/// Turns letters into mail and sends them.
#[derive(Debug)]
pub struct Mailer {
    way: Way,
    from: Mailbox,
    site_name: String,
    public_url: String,
}

/// What became of a letter.
#[derive(Debug)]
pub enum Sent {
    /// It is on its way.
    Yes,
    /// Not now; try again after this long.
    Later(Duration),
    /// It cannot be delivered.
    Never(String),
}

impl Mailer {
    /// Sends over SMTP where there is a URL (`smtps://user:password@host` or
    /// `smtp://host:587?tls=required`), else writes files into a folder.
    pub fn new(
        smtp_url: Option<&str>,
        folder: PathBuf,
        from: &str,
        (site_name, public_url): (&str, &str),
    ) -> Result<Self> {
        let way = match smtp_url {
            // The URL holds a password, so that it is not repeated.
            Some(url) => Way::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .context("--smtp-url must be like smtps://user:password@mail.example.org")?
                    .timeout(Some(Duration::from_secs(30)))
                    .build(),
            ),
            None => Way::Files(folder),
        };
        Ok(Self {
            way,
            from: from
                .parse()
                .with_context(|| format!("--mail-from must be an address; it is {from}"))?,
            site_name: site_name.to_owned(),
            public_url: public_url.to_owned(),
        })
    }

    /// Whether letters become files, so that sending one twice does no harm.
    pub fn writes_files(&self) -> bool {
        matches!(self.way, Way::Files(_))
    }

    /// Sends a letter. The same letter always has the same `Message-ID`, by which mail servers
    /// recognise one that arrives twice.
    pub async fn send(&self, outgoing: &Outgoing) -> Sent {
        let words = words(&outgoing.letter, &self.site_name, &self.public_url);
        let message = match self.message(outgoing, &words) {
            Ok(message) => message,
            Err(error) => return Sent::Never(format!("{error:#}")),
        };
        let wait = Duration::from_secs(60 << outgoing.attempts.min(8));
        match &self.way {
            Way::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Sent::Yes,
                Err(error) if error.is_permanent() => Sent::Never(error.to_string()),
                // It may have been taken before the connection broke: not at once again.
                Err(error) if error.is_timeout() => {
                    tracing::warn!("the mail server did not answer in time");
                    Sent::Later(wait.max(Duration::from_mins(15)))
                }
                Err(error) => {
                    tracing::warn!(%error, "mail could not be sent");
                    Sent::Later(wait)
                }
            },
            Way::Files(folder) => {
                let name = format!("{}.eml", outgoing.id);
                match write(folder, &name, &message.formatted()).await {
                    Ok(()) => {
                        // The operator of a new site is the one who waits for it.
                        let file = folder.join(name);
                        println!("{}", told(&file, &words, std::io::stdout().is_terminal()));
                        Sent::Yes
                    }
                    Err(error) => {
                        tracing::warn!(%error, "mail could not be written to a file");
                        Sent::Later(wait)
                    }
                }
            }
        }
    }

    fn message(&self, outgoing: &Outgoing, words: &Words) -> Result<Message> {
        let host = self.from.email.domain();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(outgoing.recipient.as_str().parse()?)
            .subject(&words.subject)
            .message_id(Some(format!("<{}@{host}>", outgoing.id)))
            .multipart(MultiPart::alternative_plain_html(
                words.text.clone(),
                words.html.clone(),
            ))?;
        // RFC 3834: no holiday notices, please.
        message.headers_mut().insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
        // RFC 2369 and RFC 8058: a button of the mail program ends such letters.
        if let Some(link) = &words.unsubscribe {
            for (name, value) in [
                ("List-Unsubscribe", format!("<{link}>")),
                (
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ),
            ] {
                let name = HeaderName::new_from_ascii_str(name);
                message
                    .headers_mut()
                    .insert_raw(HeaderValue::new(name, value));
            }
        }
        Ok(message)
    }
}

/// What is printed of a letter in a file. Its link opens an account: in front of the operator's eyes it
/// may stand, in the log that becomes of other output it may not.
fn told(file: &Path, words: &Words, terminal: bool) -> String {
    let mut told = format!("Mail in {}: {}", file.display(), words.subject);
    if let Some(link) = words.link.as_ref().filter(|_| terminal) {
        told.push_str("\n  ");
        told.push_str(link);
    }
    told
}

/// Whole or not at all, and for nobody else to read.
async fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    private::close_one(folder)?;
    let unfinished = folder.join(format!("{name}.part"));
    // With the right rights before there is anything in it.
    tokio::fs::write(&unfinished, b"").await?;
    private::close_one(&unfinished)?;
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(unfinished, folder.join(name)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_printed_on_a_terminal_alone() {
        let words = Words {
            subject: "Choose a new password".to_owned(),
            text: String::new(),
            html: String::new(),
            link: Some("https://example.org/new-password/secret".to_owned()),
            unsubscribe: None,
        };
        let file = Path::new("outbox/1.eml");
        assert!(told(file, &words, true).contains("/new-password/secret"));
        let logged = told(file, &words, false);
        assert_eq!(logged, "Mail in outbox/1.eml: Choose a new password");
    }

    #[tokio::test]
    async fn a_letter_about_notifications_can_be_ended_by_one_click() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = Mailer::new(
            None,
            folder.path().to_owned(),
            "Site <hello@example.org>",
            ("Site", "https://example.org"),
        )
        .unwrap();
        let sent = async |letter| {
            let outgoing = Outgoing {
                id: uuid::Uuid::new_v4(),
                recipient: domain::account::EmailAddress::parse("email", "ada@example.org")
                    .unwrap(),
                letter,
                attempts: 0,
            };
            assert!(matches!(mailer.send(&outgoing).await, Sent::Yes));
            let file = folder.path().join(format!("{}.eml", outgoing.id));
            std::fs::read_to_string(file).unwrap()
        };
        let token = "t".repeat(43);
        let letter = domain::mail::Letter::Notifications {
            replies: 1,
            mentions: 0,
            topics: 0,
            communities: 0,
            token: token.clone(),
        };
        let text = sent(letter).await;
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ");
        for line in [
            format!("List-Unsubscribe: <https://example.org/unsubscribe/{token}>"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned(),
            "Subject: You have 1 new notification on Site".to_owned(),
        ] {
            assert!(
                unfolded.lines().any(|other| other == line),
                "{line}: {head}"
            );
        }
        let text = sent(domain::mail::Letter::PasswordChanged).await;
        assert!(!text.contains("List-Unsubscribe"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn letters_in_files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let outbox = folder.path().join("outbox");
        write(&outbox, "1.eml", b"a letter").await.unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&outbox), 0o700);
        assert_eq!(mode(&outbox.join("1.eml")), 0o600);
        assert_eq!(std::fs::read(outbox.join("1.eml")).unwrap(), b"a letter");
    }
}
