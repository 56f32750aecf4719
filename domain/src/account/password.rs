use super::Password;
use crate::{Error, Result, text::fold};

/// Fewest characters of a password (NIST SP 800-63B-4, 3.1.1.2: 15 where it is the only factor).
pub const PASSWORD_SHORTEST: usize = 15;
/// Most characters, so that hashing has an end.
pub const PASSWORD_LONGEST: usize = 128;

/// The rules that need no list: [`check_password_length`], and that it is not made of the person's own
/// name or address. `field` is the form's. Not for the browser: it would need the tables that bring
/// names of all scripts to plain letters, which are larger than everything else.
pub fn check_password(field: &str, password: &Password, own: &[&str]) -> Result<()> {
    check_password_length(field, password)?;
    if is_made_of(password.expose(), own) {
        return Err(Error::invalid(
            field,
            "This is made of your own name or address, which others know. Use something else.",
        ));
    }
    Ok(())
}

/// Whether a password is long enough, and has an end. Any character counts, spaces included; none is
/// asked for.
pub fn check_password_length(field: &str, password: &Password) -> Result<()> {
    let characters = password.expose().chars().count();
    if characters == 0 {
        return Err(Error::invalid(field, "Enter a password."));
    }
    if characters < PASSWORD_SHORTEST {
        return Err(Error::invalid(
            field,
            format!(
                "Use at least {PASSWORD_SHORTEST} characters; this has {characters}. Four or five words in a row are good."
            ),
        ));
    }
    if characters > PASSWORD_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {PASSWORD_LONGEST} characters."),
        ));
    }
    Ok(())
}

/// Whether little is left of a password once the person's own words are taken out.
fn is_made_of(password: &str, own: &[&str]) -> bool {
    let whole = fold(password).replace(' ', "");
    let mut rest = whole.clone();
    for text in own {
        let folded = fold(text);
        let mut parts: Vec<&str> = folded.split(' ').filter(|part| part.len() >= 3).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        for part in parts {
            rest = rest.replace(part, "");
        }
    }
    rest.len() < whole.len() && rest.len() < 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(password: &str) -> Option<String> {
        let own = ["Ada Lovelace", "ada.lovelace@example.org"];
        match check_password("password", &Password::new(password), &own) {
            Ok(()) => None,
            Err(Error::Invalid { fields }) => Some(fields[0].message.clone()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn length_and_own_words() {
        assert_eq!(message("correct horse battery staple"), None);
        assert_eq!(message("日本語のとても長い合言葉です。長い"), None);
        assert!(message("").is_some_and(|text| text.contains("Enter")));
        assert!(message("fourteen chars").is_some_and(|text| text.contains("has 14")));
        assert_eq!(message(&"x y".repeat(42)), None);
        assert!(message(&"x".repeat(129)).is_some_and(|text| text.contains("at most")));
        for own in ["adalovelace1815", "Ada.Lovelace!!!!", "lovelaceexample"] {
            assert!(
                message(own).is_some_and(|text| text.contains("your own")),
                "{own}"
            );
        }
        assert_eq!(message("ada has a blue garden gate"), None);
    }
}
