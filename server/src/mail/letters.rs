//! What letters say. No name, no health word, nothing to be counted by: whoever looks over a
//! shoulder sees that somebody has an account here, and no more.

use domain::{community::MailGroup, mail::Letter};

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The link in it, if there is one.
    pub link: Option<String>,
    /// The link that ends such letters, if one does.
    pub unsubscribe: Option<String>,
}

/// A letter's parts, before they are put together.
struct Draft {
    subject: String,
    before: Vec<String>,
    link: Option<String>,
    after: Vec<&'static str>,
    unsubscribe: Option<String>,
}

impl Draft {
    /// A letter that its person has not asked for, and cannot end.
    const PLAIN: Self = Self {
        subject: String::new(),
        before: Vec::new(),
        link: None,
        after: Vec::new(),
        unsubscribe: None,
    };
}

/// The words of a letter.
pub fn words(letter: &Letter, site: &str, public_url: &str) -> Words {
    let link = |path: &str, token: &str| Some(format!("{public_url}/{path}/{token}"));
    let page = |path: &str| Some(format!("{public_url}/{path}"));
    let not_you = "If this was not you, you need not do anything.";
    let draft = match letter {
        Letter::ConfirmAddress { token } => Draft {
            subject: format!("Confirm your address for {site}"),
            before: vec![format!(
                "You have asked to join {site}. Open this link within 24 hours to begin:"
            )],
            link: link("confirm", token),
            after: vec![not_you],
            ..Draft::PLAIN
        },
        Letter::AlreadyMember => Draft {
            subject: format!("You have an account at {site}"),
            before: vec![format!(
                "Someone has asked to join {site} with this address, which has an account already. If it was you, sign in here:"
            )],
            link: page("sign-in"),
            after: vec![
                "If you have forgotten your password, choose “I have forgotten my password” there.",
                not_you,
            ],
            ..Draft::PLAIN
        },
        Letter::ChooseNewPassword { token } => Draft {
            subject: format!("Choose a new password for {site}"),
            before: vec![
                "Someone has asked for a new password for your account. If it was you, open this link within one hour:".to_owned(),
            ],
            link: link("new-password", token),
            after: vec![not_you],
            ..Draft::PLAIN
        },
        Letter::PasswordChanged => Draft {
            subject: format!("Your password for {site} was changed"),
            before: vec![
                "The password of your account was changed, and every other device was signed out. If this was not you, choose a new one at once:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::ConfirmNewAddress { token } => Draft {
            subject: format!("Confirm your new address for {site}"),
            before: vec![
                "This address was entered as the new address of an account. If it was you, open this link within 24 hours:".to_owned(),
            ],
            link: link("new-address", token),
            after: vec![not_you],
            ..Draft::PLAIN
        },
        Letter::AddressTaken => Draft {
            subject: format!("You have an account at {site}"),
            before: vec![
                "Someone has asked to use this address for another account. It belongs to your account, so nothing was changed.".to_owned(),
            ],
            link: None,
            after: vec![not_you],
            ..Draft::PLAIN
        },
        Letter::AddressChangeAsked => Draft {
            subject: format!("A new address for your account at {site}"),
            before: vec![
                "Someone who is signed in to your account has entered another email address for it. Nothing changes until a link that was sent there is opened. If this was not you, change your password at once:".to_owned(),
            ],
            link: page("settings/password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::AddressChanged => Draft {
            subject: format!("Your address for {site} was changed"),
            before: vec![
                "Mail for your account goes to another address from now on, and this address no longer opens it.".to_owned(),
            ],
            link: page("help"),
            after: vec!["If this was not you, tell the people who run the site: how is on the page above."],
            ..Draft::PLAIN
        },
        Letter::AccountDeleted => Draft {
            subject: format!("Your account at {site} is deleted"),
            before: vec![
                "Your account and everything about you in it was deleted, as you asked. This is the last mail.".to_owned(),
            ],
            link: None,
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::SecondFactorSetUp => Draft {
            subject: format!("Signing in to {site} takes a code now"),
            before: vec![
                "Two-step sign-in is on: besides your password, signing in takes a code from your app. Every other device was signed out. If this was not you, choose a new password at once, then tell the people who run the site:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::SecondFactorTurnedOff => Draft {
            subject: format!("Signing in to {site} takes no code any more"),
            before: vec![
                "Two-step sign-in is off: your password alone opens your account. If you did not ask for this, choose a new password at once:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::RecoveryCodeUsed => Draft {
            subject: format!("A recovery code for {site} was used"),
            before: vec![
                "Someone has used one of your recovery codes. If it was you, all is well: that code does not work again, and you can get new ones in your settings. If it was not you, choose a new password at once:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::RecoveryCodesReplaced => Draft {
            subject: format!("New recovery codes for {site}"),
            before: vec![
                "Your account has new recovery codes, and the old ones have stopped working. If this was not you, choose a new password at once, then tell the people who run the site:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::CodesRefused => Draft {
            subject: format!("Wrong codes for your account at {site}"),
            before: vec![
                "Someone has entered the right password for your account, but wrong codes, several times. They are not signed in. If it was not you, they know your password: choose a new one at once:".to_owned(),
            ],
            link: page("forgotten-password"),
            after: vec![],
            ..Draft::PLAIN
        },
        Letter::ContactDetailsViewed => Draft {
            subject: format!("News for you at {site}"),
            before: vec![
                "A staff member looked at the contact details you gave us. To read when and why, sign in:".to_owned(),
            ],
            link: page("sign-in"),
            ..Draft::PLAIN
        },
        Letter::Notifications {
            replies,
            mentions,
            topics,
            communities,
            token,
        } => notifications(
            [*replies, *mentions, *topics, *communities],
            site,
            page("notifications"),
            link("unsubscribe", token),
        ),
        Letter::LeadershipChanged => Draft {
            subject: format!("News for you at {site}"),
            before: vec!["There is something for you to read. Open this page:".to_owned()],
            link: page("settings/communities"),
            ..Draft::PLAIN
        },
        Letter::HandOver { token } => Draft {
            subject: format!("A link for you from {site}"),
            before: vec![format!(
                "Someone who decides for you at {site} wants you to decide from now on, with an account of your own. If you have no account yet, join first. Then open this link, within 14 days:"
            )],
            link: link("take-over", token),
            after: vec!["If you do not know who this could be from, you need not do anything."],
            ..Draft::PLAIN
        },
        Letter::DecisionNeeded => Draft {
            subject: format!("A decision for you at {site}"),
            before: vec![
                "Something in your account needs a decision from you. Sign in to read what it is:".to_owned(),
            ],
            link: page("sign-in"),
            ..Draft::PLAIN
        },
        Letter::RequestDecided { id } => Draft {
            subject: format!("Your request at {site} is decided"),
            before: vec!["Someone has looked at what you asked for. Read the answer here:".to_owned()],
            link: link("start/requests", id),
            ..Draft::PLAIN
        },
    };
    put_together(draft, site)
}

/// How many notifications there are of which kind. Of whom, about what and where, only whoever signs in
/// reads.
fn notifications(
    counts: [u32; 4],
    site: &str,
    link: Option<String>,
    unsubscribe: Option<String>,
) -> Draft {
    let subject = match counts.iter().sum() {
        1 => format!("You have 1 new notification on {site}"),
        all => format!("You have {all} new notifications on {site}"),
    };
    let told = MailGroup::ALL.into_iter().zip(counts);
    let lines = told
        .filter(|(_, count)| *count > 0)
        .map(|(group, count)| format!("{}: {count}", group.label()));
    Draft {
        before: [format!("{subject}.")]
            .into_iter()
            .chain(lines)
            .chain(["Sign in to read them:".to_owned()])
            .collect(),
        subject,
        link,
        unsubscribe,
        ..Draft::PLAIN
    }
}

fn put_together(draft: Draft, site: &str) -> Words {
    // Each paragraph as plain text and as HTML.
    let said = |words: &str| (words.to_owned(), escape(words));
    let mut paragraphs = vec![said("Hello,")];
    paragraphs.extend(draft.before.iter().map(|words| said(words)));
    let linked = |link: &String| {
        let address = escape(link);
        let html = format!("<a href=\"{address}\">{address}</a>");
        (link.clone(), html)
    };
    paragraphs.extend(draft.link.iter().map(linked));
    paragraphs.extend(draft.after.iter().map(|words| said(words)));
    if let Some(unsubscribe) = &draft.unsubscribe {
        paragraphs.push(said(
            "To get no more email about notifications, open this link:",
        ));
        paragraphs.push(linked(unsubscribe));
    }
    paragraphs.push(said(site));
    let text: Vec<&str> = paragraphs.iter().map(|(text, _)| text.as_str()).collect();
    let html: Vec<&str> = paragraphs.iter().map(|(_, html)| html.as_str()).collect();
    Words {
        subject: draft.subject,
        text: text.join("\r\n\r\n") + "\r\n",
        html: format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"></head>\
             <body><p>{}</p></body></html>",
            html.join("</p><p>")
        ),
        link: draft.link,
        unsubscribe: draft.unsubscribe,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Letter> {
        let token = || "t".repeat(43);
        vec![
            Letter::ConfirmAddress { token: token() },
            Letter::AlreadyMember,
            Letter::ChooseNewPassword { token: token() },
            Letter::PasswordChanged,
            Letter::ConfirmNewAddress { token: token() },
            Letter::AddressTaken,
            Letter::AddressChangeAsked,
            Letter::AddressChanged,
            Letter::AccountDeleted,
            Letter::SecondFactorSetUp,
            Letter::SecondFactorTurnedOff,
            Letter::RecoveryCodeUsed,
            Letter::RecoveryCodesReplaced,
            Letter::CodesRefused,
            Letter::ContactDetailsViewed,
            Letter::Notifications {
                replies: 2,
                mentions: 0,
                topics: 0,
                communities: 1,
                token: token(),
            },
            Letter::LeadershipChanged,
            Letter::RequestDecided { id: "a".repeat(10) },
            Letter::HandOver { token: token() },
            Letter::DecisionNeeded,
        ]
    }

    #[test]
    fn a_letter_about_notifications_says_how_many_and_how_it_ends() {
        let told = |replies, mentions| {
            let letter = Letter::Notifications {
                replies,
                mentions,
                topics: 0,
                communities: 0,
                token: "t".repeat(43),
            };
            words(&letter, "Site", "https://example.org")
        };
        let one = told(1, 0);
        assert_eq!(one.subject, "You have 1 new notification on Site");
        let link = format!("https://example.org/unsubscribe/{}", "t".repeat(43));
        assert_eq!(one.unsubscribe.as_deref(), Some(link.as_str()));
        assert!(one.text.contains(&link) && one.html.contains(&format!("<a href=\"{link}\">")));
        assert_eq!(
            one.link.as_deref(),
            Some("https://example.org/notifications")
        );
        let three = told(2, 1);
        assert_eq!(three.subject, "You have 3 new notifications on Site");
        assert!(
            three
                .text
                .contains("\r\n\r\nReplies to you, answers to your questions, and decisions about you: 2\r\n\r\nPosts that mention you: 1\r\n")
        );
        assert!(!three.text.contains("follow"));
    }

    #[test]
    fn letters_give_nothing_away() {
        for letter in all() {
            let words = words(&letter, "A & B", "https://example.org");
            let said = format!("{} {}", words.subject, words.text).to_lowercase();
            for word in [
                "disease",
                "patient",
                "rare ",
                "health",
                "condition",
                "illness",
            ] {
                assert!(!said.contains(word), "{word}: {said}");
            }
            assert!(!words.html.contains("<img"), "{}", words.html);
            assert!(words.html.contains("A &amp; B"));
            assert!(
                !said.contains("registry") && !said.contains("enrolment"),
                "{said}"
            );
            if let Some(link) = words.link {
                assert!(link.starts_with("https://example.org/"));
                assert!(words.text.contains(&link) && words.html.contains(&link));
            }
        }
    }
}
